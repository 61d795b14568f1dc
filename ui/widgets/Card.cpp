// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/Card.h"

#include "widgets/Theme.h"

#include <QPainter>
#include <QPainterPath>

namespace rateguard {

Card::Card(QWidget *parent) : QFrame(parent) { }

void Card::setAccent(const QColor &colour)
{
    if (m_accent == colour)
        return;
    m_accent = colour;
    update();
}

void Card::setTint(const QColor &colour)
{
    if (m_tint == colour)
        return;
    m_tint = colour;
    update();
}

void Card::paintEvent(QPaintEvent *)
{
    const ThemeColours colours = ThemeColours::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath outline;
    outline.addRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    painter.fillPath(outline, m_tint.isValid() ? tinted(colours.surface, m_tint, 0.14) : colours.surface);
    if (m_accent.isValid()) {
        painter.save();
        painter.setClipPath(outline);
        painter.fillRect(0, 0, 4, height(), m_accent);
        painter.restore();
    }
    painter.setPen(QPen(m_tint.isValid() ? tinted(colours.surface, m_tint, 0.5) : colours.outline, 1));
    painter.drawPath(outline);
}

} // namespace rateguard
