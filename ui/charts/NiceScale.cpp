// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/NiceScale.h"

#include <algorithm>
#include <cmath>

namespace rateguard {
namespace {

struct Axis
{
    double step;
    int intervals;

    double top() const { return step * intervals; }
};

// The smallest with five steps at most.
Axis axisFor(double highest)
{
    const double least = std::max(highest, 0.5); // labels have one digit after the point
    const double rough = least / 5;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    double step = 10 * power;
    for (const double nice : {1.0, 2.0, 2.5, 5.0}) {
        const bool isTold = nice != 2.5 || power >= 1;
        if (isTold && nice * power >= rough * 0.999'999) {
            step = nice * power;
            break;
        }
    }
    return {step, std::max(2, static_cast<int>(std::ceil(least / step - 0.000'001)))};
}

constexpr double headroom = 1.05;
constexpr double roomToShrink = 1.15; // or the next small rise would be a change again

} // namespace

bool NiceScale::fit(double peak, const std::vector<double> &limits, Instant now)
{
    const double before = m_top;
    const bool isAnew = !m_last || now < *m_last || now - *m_last > patience;
    if (isAnew)
        m_top = 0;
    const double most = highest(std::max(peak, 0.0), limits);
    m_last = now;
    if (most > m_top || isAnew)
        choose(most);
    else
        shrink(most, now);
    return m_top != before;
}

double NiceScale::highest(double peak, const std::vector<double> &limits) const
{
    double most = peak;
    for (const double limit : limits) {
        const double near = limit <= m_top ? 3.0 : 2.5; // a line does not come and go with every wobble
        if (limit <= near * peak)
            most = std::max(most, limit);
    }
    return most;
}

void NiceScale::shrink(double highest, Instant now)
{
    if (axisFor(highest * roomToShrink).top() >= m_top)
        return m_lowSince.reset();
    m_lowSince = m_lowSince.value_or(now);
    if (now - *m_lowSince >= patience)
        choose(highest);
}

void NiceScale::choose(double highest)
{
    const Axis axis = axisFor(highest * headroom);
    m_top = axis.top();
    m_intervals = axis.intervals;
    m_fractions = axis.step != std::floor(axis.step);
    m_lowSince.reset();
}

} // namespace rateguard
