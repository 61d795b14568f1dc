// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "charts/RateSeries.h"

#include <QFont>
#include <QString>

namespace rateguard {

// Words for times on charts, in local time.

struct TimeLabel
{
    double place = 0;
    QString text; // no two of an axis are alike

    friend bool operator==(const TimeLabel &, const TimeLabel &) = default;
};

// Labels for the axis, oldest first and evenly spaced, as many as an axis of `width` pixels has room for: "−5 min" while live, with the
// time of day when the span is long, the time of day alone when zoomed, or when the axis does not end now: `later`.
std::vector<TimeLabel> timeLabels(const RateSeries &series, double width, const QFont &font, bool later = false);

QString clockTime(Instant at); // "14:02:10"
QString dateText(Instant at); // "2026-11-25"
QString spanName(std::chrono::seconds span); // "30 s", "2 min", "6 h"
QString sliceTime(const SecondCounts &slice, std::chrono::seconds step); // "14:02:10", "14:02:10 to 14:02:20"

} // namespace rateguard
