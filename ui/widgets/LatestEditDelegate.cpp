// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/LatestEditDelegate.h"

#include "models/LatestEditModel.h"
#include "widgets/Theme.h"

#include <QPainter>

namespace rateguard {
namespace {

QFont small(QFont font)
{
    font.setPointSizeF(font.pointSizeF() * 0.9);
    return font;
}

} // namespace

QSize LatestEditDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {80, option.fontMetrics.height() + QFontMetrics(small(option.font)).height() + 5};
}

void LatestEditDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell(option);
    initStyleOption(&cell, index);
    drawGround(painter, cell);
    const QRect inner = cell.rect.adjusted(2, 1, -padding, -2);
    const QFont below = small(cell.font);
    const QFontMetrics metrics(below);
    painter->save();
    painter->setFont(cell.font);
    painter->setPen(cell.palette.color(QPalette::Text));
    painter->drawText(inner, Qt::AlignLeft | Qt::AlignTop, cell.fontMetrics.elidedText(cell.text, Qt::ElideMiddle, inner.width()));
    painter->setFont(below);
    painter->setPen(ThemeColours::of(cell.palette).muted);
    const QString origin = index.data(LatestEditModel::OriginRole).toString();
    painter->drawText(inner, Qt::AlignLeft | Qt::AlignBottom, metrics.elidedText(origin, Qt::ElideRight, inner.width()));
    painter->restore();
}

} // namespace rateguard
