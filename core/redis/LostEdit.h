// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Time.h"

#include <QString>

namespace rateguard {

// What the look-ups after a lost answer have in common, of limits and of overrides.
struct LostEdit
{
    static constexpr Duration slack {1000}; // our idea of the server's time is a little off

    static QString couldNotAsk(const QString &error); // it may have been made
    static QString notMade();
};

} // namespace rateguard
