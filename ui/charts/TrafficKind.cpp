// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/TrafficKind.h"

#include <QCoreApplication>
#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace rateguard {
namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("rateguard::TrafficKind", text);
}

QColor faint(QColor colour, int alpha)
{
    colour.setAlpha(alpha);
    return colour;
}

// A texture, because Qt's own hatches leave holes.
template <typename Draw>
QBrush texture(double fineness, const QColor &ground, const QColor &ink, Draw draw)
{
    const int fine = std::max(1, static_cast<int>(std::ceil(fineness)));
    QImage tile(QSize(6, 6) * fine, QImage::Format_ARGB32_Premultiplied);
    tile.setDevicePixelRatio(fine);
    tile.fill(ground);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink, 1.2));
    painter.setBrush(ink);
    draw(painter);
    painter.end();
    return QBrush(tile);
}

QBrush hatch(double fineness, const QColor &ground, const QColor &line)
{
    return texture(fineness, ground, line, [](QPainter &painter) {
        for (int x = -6; x <= 6; x += 6)
            painter.drawLine(QPointF(x - 1, 7), QPointF(x + 7, -1));
    });
}

QBrush dots(double fineness, const QColor &ground, const QColor &dot)
{
    return texture(fineness, ground, dot, [](QPainter &painter) {
        painter.setPen(Qt::NoPen);
        painter.drawEllipse(QPointF(1.5, 1.5), 1.1, 1.1);
        painter.drawEllipse(QPointF(4.5, 4.5), 1.1, 1.1);
    });
}

} // namespace

std::uint32_t countOf(const SecondCounts &slice, TrafficKind kind)
{
    switch (kind) {
    case TrafficKind::Allowed: return slice.allowed;
    case TrafficKind::Unchecked: return slice.unchecked;
    case TrafficKind::Shadow: return slice.wouldReject;
    case TrafficKind::Rejected: break;
    }
    return slice.rejected;
}

double rateOf(const SecondCounts &slice, TrafficKind kind, std::chrono::seconds step)
{
    return static_cast<double>(countOf(slice, kind)) / static_cast<double>(step.count());
}

QString nameOf(TrafficKind kind)
{
    switch (kind) {
    case TrafficKind::Allowed: return words(QT_TRANSLATE_NOOP("rateguard::TrafficKind", "Allowed"));
    case TrafficKind::Unchecked: return words(QT_TRANSLATE_NOOP("rateguard::TrafficKind", "Unchecked"));
    case TrafficKind::Shadow: return words(QT_TRANSLATE_NOOP("rateguard::TrafficKind", "Shadow"));
    case TrafficKind::Rejected: break;
    }
    return words(QT_TRANSLATE_NOOP("rateguard::TrafficKind", "Rejected"));
}

QString explain(TrafficKind kind)
{
    switch (kind) {
    case TrafficKind::Allowed: return words(QT_TRANSLATE_NOOP("rateguard::TrafficKind", "Within the limit."));
    case TrafficKind::Unchecked:
        return words(QT_TRANSLATE_NOOP("rateguard::TrafficKind", "Admitted by services on their own while Redis gave no answer: nobody compared them with a limit."));
    case TrafficKind::Shadow: return words(QT_TRANSLATE_NOOP("rateguard::TrafficKind", "Over the limit, admitted because the policy only watches."));
    case TrafficKind::Rejected: break;
    }
    return words(QT_TRANSLATE_NOOP("rateguard::TrafficKind", "Over the limit, turned away."));
}

QString explain(GapCause cause)
{
    switch (cause) {
    case GapCause::NotWatching: return words(QT_TRANSLATE_NOOP("rateguard::TrafficKind", "not watching yet"));
    case GapCause::Disconnected: return words(QT_TRANSLATE_NOOP("rateguard::TrafficKind", "disconnected"));
    case GapCause::NoAnswer: break;
    }
    return words(QT_TRANSLATE_NOOP("rateguard::TrafficKind", "no answer from Redis"));
}

QColor colourOf(TrafficKind kind, const RateColours &colours)
{
    switch (kind) {
    case TrafficKind::Allowed: return colours.allowed;
    case TrafficKind::Unchecked: return colours.unchecked;
    case TrafficKind::Shadow: return colours.shadow;
    case TrafficKind::Rejected: break;
    }
    return colours.rejected;
}

QBrush brushOf(TrafficKind kind, const RateColours &colours)
{
    switch (kind) {
    case TrafficKind::Allowed: return faint(colours.allowed, 70);
    case TrafficKind::Unchecked: return dots(colours.fineness, faint(colours.unchecked, 90), colours.unchecked);
    case TrafficKind::Shadow: return hatch(colours.fineness, faint(colours.shadow, 150), colours.shadow);
    case TrafficKind::Rejected: break;
    }
    return hatch(colours.fineness, colours.rejected, faint(colours.surface, 150));
}

QBrush gapBrush(const RateColours &colours)
{
    return hatch(colours.fineness, colours.surface, colours.grid);
}

QColor peakColour(const RateColours &colours)
{
    return faint(colours.muted, 60);
}

} // namespace rateguard
