// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/MinuteDelegate.h"

#include "charts/TrafficKind.h"
#include "models/KeyTableModel.h"
#include "widgets/Theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace rateguard {
namespace {

constexpr std::size_t together = 2; // seconds in a bar

std::vector<MinuteSlice> barsOf(const std::vector<MinuteSlice> &minute)
{
    std::vector<MinuteSlice> bars((minute.size() + together - 1) / together);
    for (std::size_t i = 0; i < minute.size(); ++i) {
        bars[i / together].allowed += minute[i].allowed;
        bars[i / together].rejected += minute[i].rejected;
        bars[i / together].shadowed += minute[i].shadowed;
        bars[i / together].gap |= minute[i].gap;
    }
    return bars;
}

// As in the large charts, but on whatever ground the cell has.
QBrush hatch(const QPalette &palette, double fineness)
{
    RateColours colours = RateColours::of(palette);
    colours.fineness = fineness;
    colours.grid = tinted(colours.surface, colours.text, 0.2);
    colours.surface = Qt::transparent;
    return gapBrush(colours);
}

struct Picture
{
    QList<QRectF> allowed;
    QList<QRectF> rejected;
    QList<QRectF> shadowed;
    QList<QRectF> unknown;
    QList<QRectF> line; // where something is known
};

Picture pictureOf(const std::vector<MinuteSlice> &bars, const QRect &inner)
{
    std::uint32_t most = 1;
    bool rejects = false;
    for (const MinuteSlice &bar : bars) {
        most = bar.gap ? most : std::max({most, bar.allowed, bar.rejected});
        rejects |= !bar.gap && bar.rejected > 0;
    }
    const int line = rejects ? inner.top() + inner.height() * 3 / 5 : inner.bottom();
    const double up = static_cast<double>(line - inner.top()) / most;
    const double down = static_cast<double>(inner.bottom() - line) / most;
    const double width = static_cast<double>(inner.width()) / static_cast<double>(bars.size());
    const auto height = [](double scaled) { return std::max(1.0, std::round(scaled)); }; // one is seen beside thousands
    Picture picture;
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const double left = std::floor(inner.left() + width * static_cast<double>(i));
        const double next = std::floor(inner.left() + width * static_cast<double>(i + 1));
        const double wide = std::max(1.0, next - 1 - left);
        if (bars[i].gap) {
            picture.unknown.append(QRectF(left, inner.top(), next - left, inner.height()));
            continue;
        }
        picture.line.append(QRectF(left, line, next - left, 1));
        if (bars[i].allowed > 0) {
            const double tall = height(bars[i].allowed * up);
            picture.allowed.append(QRectF(left, line - tall, wide, tall));
        }
        const std::uint32_t real = bars[i].rejected - std::min(bars[i].shadowed, bars[i].rejected);
        const double deep = real > 0 ? height(real * down) : 0;
        if (real > 0)
            picture.rejected.append(QRectF(left, line + 1, wide, deep));
        if (bars[i].shadowed > 0) { // too small for the hatch of the large charts: striped
            const double end = line + 1 + std::max(height(bars[i].rejected * down), deep + 1);
            for (double y = line + 1 + deep; y < end; y += 2)
                picture.shadowed.append(QRectF(left, y, wide, 1));
        }
    }
    return picture;
}

} // namespace

void MinuteDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell(option);
    initStyleOption(&cell, index);
    drawGround(painter, cell);
    const auto *model = qobject_cast<const KeyTableModel *>(index.model());
    const KeyEntry *entry = model ? model->entryAt(index.row()) : nullptr;
    if (!entry || entry->minute.empty())
        return;
    const Picture picture = pictureOf(barsOf(entry->minute), cell.rect.adjusted(padding, 3, -padding, -3));
    const ThemeColours colours = ThemeColours::of(cell.palette);
    painter->save();
    painter->setPen(Qt::NoPen);
    painter->setBrush(tinted(colours.surface, cell.palette.color(QPalette::Text), 0.18));
    painter->drawRects(picture.line);
    if (!picture.unknown.isEmpty()) {
        painter->setBrush(hatch(cell.palette, painter->device()->devicePixelRatioF()));
        painter->drawRects(picture.unknown);
    }
    painter->setBrush(colours.allowed);
    painter->drawRects(picture.allowed);
    painter->setBrush(colours.rejected);
    painter->drawRects(picture.rejected);
    painter->setBrush(colours.shadow);
    painter->drawRects(picture.shadowed);
    painter->restore();
}

} // namespace rateguard
