// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/PlaceDelegate.h"

#include "format/Text.h"
#include "models/Place.h"
#include "widgets/EnvironmentBadge.h"
#include "widgets/Theme.h"

#include <QPainter>

namespace rateguard {
namespace {

constexpr int margin = 10;
constexpr int stripe = 4;

QFont small(const QFont &font)
{
    QFont result(font);
    result.setPointSizeF(font.pointSizeF() * 0.85);
    return result;
}

// A mark in a frame, flush right; what is left of the line for the rest.
QRect drawMark(QPainter *painter, const QRect &line, const QString &text, const QColor &colour, const QColor &ground)
{
    const QFontMetrics metrics(painter->font());
    QRectF frame(0, 0, metrics.horizontalAdvance(text) + 14, metrics.height() + 3);
    frame.moveCenter(QPointF(line.right() - frame.width() / 2, line.center().y() + 1));
    painter->setPen(QPen(tinted(ground, colour, 0.6), 1));
    painter->setBrush(tinted(ground, colour, 0.14));
    painter->drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter->setPen(colour);
    painter->drawText(frame, Qt::AlignCenter, text);
    return line.adjusted(0, 0, -static_cast<int>(frame.width()) - 8, 0);
}

// A padlock; what is left of the line for the rest.
QRect drawLock(QPainter *painter, const QRect &line, const QColor &colour)
{
    const QRectF body(line.right() - 11, line.center().y() - 1, 11, 8);
    painter->setPen(QPen(colour, 1.6));
    painter->setBrush(Qt::NoBrush);
    painter->drawArc(QRectF(body.center().x() - 3.5, body.top() - 5, 7, 10), 0, 180 * 16);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colour);
    painter->drawRoundedRect(body, 1.5, 1.5);
    return line.adjusted(0, 0, -19, 0);
}

} // namespace

QSize PlaceDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {200, option.fontMetrics.height() + QFontMetrics(small(option.font)).height() + 18};
}

void PlaceDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto place = index.data(PlaceRole).value<Place>();
    const ThemeColours colours = ThemeColours::of(option.palette);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QColor ground = selected ? colours.selection : option.palette.color(QPalette::Base);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(option.rect, ground);
    if (selected && option.state.testFlag(QStyle::State_Active)) {
        painter->setPen(QPen(option.palette.color(QPalette::Highlight), 1));
        painter->drawRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5));
    }
    const QColor mark = environmentColour(place.environment, option.palette);
    if (mark.isValid())
        painter->fillRect(QRect(option.rect.topLeft(), QSize(stripe, option.rect.height())), mark);

    const QRect inner = option.rect.adjusted(stripe + margin, 7, -margin, -7);
    QRect line(inner.topLeft(), QSize(inner.width(), option.fontMetrics.height()));
    painter->setFont(small(option.font));
    if (mark.isValid())
        line = drawMark(painter, line, environmentName(place.environment), mark, ground);
    if (place.readOnly)
        line = drawLock(painter, line, colours.muted);
    QFont bold(option.font);
    bold.setBold(true);
    painter->setFont(bold);
    painter->setPen(option.palette.color(QPalette::Text));
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      QFontMetrics(bold).elidedText(rateguard::displayText(place.name.toStdString(), 80), Qt::ElideRight, line.width()));

    painter->setFont(small(option.font));
    painter->setPen(colours.muted);
    const QFontMetrics metrics(painter->font());
    const QString where = place.user.isEmpty() ? place.url : place.user + QStringLiteral(" @ ") + place.url;
    const QRect below(inner.left(), inner.bottom() - metrics.height() + 1, inner.width(), metrics.height());
    painter->drawText(below, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      metrics.elidedText(rateguard::displayText(where.toStdString(), 200), Qt::ElideMiddle, below.width()));
    painter->restore();
}

} // namespace rateguard
