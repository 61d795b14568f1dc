// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "charts/RateChart.h"

#include <QAbstractScrollArea>
#include <QTest>

namespace rateguard {

// Series and gestures for tests of charts.

constexpr std::int64_t chartStart = 1'700'000'040; // a whole minute
constexpr std::int64_t chartEnd = chartStart + 120;
constexpr Instant chartNow {std::chrono::seconds(chartEnd)};

// Slices up to chartEnd that allow 100 a second, and reject as many a second as their number from the start.
inline std::vector<SecondCounts> risingSeries(std::int64_t count = 120, std::int64_t step = 1)
{
    std::vector<SecondCounts> series;
    for (std::int64_t i = 0; i < count; ++i) {
        SecondCounts slice;
        slice.second = chartEnd - (count - i) * step;
        slice.allowed = static_cast<std::uint32_t>(100 * step);
        slice.rejected = static_cast<std::uint32_t>(i * step);
        series.push_back(slice);
    }
    return series;
}

// That has been the same for ever.
inline std::vector<LimitPiece> steadyLimit(std::uint32_t perSecond)
{
    return {{Instant::min(), LimitPiece::Kind::Limit, {perSecond, std::chrono::seconds(1)}}};
}

inline void show(RateChart &chart, QSize size = {600, 280})
{
    chart.resize(size);
    chart.show();
    QVERIFY(QTest::qWaitForWindowExposed(&chart));
}

inline QWidget *viewOf(RateChart &chart)
{
    return chart.findChild<QWidget *>(QStringLiteral("chartView"));
}

inline QWidget *plotOf(RateChart &chart) // what gets the mouse
{
    return qobject_cast<QAbstractScrollArea *>(viewOf(chart))->viewport();
}

inline QPoint at(RateChart &chart, double share) // of the width
{
    const QSize size = plotOf(chart)->size();
    return {static_cast<int>(size.width() * share), size.height() / 2};
}

inline void drag(RateChart &chart, double from, double to)
{
    QTest::mousePress(plotOf(chart), Qt::LeftButton, {}, at(chart, from));
    QTest::mouseMove(plotOf(chart), at(chart, (from + to) / 2));
    QTest::mouseMove(plotOf(chart), at(chart, to));
    QTest::mouseRelease(plotOf(chart), Qt::LeftButton, {}, at(chart, to));
}

} // namespace rateguard
