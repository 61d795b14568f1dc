// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Decision.h"

#include <array>

namespace rateguard {

// How many requests came in the last minute, and how many of them were rejected: the quarter of it that runs and
// the three before. An older event is dropped, unless it is two minutes or more behind: then the clock was set back, and counting starts over.
// Not thread-safe. 36 bytes, everything O(1).
class MinuteShare
{
public:
    struct Sum
    {
        std::uint32_t requests = 0;
        std::uint32_t rejected = 0;
    };

    void record(Instant at, Verdict verdict);
    Sum sum(Instant now) const;

private:
    static constexpr std::uint32_t slices = 4;
    static constexpr std::uint32_t length = 15; // seconds

    static std::uint32_t sliceOf(Instant at);

    std::array<Sum, slices> m_slices {};
    std::uint32_t m_head = 0; // the newest slice, since 1970
};

} // namespace rateguard
