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
    return static_cast<double>(slice.second + step.count() - origin());
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

std::vector<RateSeries::Stretch> RateSeries::gaps() const
{
    std::vector<Stretch> result;
    bool inGap = false;
    double heard = -1e18; // where the last heard slice stands
    for (const SecondCounts &slice : slices) {
        const double place = placeOf(slice);
        if (slice.gap && inGap && result.back().cause == slice.cause)
            result.back().to = place;
        else if (slice.gap)
            result.push_back({inGap ? result.back().to : heard, place, slice.cause});
        else if (inGap)
            result.back().to = place; // or the curve would lead into it
        inGap = slice.gap;
        heard = slice.gap ? heard : place;
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
        const double place = placeOf(slice);
        if (slice.byMinute && !inside)
            result.push_back({std::max(place - static_cast<double>(step.count()), left()), place});
        else if (slice.byMinute)
            result.back().to = place;
        inside = slice.byMinute;
    }
    for (Stretch &one : result)
        one.to = std::min(one.to, right());
    std::erase_if(result, [](const Stretch &it) { return it.to <= it.from; });
    return result;
}

} // namespace rateguard
