// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/ChartCursor.h"

namespace rateguard {

void ChartCursor::point(std::optional<Instant> at)
{
    if (m_at == at)
        return;
    m_at = at;
    emit moved();
}

void ChartCursor::zoomTo(std::optional<TimePiece> piece)
{
    if (m_zoom == piece)
        return;
    m_zoom = piece;
    emit zoomChanged();
}

} // namespace rateguard
