// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/MinuteDelegate.h"

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
    }
    return bars;
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
    const std::vector<MinuteSlice> bars = barsOf(entry->minute);
    std::uint32_t most = 1;
    bool rejects = false;
    for (const MinuteSlice &bar : bars) {
        most = std::max({most, bar.allowed, bar.rejected});
        rejects |= bar.rejected > 0;
    }
    const QRect inner = cell.rect.adjusted(padding, 3, -padding, -3);
    const int line = rejects ? inner.top() + inner.height() * 3 / 5 : inner.bottom();
    const double up = static_cast<double>(line - inner.top()) / most;
    const double down = static_cast<double>(inner.bottom() - line) / most;
    const double width = static_cast<double>(inner.width()) / static_cast<double>(bars.size());
    QList<QRectF> above;
    QList<QRectF> below;
    const auto height = [](double scaled) { return std::max(1.0, std::round(scaled)); }; // one is seen beside thousands
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const double left = std::floor(inner.left() + width * static_cast<double>(i));
        const double right = std::max(left + 1, std::floor(inner.left() + width * static_cast<double>(i + 1)) - 1);
        if (bars[i].allowed > 0) {
            const double tall = height(bars[i].allowed * up);
            above.append(QRectF(left, line - tall, right - left, tall));
        }
        if (bars[i].rejected > 0)
            below.append(QRectF(left, line + 1, right - left, height(bars[i].rejected * down)));
    }
    const ThemeColours colours = ThemeColours::of(cell.palette);
    painter->fillRect(QRect(inner.left(), line, inner.width(), 1), tinted(colours.surface, cell.palette.color(QPalette::Text), 0.18));
    painter->save();
    painter->setPen(Qt::NoPen);
    painter->setBrush(colours.allowed);
    painter->drawRects(above);
    painter->setBrush(colours.rejected);
    painter->drawRects(below);
    painter->restore();
}

} // namespace rateguard
