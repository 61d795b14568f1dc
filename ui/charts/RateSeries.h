// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <optional>
#include <vector>

namespace rateguard {

// A piece of time that is looked at more closely.
struct TimePiece
{
    Instant from;
    Instant to;

    friend bool operator==(const TimePiece &, const TimePiece &) = default;
};

// What a chart shows: slices, and which piece of time. Places on the time axis are seconds from `origin`, which is now. A slice stands at
// its beginning, by which it is called everywhere: on the axis, at the crosshair and in the table. Live, the axis reaches from -span to 0.
struct RateSeries
{
    struct Stretch
    {
        double from = 0;
        double to = 0;
        GapCause cause = GapCause::NotWatching; // of a gap
    };

    std::vector<SecondCounts> slices; // oldest first
    Instant now;
    std::chrono::seconds step {1};
    std::chrono::seconds span {120};
    std::optional<TimePiece> zoom;

    std::int64_t origin() const; // since 1970
    double left() const;
    double right() const;
    double placeOf(const SecondCounts &slice) const; // of its beginning
    double endOf(const SecondCounts &slice) const { return placeOf(slice) + static_cast<double>(step.count()); }
    double placeOf(Instant at) const;
    Instant instantAt(double place) const;
    bool shows(const SecondCounts &slice) const { return placeOf(slice) >= left() && placeOf(slice) < right(); }
    std::vector<SecondCounts> shown() const;

    std::int64_t indexAt(Instant at) const; // of the shown slice that stands closest; -1: there is none
    // A point of the curves: what was heard, at its beginning. Where the curves end, now or before a gap, at its end as well.
    struct Point
    {
        double place = 0;
        std::size_t index = 0; // of the slice
    };
    std::vector<Point> points() const; // one beyond the axis on either side, as curves go on there
    std::vector<Stretch> gaps() const; // within the axis
    std::vector<Stretch> averages() const; // known by the minute only
};

} // namespace rateguard
