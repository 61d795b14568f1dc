// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "widgets/Card.h"

class QPushButton;

namespace rateguard {

class TextLabel;

// Says which policies let everything through for a time, and until when. Hidden when none does.
class LetThroughStrip : public Card
{
    Q_OBJECT

public:
    LetThroughStrip(bool readOnly, QWidget *parent);

    void apply(const Snapshot &snapshot);

signals:
    void endRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void colour();

    bool m_readOnly;
    TextLabel *m_text;
    QPushButton *m_end;
};

} // namespace rateguard
