// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/RailButton.h"

#include "format/Numbers.h"
#include "widgets/KeyHabits.h"
#include "widgets/Theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

namespace rateguard {
namespace {

constexpr int padding = 12;

// Room is short: "999", then "1k".
QString shortCount(std::uint64_t count)
{
    return count < 1000 ? formatCount(count) : count < 1'000'000 ? QStringLiteral("%1k").arg(count / 1000) : QStringLiteral("1M+");
}

} // namespace

RailButton::RailButton(const QString &text, QWidget *parent) : QAbstractButton(parent)
{
    setText(text);
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void RailButton::setBadge(std::uint64_t count, const QString &what, bool urgent)
{
    const QString badge = count > 0 ? shortCount(count) : QString();
    if (badge == m_badge && urgent == m_urgent)
        return;
    m_badge = badge;
    m_urgent = urgent;
    setAccessibleDescription(count > 0 ? formatCount(count) + QLatin1Char(' ') + what : QString());
    update();
}

QSize RailButton::sizeHint() const
{
    const QFontMetrics metrics = fontMetrics();
    return {2 * padding + metrics.horizontalAdvance(text()) + metrics.horizontalAdvance(QStringLiteral("  999")) + 8, metrics.height() + 18};
}

void RailButton::keyPressEvent(QKeyEvent *event)
{
    if (isEnter(*event)) {
        if (!event->isAutoRepeat())
            emit entered();
    } else if (event->key() == Qt::Key_Space) {
        event->ignore();
    } else {
        QAbstractButton::keyPressEvent(event);
    }
}

void RailButton::paintEvent(QPaintEvent *)
{
    const ThemeColours colours = ThemeColours::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath shape;
    shape.addRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    if (isChecked()) {
        painter.fillPath(shape, colours.surface);
        painter.save();
        painter.setClipPath(shape);
        painter.fillRect(0, 0, 4, height(), palette().color(QPalette::Highlight));
        painter.restore();
        painter.setPen(colours.outline);
        painter.drawPath(shape);
    } else if (underMouse()) {
        painter.fillPath(shape, tinted(palette().color(QPalette::Window), colours.surface, 0.7));
    }
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1.5));
        painter.drawPath(shape);
    }
    QFont font = this->font();
    font.setBold(isChecked());
    painter.setFont(font);
    painter.setPen(isChecked() ? palette().color(QPalette::Text) : colours.muted);
    painter.drawText(rect().adjusted(padding, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, text());
    if (m_badge.isEmpty())
        return;
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * 0.85);
    painter.setFont(font);
    const QFontMetrics metrics(font);
    const int wide = std::max(metrics.horizontalAdvance(m_badge) + 10, metrics.height() + 2);
    const QRectF pill(width() - wide - 8, (height() - metrics.height() - 2) / 2.0, wide, metrics.height() + 2);
    const QColor ground = m_urgent ? colours.danger : colours.muted;
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_urgent ? ground : tinted(colours.surface, ground, 0.25));
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
    painter.setPen(m_urgent ? colours.surface : palette().color(QPalette::Text));
    painter.drawText(pill, Qt::AlignCenter, m_badge);
}

void RailButton::enterEvent(QEnterEvent *event)
{
    update();
    QAbstractButton::enterEvent(event);
}

void RailButton::leaveEvent(QEvent *event)
{
    update();
    QAbstractButton::leaveEvent(event);
}

} // namespace rateguard
