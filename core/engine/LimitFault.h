// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <cstdint>
#include <string>

namespace rateguard {

// Why a text is no limit; limitFaultText (ui/format) has the words.
struct LimitFault
{
    enum class Why : std::uint8_t {
        NoLimit, // not COUNT/WINDOW at all
        CountTooSmall,
        CountTooLarge, // for exact counting, not for a bucket
        CountFarTooLarge, // for any
        NoUnit, // the window ends in no unit
        WindowOutOfRange,
        WindowTooLong,
        WindowTwice,
        TooManyWindows,
    };

    Why why = Why::NoLimit;
    std::string text; // what is wrong: one window, or all that was given; at most 80 bytes
};

} // namespace rateguard
