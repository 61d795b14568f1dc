// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "charts/ChartCursor.h"

#include <QPointer>

class QWheelEvent;

namespace rateguard {

// How a chart is zoomed: never into fewer than five slices, never out of what there is, and many small turns of a wheel as one large one.
class ChartZoom
{
public:
    explicit ChartZoom(const RateSeries &series) : m_series(series) { } // that is drawn; it is to outlive this

    void setCursorShared(ChartCursor *cursor) { m_cursor = cursor; }
    // What is at `around` stays there. Out of what there is: live. False: too little to stop a live chart for.
    bool by(double factor, Instant around);
    void to(Instant from, Instant to);
    void turn(const QWheelEvent &event, Instant around);

private:
    const RateSeries &m_series;
    QPointer<ChartCursor> m_cursor;
    int m_turned = 0; // by the wheel, and not yet shown
};

} // namespace rateguard
