// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/RateSeries.h"

#include <algorithm>
#include <cmath>

namespace rateguard {

std::int64_t RateSeries::origin() const
{
    return std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
}

double RateSeries::left() const
{
    return zoom ? placeOf(zoom->from) : -static_cast<double>(span.count());
}

double RateSeries::right() const
{
    return zoom ? placeOf(zoom->to) : 0;
}

double RateSeries::placeOf(const SecondCounts &slice) const
{
    return static_cast<double>(slice.second - origin());
}

double RateSeries::placeOf(Instant at) const
{
    using Seconds = std::chrono::duration<double>; // for an instant may be before all time
    return Seconds(at.time_since_epoch()).count() - static_cast<double>(origin());
}

Instant RateSeries::instantAt(double place) const
{
    return Instant(std::chrono::seconds(origin()) + std::chrono::microseconds(std::llround(place * 1e6)));
}

std::vector<SecondCounts> RateSeries::shown() const
{
    std::vector<SecondCounts> result;
    std::copy_if(slices.begin(), slices.end(), std::back_inserter(result), [this](const SecondCounts &it) { return shows(it); });
    return result;
}

std::int64_t RateSeries::indexAt(Instant at) const
{
    const double place = placeOf(at);
    std::int64_t best = -1;
    for (std::size_t i = 0; i < slices.size(); ++i) {
        if (!shows(slices[i]))
            continue;
        if (best < 0 || std::abs(placeOf(slices[i]) - place) < std::abs(placeOf(slices[static_cast<std::size_t>(best)]) - place))
            best = static_cast<std::int64_t>(i);
    }
    return best;
}

std::vector<RateSeries::Point> RateSeries::points() const
{
    std::vector<Point> result;
    result.reserve(slices.size());
    const auto margin = static_cast<double>(step.count());
    for (std::size_t i = 0; i < slices.size(); ++i) {
        const double place = placeOf(slices[i]);
        if (slices[i].gap || place <= left() - margin || place >= right() + margin)
            continue;
        result.push_back({place, i});
        if (i + 1 == slices.size() || slices[i + 1].gap)
            result.push_back({endOf(slices[i]), i});
    }
    return result;
}

std::vector<RateSeries::Stretch> RateSeries::gaps() const
{
    std::vector<Stretch> result;
    bool inGap = false;
    for (const SecondCounts &slice : slices) {
        if (inGap)
            result.back().to = placeOf(slice);
        if (slice.gap && inGap && result.back().cause == slice.cause)
            result.back().to = endOf(slice);
        else if (slice.gap) // of what was before the oldest slice, we know no more than of that one
            result.push_back({&slice == &slices.front() ? -1e18 : placeOf(slice), endOf(slice), slice.cause});
        inGap = slice.gap;
    }
    if (inGap && result.back().to > -static_cast<double>(2 * step.count()))
        result.back().to = 0; // it goes on
    for (Stretch &gap : result)
        gap = {std::max(gap.from, left()), std::min(gap.to, right()), gap.cause};
    std::erase_if(result, [](const Stretch &it) { return it.to <= it.from; });
    return result;
}

std::vector<RateSeries::Stretch> RateSeries::averages() const
{
    std::vector<Stretch> result;
    bool inside = false;
    for (const SecondCounts &slice : slices) {
        if (slice.byMinute && !inside)
            result.push_back({std::max(placeOf(slice), left()), endOf(slice)});
        else if (slice.byMinute)
            result.back().to = endOf(slice);
        inside = slice.byMinute;
    }
    for (Stretch &one : result)
        one.to = std::min(one.to, right());
    std::erase_if(result, [](const Stretch &it) { return it.to <= it.from; });
    return result;
}

} // namespace rateguard
