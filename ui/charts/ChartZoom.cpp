// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/ChartZoom.h"

#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace rateguard {
namespace {

constexpr int leastSlices = 5; // that a zoom shows

} // namespace

void ChartZoom::turn(const QWheelEvent &event, Instant around)
{
    // In eighths of a degree: a notch of a mouse is 120, a touchpad tells of many small ones. Pixels are not known everywhere.
    const int turned = event.angleDelta().y();
    if (event.phase() == Qt::ScrollBegin || (turned > 0) != (m_turned > 0))
        m_turned = 0;
    if (turned == 0 || event.phase() == Qt::ScrollMomentum)
        return; // momentum: the fingers have left, and a picture that rolls on by itself overshoots
    m_turned += turned;
    if (by(std::pow(0.75, m_turned / 120.0), around))
        m_turned = 0;
}

bool ChartZoom::by(double factor, Instant around)
{
    if (!m_cursor)
        return true;
    const double length = m_series.right() - m_series.left();
    const auto least = static_cast<double>(leastSlices * m_series.step.count());
    if (factor < 1 && length < least + 0.001)
        return true; // finer than this it does not get
    const double at = m_series.placeOf(around);
    const double from = at - (at - m_series.left()) * factor;
    const double until = at + (m_series.right() - at) * factor;
    if (until - from >= static_cast<double>(m_series.span.count()) * 0.98) {
        if (factor > 1)
            m_cursor->zoomTo(std::nullopt);
        return factor > 1;
    }
    to(m_series.instantAt(from), m_series.instantAt(until));
    return true;
}

void ChartZoom::to(Instant from, Instant to)
{
    if (!m_cursor || m_series.slices.empty())
        return;
    const Instant first = m_series.instantAt(-static_cast<double>(m_series.span.count()));
    const Instant last = m_series.instantAt(0);
    from = std::max(from, first);
    to = std::min(to, last);
    const auto least = leastSlices * m_series.step;
    if (to - from < least) { // too small a piece: as much around it as can be drawn
        from = std::clamp(from + (to - from) / 2 - least / 2, first, std::max(first, last - least));
        to = from + least;
    }
    m_cursor->zoomTo(TimePiece {from, to});
}

} // namespace rateguard
