// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "charts/RateSeries.h"

#include <QObject>

namespace rateguard {

// The instant under the crosshair and the piece of time that is zoomed into, shared by charts that show the same time: whichever
// the operator points at, all of them follow.
class ChartCursor : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    const std::optional<Instant> &at() const { return m_at; }
    const std::optional<TimePiece> &zoom() const { return m_zoom; } // nothing: live

    void point(std::optional<Instant> at);
    void zoomTo(std::optional<TimePiece> piece); // nothing: back to live

signals:
    void moved();
    void zoomChanged();

private:
    std::optional<Instant> m_at;
    std::optional<TimePiece> m_zoom;
};

} // namespace rateguard
