// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/StateDelegate.h"

#include "models/KeyTableModel.h"
#include "widgets/Theme.h"

#include <QPainter>

namespace rateguard {
namespace {

QColor colourOf(KeyState state, const ThemeColours &colours)
{
    switch (state) {
    case KeyState::Quiet: return colours.muted;
    case KeyState::Active: return colours.ok;
    case KeyState::Near: return colours.near;
    case KeyState::Throttled: return colours.danger;
    case KeyState::Shadowed: return colours.shadow;
    }
    return colours.muted;
}

void drawShape(QPainter *painter, KeyState state, const QRectF &box)
{
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
    }
}

} // namespace

void StateDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell(option);
    initStyleOption(&cell, index);
    drawGround(painter, cell);

    const QVariant known = index.data(KeyTableModel::StateRole);
    if (!known.isValid())
        return; // the row is not here yet
    const auto state = static_cast<KeyState>(known.toInt());
    const ThemeColours colours = ThemeColours::of(cell.palette);
    const QColor colour = colourOf(state, colours);
    const QRect inner = cell.rect.adjusted(padding, 0, -2, 0);
    constexpr int size = 9;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(colour, 1));
    painter->setBrush(colour);
    drawShape(painter, state, QRectF(inner.left(), inner.center().y() - size / 2.0 + 0.5, size, size));

    QFont font = cell.font;
    font.setBold(state == KeyState::Throttled);
    painter->setFont(font);
    painter->setPen(state == KeyState::Quiet ? colours.muted : cell.palette.color(QPalette::Text));
    const QRect textRect = inner.adjusted(size + 6, 0, 0, 0);
    const QString text = QFontMetrics(font).elidedText(cell.text, Qt::ElideRight, textRect.width());
    painter->drawText(textRect, Qt::AlignLeft | Qt::AlignVCenter, text);
    painter->restore();
}

} // namespace rateguard
