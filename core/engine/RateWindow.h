// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Listening.h"
#include "engine/Snapshot.h"

#include <array>

namespace rateguard {

// Requests per second over the last four to five seconds: the second that runs and the four before it, divided by
// the time in them that we listened so far. Exactly zero when nothing came in that time.
//
// An event late by less than five seconds is counted where it belongs. An older one is dropped, unless it is ten
// seconds or more behind: then the clock was set back, or the newest event lied about its time, and counting
// starts over. Not thread-safe. 64 bytes, everything O(1) and the gaps in listening.
class RateWindow
{
public:
    void record(Instant at, Verdict verdict);

    Rates rates(Instant now, const Listening &listening) const; // less time than a second counts as one

private:
    static constexpr std::uint32_t slices = 5;

    struct Slice
    {
        std::uint32_t allowed = 0;
        std::uint32_t rejected = 0;
        std::uint32_t wouldReject = 0;
    };

    Slice &slice(std::uint32_t second) { return m_slices[second % slices]; }

    std::array<Slice, slices> m_slices {};
    std::uint32_t m_head = 0; // the newest second, since 1970
};

} // namespace rateguard
