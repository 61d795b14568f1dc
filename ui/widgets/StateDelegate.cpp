// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/StateDelegate.h"

#include "models/KeyTableModel.h"
#include "widgets/StateShape.h"

#include <QPainter>

namespace rateguard {

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
    const QRect inner = cell.rect.adjusted(padding, 0, -2, 0);
    constexpr int size = 9;
    drawStateShape(painter, state, QRectF(inner.left(), inner.center().y() - size / 2.0 + 0.5, size, size), colours);

    painter->save();
    QFont font = cell.font;
    font.setBold(state == KeyState::Throttled || state == KeyState::Banned);
    painter->setFont(font);
    painter->setPen(state == KeyState::Quiet ? colours.muted : cell.palette.color(QPalette::Text));
    const QRect textRect = inner.adjusted(size + 6, 0, 0, 0);
    const QString text = QFontMetrics(font).elidedText(cell.text, Qt::ElideRight, textRect.width());
    painter->drawText(textRect, Qt::AlignLeft | Qt::AlignVCenter, text);
    painter->restore();
}

} // namespace rateguard
