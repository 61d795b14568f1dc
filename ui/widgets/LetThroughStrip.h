// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "models/LetThroughWords.h"
#include "widgets/Card.h"

class QPushButton;

namespace rateguard {

class TextLabel;

// Says on every page which policies let everything through for a time, until when and by whom, and leads to the end of it.
// Hidden when none does.
class LetThroughStrip : public Card
{
    Q_OBJECT

public:
    LetThroughStrip(bool readOnly, QWidget *parent);

    void apply(const Snapshot &snapshot); // as it came: its end is counted down also while the picture stands still
    void setOnLimits(bool there); // the page of limits is shown already

signals:
    void limitsRequested();
    void endRequested();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void colour();
    void showWords();

    bool m_readOnly;
    LetThroughWords m_words;
    TextLabel *m_text;
    QPushButton *m_show;
    QPushButton *m_end;
};

} // namespace rateguard
