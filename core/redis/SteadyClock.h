// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Time.h"

namespace rateguard {

// The time of day when this machine was first asked, and from then on only forwards, whatever happens to the clock: for
// everything that waits or counts within this process.
inline Instant steadyNow()
{
    using std::chrono::steady_clock;
    using std::chrono::system_clock;
    static const auto offset = std::chrono::duration_cast<std::chrono::microseconds>(
        system_clock::now().time_since_epoch() - std::chrono::duration_cast<system_clock::duration>(steady_clock::now().time_since_epoch()));
    return Instant(std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now().time_since_epoch()) + offset);
}

} // namespace rateguard
