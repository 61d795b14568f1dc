// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QObject>

class QKeyEvent;

namespace rateguard {

bool isEnter(const QKeyEvent &key); // whichever of the two

// Two habits of the keyboard that Qt does not have outside dialogs, for the whole application until this goes:
// - Enter presses the button that has the focus.
// - Alt with a letter is never typed. Qt gives it to the field when the button of that letter cannot be pressed just then: Alt+A while
//   nothing can be applied would end up in the reason.
class KeyHabits : public QObject
{
    Q_OBJECT

public:
    explicit KeyHabits(QObject *parent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace rateguard
