// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/TextLabel.h"

#include "widgets/Theme.h"

#include <QApplication>
#include <QEvent>
#include <QPainter>
#include <QStyle>

namespace rateguard {
namespace {

QColor colourOf(Ink ink)
{
    const QPalette palette = QApplication::palette();
    const ThemeColours colours = ThemeColours::of(palette);
    switch (ink) {
    case Ink::Normal: break;
    case Ink::Muted: return colours.muted;
    case Ink::Ok: return colours.ok;
    case Ink::Warning: return colours.warning;
    case Ink::Danger: return colours.danger;
    case Ink::Allowed: return colours.allowed;
    case Ink::Rejected: return colours.rejected;
    }
    return palette.color(QPalette::WindowText);
}

} // namespace

TextLabel::TextLabel(const QString &text, Ink ink, QWidget *parent) : QLabel(parent), m_ink(ink)
{
    setTextFormat(Qt::PlainText);
    setText(text);
    colour();
}

void TextLabel::setInk(Ink ink)
{
    if (m_ink == ink)
        return;
    m_ink = ink;
    colour();
}

void TextLabel::setScale(double scale, bool bold)
{
    QFont sized = QApplication::font();
    sized.setPointSizeF(sized.pointSizeF() * scale);
    sized.setBold(bold);
    setFont(sized);
}

void TextLabel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && !m_colouring)
        colour();
    QLabel::changeEvent(event);
}

void TextLabel::paintEvent(QPaintEvent *event)
{
    const QRect room = contentsRect().marginsRemoved({margin(), margin(), margin(), margin()});
    if (wordWrap() || buddy() || text().contains(QLatin1Char('\n')) || fontMetrics().horizontalAdvance(text()) <= room.width())
        return QLabel::paintEvent(event);
    QPainter painter(this);
    style()->drawItemText(&painter, room, static_cast<int>(alignment()), palette(), isEnabled(), fontMetrics().elidedText(text(), Qt::ElideRight, room.width()),
                          foregroundRole());
}

void TextLabel::colour()
{
    m_colouring = true;
    QPalette inked;
    inked.setColor(QPalette::WindowText, colourOf(m_ink));
    setPalette(inked);
    m_colouring = false;
}

} // namespace rateguard
