// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/MinuteCounts.h"
#include "engine/TrafficHistory.h"

#include <array>

namespace rateguard {

// What happened in the last 6 hours, finer the closer to now: 10 minutes in seconds, an hour in 10 s, 6 hours in minutes.
// About 43 KB. The promises of TrafficHistory hold for each. Not thread-safe; lives on the feed thread.
class LongHistory
{
public:
    static constexpr std::chrono::seconds longest = std::chrono::hours(6);

    LongHistory();

    void record(Instant at, Verdict verdict, std::uint32_t count = 1);
    void recordUnchecked(Instant at, std::uint32_t count); // admitted by a service on its own
    void gap(Instant from, Instant to, GapCause cause);

    // The whole slices of `stepOf(span)` that `span` has, oldest first. Requires: step <= span <= longest.
    std::vector<SecondCounts> series(std::chrono::seconds span, Instant now) const;

    // Begins with what another history of seconds knows, and knows nothing of before.
    void seed(const TrafficHistory &seconds, Instant now);

private:
    struct Ring
    {
        TrafficHistory decided;
        TrafficHistory unchecked; // as if they were allowed
        std::chrono::seconds step;
    };

    std::array<Ring, 3> m_rings;
};

// Puts what Redis remembers of minutes into the slices that we did not hear ourselves, marked `byMinute`; a slice shorter than a
// minute gets its part. Slices of a second stay as they are: a sixtieth would look as if it had been seen.
// `minutes` are of all traffic, oldest first; one that is not there is not known.
void fillFromMinutes(std::vector<SecondCounts> &slices, std::chrono::seconds step, const std::vector<MinuteCounts> &minutes);

} // namespace rateguard
