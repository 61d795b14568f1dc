// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <cstddef>
#include <vector>

namespace rateguard {

// What happened in each of the last seconds, for a chart. A ring; 16 bytes a second.
//
// Each decision counts as one, whatever its cost. Late events are counted in their second as long as the ring reaches
// back to it. A stamp from the future touches only its own second: it is never shown before that second is over,
// and the present takes the place back if it lies more than a ring ahead. Counts stop at 4 billion a second.
// Not thread-safe. record() is O(1), the rest O(seconds).
class TrafficHistory
{
public:
    static constexpr std::size_t defaultSeconds = 120;

    explicit TrafficHistory(std::size_t seconds = defaultSeconds); // Requires: seconds > 0

    void record(Instant at, Verdict verdict);

    // We could not listen from `from` until before `to`: every second that this touches is marked, even if some events came.
    void gap(Instant from, Instant to);

    // The last `count` whole seconds, oldest first; not the one that still runs. Never more than the ring holds,
    // never less otherwise: a second without events is there with zeros.
    std::vector<SecondCounts> last(std::size_t count, Instant now) const;

    void clear();

private:
    static constexpr std::size_t ahead = 2; // the second that runs, and one for a clock a little ahead of ours

    struct Slot
    {
        std::uint32_t second = 0; // that these counts are of
        std::uint32_t allowed = 0;
        std::uint32_t rejected = 0;
        std::uint32_t wouldReject : 31 = 0;
        std::uint32_t gap : 1 = 0;
    };

    Slot *slotOf(std::uint32_t second); // nullptr: too late for it

    std::vector<Slot> m_slots;
};

} // namespace rateguard
