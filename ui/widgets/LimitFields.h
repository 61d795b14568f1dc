// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/LimitDraft.h"

#include <QWidget>

class QComboBox;
class QGridLayout;
class QLineEdit;
class QPushButton;

namespace rateguard {

class LimitRows;
class ModeEnd;
class TextLabel;

// The fields that a draft is typed into. Says `edited` when the operator changed one, never when a draft was shown.
// What only a few limits need shows up with them: more windows, the end of a mode, what is wrong.
class LimitFields : public QWidget
{
    Q_OBJECT

public:
    explicit LimitFields(QWidget *parent);

    void display(const LimitDraft &draft);
    void readInto(LimitDraft &draft) const;
    void focusName();
    void focusLimit();

signals:
    void edited();
    void submitted(); // Return in the last field

private:
    void setUp();
    void setUpModes();
    void arrange();
    void listen();
    void caption(const QString &text, QWidget *field, int row);
    void displayNote(const Limits &limit);
    void displayEnd(const LimitDraft &draft);

    QGridLayout *m_grid;
    TextLabel *m_nameCaption;
    QLineEdit *m_name;
    LimitRows *m_rows;
    QComboBox *m_algorithm;
    QPushButton *m_add;
    TextLabel *m_note; // what is wrong with the limit, or how it is counted
    QComboBox *m_mode;
    TextLabel *m_endCaption;
    ModeEnd *m_end;
    TextLabel *m_ends; // the end that runs already
    QLineEdit *m_reason;
};

} // namespace rateguard
