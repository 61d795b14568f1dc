// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Limit.h"

#include <cstddef>

namespace rateguard {

// Whether a request fits into all windows of a limit, and which of them decided: the one that makes it wait longest, else
// the one that has the least left. Milliseconds, as the twins in rateguard.lua count them.
struct Fit
{
    static constexpr std::int64_t never = -1;

    bool fits = true;
    std::size_t decider = 0; // of the windows
    std::uint32_t used = 0; // of it, with this request when that was counted; at most its count when it does not fit
    std::int64_t retry = 0; // until it will fit
    std::int64_t reset = 0; // until the oldest counted request leaves; that of retry when it does not fit
};

inline std::int64_t wholeMilliseconds(Instant at)
{
    return std::chrono::floor<Duration>(at.time_since_epoch()).count();
}

} // namespace rateguard
