// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QObject>

namespace rateguard {

// Keeps Alt with a letter out of every field that is typed in. Qt gives it to the field when the button of that letter cannot be
// pressed just then, and the field takes it for text: Alt+A while nothing can be applied would end up in the reason.
class AltLetters : public QObject
{
    Q_OBJECT

public:
    explicit AltLetters(QObject *parent); // watches the whole application until it goes

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace rateguard
