// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/StateShape.h"

#include <QPainter>

namespace rateguard {

QColor stateColour(KeyState state, const ThemeColours &colours)
{
    switch (state) {
    case KeyState::Quiet: return colours.muted;
    case KeyState::Active: return colours.ok;
    case KeyState::Near: return colours.near;
    case KeyState::Throttled: return colours.danger;
    case KeyState::Shadowed: return colours.shadow;
    case KeyState::Banned: return colours.banned;
    case KeyState::Exempt: return colours.allowed;
    }
    return colours.muted;
}

void drawStateShape(QPainter *painter, KeyState state, const QRectF &box, const ThemeColours &colours)
{
    const QColor colour = stateColour(state, colours);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(colour, 1));
    painter->setBrush(colour);
    switch (state) {
    case KeyState::Quiet:
        painter->setBrush(Qt::NoBrush);
        painter->drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5));
        break;
    case KeyState::Active: painter->drawEllipse(box); break;
    case KeyState::Near:
        painter->drawPolygon(QPolygonF({box.bottomLeft(), QPointF(box.center().x(), box.top()), box.bottomRight()}));
        break;
    case KeyState::Throttled: painter->drawRect(box); break;
    case KeyState::Shadowed:
        painter->drawPie(box, 90 * 16, 180 * 16);
        painter->setBrush(Qt::NoBrush);
        painter->drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5));
        break;
    case KeyState::Banned: { // no entry
        const double thick = box.width() / 5;
        const QRectF ring = box.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2);
        const double reach = ring.width() / 2 * 0.7071;
        painter->setPen(QPen(colour, thick));
        painter->setBrush(Qt::NoBrush);
        painter->drawEllipse(ring);
        painter->drawLine(ring.center() - QPointF(reach, reach), ring.center() + QPointF(reach, reach));
        break;
    }
    case KeyState::Exempt:
        painter->drawPolygon(QPolygonF({QPointF(box.center().x(), box.top()), QPointF(box.right(), box.center().y()), QPointF(box.center().x(), box.bottom()),
                                        QPointF(box.left(), box.center().y())}));
        break;
    }
    painter->restore();
}

} // namespace rateguard
