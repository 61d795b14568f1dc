// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Time.h"

#include <cstdint>

namespace rateguard {

// How many requests of a policy one minute saw, whatever they cost.
struct MinuteCounts
{
    std::chrono::minutes minute {0}; // since 1970, server time
    std::uint64_t allowed = 0;
    std::uint64_t rejected = 0;
    std::uint64_t wouldReject = 0; // shadow mode let them through
    std::uint64_t unchecked = 0; // a service let them in by itself, as Redis was away

    std::uint64_t requests() const { return allowed + rejected + wouldReject + unchecked; }
    void add(const MinuteCounts &other)
    {
        allowed += other.allowed;
        rejected += other.rejected;
        wouldReject += other.wouldReject;
        unchecked += other.unchecked;
    }
    friend bool operator==(const MinuteCounts &, const MinuteCounts &) = default;
};

} // namespace rateguard
