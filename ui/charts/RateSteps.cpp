// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/RateSteps.h"

#include <algorithm>
#include <cmath>

namespace rateguard {
namespace {

constexpr double narrowest = 2.5; // pixels

// Of several slices: what each kind came to while we listened, as if all of the step had been like that.
class Step
{
public:
    explicit Step(std::int64_t second) : m_second(second) { }

    void add(const SecondCounts &slice, double peak)
    {
        if (m_slices++ == 0)
            m_cause = slice.cause;
        if (slice.gap)
            return;
        ++m_heard;
        m_allowed += slice.allowed;
        m_rejected += slice.rejected;
        m_wouldReject += slice.wouldReject;
        m_unchecked += slice.unchecked;
        m_byMinute = m_byMinute || slice.byMinute;
        m_peak = std::max(m_peak, peak);
    }
    bool isAt(std::int64_t second) const { return m_slices > 0 && m_second == second; }
    bool isEmpty() const { return m_slices == 0; }
    std::int64_t second() const { return m_second; }
    double peak() const { return m_peak; }
    SecondCounts counts(std::int64_t whole) const
    {
        const auto scaled = [&](double count) {
            return m_heard == 0 ? 0u : static_cast<std::uint32_t>(std::min(std::round(count * static_cast<double>(whole) / m_heard), 4294967295.0));
        };
        return {m_second, scaled(m_allowed), scaled(m_rejected), scaled(m_wouldReject), m_heard == 0, m_cause, scaled(m_unchecked), m_byMinute};
    }

private:
    std::int64_t m_second;
    int m_slices = 0;
    int m_heard = 0;
    double m_allowed = 0;
    double m_rejected = 0;
    double m_wouldReject = 0;
    double m_unchecked = 0;
    double m_peak = 0;
    bool m_byMinute = false;
    GapCause m_cause = GapCause::NotWatching;
};

std::chrono::seconds stepFor(const RateSeries &series, double width)
{
    const double length = series.right() - series.left();
    if (width <= 0 || length <= 0)
        return series.step;
    constexpr std::int64_t round[] = {1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1800, 3600};
    for (const std::int64_t step : round) {
        if (step >= series.step.count() && step % series.step.count() == 0 && static_cast<double>(step) * width / length >= narrowest)
            return std::chrono::seconds(step);
    }
    return series.step;
}

} // namespace

RateSteps stepsOf(const RateSeries &series, KindSet shown, double width)
{
    RateSteps result {series, {}, series.step};
    const std::int64_t length = stepFor(series, width).count();
    if (length == series.step.count())
        return result;
    const std::int64_t whole = length / series.step.count(); // slices
    result.series.step = std::chrono::seconds(length);
    result.series.slices.clear();
    Step step(0);
    const auto close = [&] {
        if (step.isEmpty())
            return;
        result.series.slices.push_back(step.counts(whole));
        result.peaks.push_back(step.peak());
    };
    for (const SecondCounts &slice : series.slices) {
        const std::int64_t second = slice.second - slice.second % length;
        if (!step.isAt(second)) {
            close();
            step = Step(second);
        }
        double peak = 0;
        for (const TrafficKind kind : trafficKinds)
            peak += shown.has(kind) ? rateOf(slice, kind, series.step) : 0;
        step.add(slice, peak);
    }
    if (!series.slices.empty() && step.second() + length <= series.slices.back().second + series.step.count())
        close(); // else it runs
    return result;
}

} // namespace rateguard
