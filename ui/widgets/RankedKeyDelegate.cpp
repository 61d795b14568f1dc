// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/RankedKeyDelegate.h"

#include "models/RankedKeyModel.h"
#include "widgets/StateShape.h"
#include "widgets/Theme.h"

#include <QPainter>

#include <algorithm>

namespace rateguard {
namespace {

constexpr int shape = 9;
constexpr int barHeight = 8;

bool isByUse(const QModelIndex &index)
{
    const auto *model = qobject_cast<const RankedKeyModel *>(index.model());
    return model && model->by() == RankedKeyModel::By::Use;
}

} // namespace

QSize RankedKeyDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {80, option.fontMetrics.height() + 7};
}

void RankedKeyDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell(option);
    initStyleOption(&cell, index);
    drawGround(painter, cell);
    const ThemeColours colours = ThemeColours::of(cell.palette);
    const auto state = static_cast<KeyState>(index.data(RankedKeyModel::StateRole).toInt());
    const QRect inner = cell.rect.adjusted(2, 0, -padding, 0);
    drawStateShape(painter, state, QRectF(inner.left() + 1, inner.center().y() - shape / 2.0 + 0.5, shape, shape), colours);

    // Of one width in all rows, whatever the figures are.
    const QString sample = isByUse(index) ? QStringLiteral("1,000 / 1,000") : QStringLiteral("(9,999/s)");
    const QString figure = index.data(RankedKeyModel::FigureRole).toString();
    const int figureWidth = std::max(cell.fontMetrics.horizontalAdvance(sample), cell.fontMetrics.horizontalAdvance(figure));
    const int barWidth = std::clamp(inner.width() / 8, 30, 110);
    const QRect figureRect(inner.right() - figureWidth + 1, inner.top(), figureWidth, inner.height());
    const QRect bar(figureRect.left() - 4 - barWidth, inner.center().y() - barHeight / 2 + 1, barWidth, barHeight);
    const int nameLeft = inner.left() + shape + 7;
    const QString word = index.data(RankedKeyModel::WordRole).toString();
    const int wordWidth = word.isEmpty() ? 0 : cell.fontMetrics.horizontalAdvance(word) + 8;
    const QRect wordRect(bar.left() - wordWidth - 2, inner.top(), wordWidth, inner.height());
    const QRect nameRect(nameLeft, inner.top(), bar.left() - 8 - wordWidth - nameLeft, inner.height());
    painter->save();
    painter->setFont(cell.font);
    painter->setPen(cell.palette.color(QPalette::Text));
    paintName(painter, nameRect, cell, index);
    painter->setPen(colours.muted);
    painter->drawText(wordRect, Qt::AlignLeft | Qt::AlignVCenter, word);
    painter->setPen(cell.palette.color(QPalette::Text));
    painter->drawText(figureRect, Qt::AlignRight | Qt::AlignVCenter, figure);
    paintBar(painter, bar, cell, index);
    painter->restore();
}

// Where it is tight, the policy gives way to the key, and of the key the end stays: that is what tells one from the other.
void RankedKeyDelegate::paintName(QPainter *painter, const QRect &place, const QStyleOptionViewItem &cell, const QModelIndex &index) const
{
    const QFontMetrics &metrics = cell.fontMetrics;
    const QString policy = index.data(RankedKeyModel::PolicyRole).toString();
    const QString key = index.data(RankedKeyModel::KeyRole).toString();
    const int gap = metrics.horizontalAdvance(QLatin1Char(' ')) * 2;
    const int whole = metrics.horizontalAdvance(policy) + 1; // widths are rounded
    const int least = std::min(whole, metrics.horizontalAdvance(QStringLiteral("mm…")));
    const int policyWidth = std::clamp(place.width() - gap - metrics.horizontalAdvance(key) - 1, least, whole);
    const QString shown = metrics.elidedText(policy, Qt::ElideRight, policyWidth);
    const QRect keyRect = place.adjusted(metrics.horizontalAdvance(shown) + gap, 0, 0, 0);
    painter->setPen(ThemeColours::of(cell.palette).muted);
    painter->drawText(place, Qt::AlignLeft | Qt::AlignVCenter, shown);
    painter->setPen(cell.palette.color(QPalette::Text));
    painter->drawText(keyRect, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(key, Qt::ElideLeft, keyRect.width()));
}

void RankedKeyDelegate::paintBar(QPainter *painter, const QRect &bar, const QStyleOptionViewItem &cell, const QModelIndex &index) const
{
    const ThemeColours colours = ThemeColours::of(cell.palette);
    const double share = index.data(RankedKeyModel::ShareRole).toDouble();
    const bool use = isByUse(index);
    const bool watched = static_cast<KeyState>(index.data(RankedKeyModel::StateRole).toInt()) == KeyState::Shadowed;
    const QColor fill = use ? (share >= 1 ? colours.rejected : colours.near) : watched ? colours.shadow : colours.rejected;
    // A bar of use ends at 110 %, so that 100 % is a mark and not an edge.
    const double end = use ? 1.1 : 1;
    const auto at = [&](double part) { return static_cast<int>(bar.width() * std::min(part, end) / end); };
    painter->fillRect(bar, tinted(colours.surface, cell.palette.color(QPalette::Text), 0.12));
    painter->fillRect(QRect(bar.left(), bar.top(), share > 0 ? std::max(at(share), 2) : 0, bar.height()), fill);
    if (!use)
        return;
    const QColor tick = tinted(colours.surface, cell.palette.color(QPalette::Text), 0.6);
    painter->fillRect(QRect(bar.left() + at(m_mark), bar.top() - 2, 1, bar.height() + 4), tick);
    painter->fillRect(QRect(bar.left() + at(1), bar.top() - 3, 2, bar.height() + 6), tick);
}

} // namespace rateguard
