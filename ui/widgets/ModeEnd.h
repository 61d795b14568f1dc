// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/LimitDraft.h"

#include <QWidget>

class QComboBox;

namespace rateguard {

class WindowEdit;

// How long a mode is to hold: as it does already, until somebody changes it, or for a time.
class ModeEnd : public QWidget
{
    Q_OBJECT

public:
    explicit ModeEnd(QWidget *parent);

    static bool suits(const LimitDraft &draft); // a mode can only end in another one
    void display(const LimitDraft &draft);
    void readInto(LimitDraft &draft) const;

signals:
    void edited();

private:
    enum class Choice { Running, Open, TenMinutes, Hour, Custom };
    Choice choice() const;
    Choice choiceOf(const LimitDraft &draft) const;
    void offer(bool running); // what can be chosen
    void showSpan();

    QComboBox *m_choice;
    Duration m_told {0}; // what the field said of the draft
    WindowEdit *m_span;
};

} // namespace rateguard
