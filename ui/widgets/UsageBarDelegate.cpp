// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/UsageBarDelegate.h"

#include "models/KeyTableModel.h"
#include "widgets/Theme.h"

#include <QPainter>

#include <algorithm>

namespace rateguard {

void UsageBarDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell(option);
    initStyleOption(&cell, index);
    drawGround(painter, cell);

    const double used = index.data(KeyTableModel::UsedRole).toDouble();
    const double limit = index.data(KeyTableModel::LimitRole).toDouble();
    const double share = limit > 0 ? used / limit : 0;
    const ThemeColours colours = ThemeColours::of(cell.palette);
    const QColor fill = share >= 1 ? colours.rejected : share >= m_near ? colours.near : colours.allowed;

    const QRect inner = cell.rect.adjusted(padding, 0, -padding, 0);
    const int textWidth = std::min(cell.fontMetrics.horizontalAdvance(QStringLiteral("1,000 / 1,000")), inner.width() * 3 / 5);
    constexpr int height = 8;
    const QRect bar(inner.left(), inner.center().y() - height / 2 + 1, inner.width() - textWidth - padding, height);
    // The bar ends at 110 %, so that 100 % is a mark and not an edge.
    const auto at = [&bar](double part) { return static_cast<int>(bar.width() * std::min(part, 1.1) / 1.1); };
    if (limit > 0 && bar.width() > 12) {
        painter->fillRect(bar, tinted(colours.surface, cell.palette.color(QPalette::Text), 0.12));
        const int length = used > 0 ? std::max(at(share), 2) : 0;
        painter->fillRect(QRect(bar.left(), bar.top(), length, height), fill);
        const QColor tick = tinted(colours.surface, cell.palette.color(QPalette::Text), 0.6);
        painter->fillRect(QRect(bar.left() + at(m_near), bar.top() - 2, 1, height + 4), tick);
        painter->fillRect(QRect(bar.left() + at(1), bar.top() - 3, 2, height + 6), tick);
    }
    painter->save();
    painter->setPen(cell.palette.color(QPalette::Text));
    painter->setFont(cell.font);
    const QRect textRect(inner.right() - textWidth + 1, inner.top(), textWidth, inner.height());
    painter->drawText(textRect, Qt::AlignRight | Qt::AlignVCenter,
                      cell.fontMetrics.elidedText(cell.text, Qt::ElideLeft, textWidth));
    painter->restore();
}

} // namespace rateguard
