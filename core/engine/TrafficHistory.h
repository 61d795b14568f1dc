// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <cstddef>
#include <vector>

namespace rateguard {

// What happened in each of the last slices of time, a second or some, for a chart. A ring; 16 bytes a slice. Slices begin at
// whole multiples of their length.
//
// Each decision counts as one, whatever its cost. Late events are counted in their slice as long as the ring reaches
// back to it. A stamp from the future touches only its own slice: it is never shown before that slice is over,
// and the present takes the place back if it lies more than a ring ahead. Counts stop at 500 million a slice.
// Not thread-safe. record() is O(1), the rest O(slices).
class TrafficHistory
{
public:
    static constexpr std::size_t defaultSeconds = 120;

    // Requires: slices > 0, step > 0.
    explicit TrafficHistory(std::size_t slices = defaultSeconds, std::chrono::seconds step = std::chrono::seconds(1));

    void record(Instant at, Verdict verdict, std::uint32_t count = 1);

    // We could not listen from `from` until before `to`: every slice that this touches is marked, even if some events came.
    // The first cause that is given for a slice stays.
    void gap(Instant from, Instant to, GapCause cause = GapCause::NotWatching);

    // The last `count` whole slices, oldest first; not the one that still runs. Never more than the ring holds,
    // never less otherwise: a slice without events is there with zeros.
    std::vector<SecondCounts> last(std::size_t count, Instant now) const;
    // Also what is known of the slice that runs, and of the next.
    std::vector<SecondCounts> everything(Instant now) const;

    void clear();

private:
    static constexpr std::size_t ahead = 2; // the slice that runs, and one for a clock a little ahead of ours
    static constexpr std::uint32_t most = UINT32_MAX >> 3;

    struct Slot
    {
        std::uint32_t slice = 0; // that these counts are of: its beginning, in steps since 1970
        std::uint32_t allowed = 0;
        std::uint32_t rejected = 0;
        std::uint32_t wouldReject : 29 = 0;
        std::uint32_t gap : 1 = 0;
        std::uint32_t cause : 2 = 0;
    };

    std::uint32_t sliceOf(Instant at) const;
    Slot *slotOf(std::uint32_t slice); // nullptr: too late for it
    std::vector<SecondCounts> before(std::uint64_t end, std::size_t count) const;

    std::vector<Slot> m_slots;
    std::uint32_t m_step; // seconds
};

} // namespace rateguard
