// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "charts/RateSeries.h"
#include "charts/TrafficKind.h"

namespace rateguard {

// A series as it is drawn: where slices would stand too close to be told apart, several are one step, with their mean and the rate
// of the busiest of them. Steps begin at round times, so that they do not dance as time goes by; the one that runs is left out.
struct RateSteps
{
    RateSeries series; // its `step` is that of the steps
    std::vector<double> peaks; // per second, of each slice of `series`; empty: nothing is merged
    std::chrono::seconds finest {1}; // what was measured, and what the peaks are of

    bool isMerged() const { return !peaks.empty(); }
};

// For an axis of so many pixels. The peaks are of the kinds that are shown. O(slices).
RateSteps stepsOf(const RateSeries &series, KindSet shown, double width);

} // namespace rateguard
