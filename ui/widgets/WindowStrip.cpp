// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/WindowStrip.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "models/TimeWords.h"
#include "widgets/Theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace rateguard {
namespace {

constexpr int band = 24; // height of the strip
constexpr int ahead = 4; // the part of the window that is right of now, too: a quarter of it
constexpr int half = 6; // of a diamond's width

QFont smaller(QFont font)
{
    font.setPointSizeF(font.pointSizeF() * 0.85);
    return font;
}

} // namespace

WindowStrip::WindowStrip(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("windowStrip"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void WindowStrip::display(const WindowFill &fill, Instant now, std::optional<std::chrono::microseconds> age)
{
    m_fill = fill;
    m_now = now;
    m_age = age;
    describe();
    update();
}

void WindowStrip::describe()
{
    const QString name = tr("Window of %1").arg(QString::fromStdString(formatLimit(Limits(m_fill.limit))));
    if (name != accessibleName())
        setAccessibleName(name);
    // Not the countdown: a screen reader would never get to the end of it.
    const QString text = m_fill.isFull() ? tr("%1. It is full.").arg(fillText(m_fill)) : tr("%1. There is room.").arg(fillText(m_fill));
    if (text != accessibleDescription())
        setAccessibleDescription(text);
}

QSize WindowStrip::sizeHint() const
{
    return {360, minimumSizeHint().height()};
}

QSize WindowStrip::minimumSizeHint() const
{
    return {220, fontMetrics().height() + 4 + band + 2 + QFontMetrics(smaller(font())).height()};
}

QRect WindowStrip::track() const
{
    const int all = width() - 2;
    return {1, fontMetrics().height() + 4, m_fill.hasStamps ? (all - half - 2) * ahead / (ahead + 1) : all, band};
}

double WindowStrip::end() const
{
    return track().right() + static_cast<double>(track().width()) / ahead;
}

std::optional<double> WindowStrip::nextX() const
{
    if (!m_fill.hasStamps || !m_fill.next || *m_fill.next <= m_now)
        return std::nullopt;
    return std::min(xOf(*m_fill.next), end());
}

bool WindowStrip::nextIsBeyond() const
{
    return nextX() && xOf(*m_fill.next) > end();
}

double WindowStrip::xOf(Instant at) const
{
    const QRect line = track();
    const auto age = std::chrono::duration<double>(m_now - at) / std::chrono::duration<double>(m_fill.limit.window);
    return line.right() - age * line.width();
}

QColor WindowStrip::fillColour() const
{
    const ThemeColours colours = ThemeColours::of(palette());
    return m_fill.isFull() ? colours.rejected : m_fill.share() >= 0.8 ? colours.near : colours.allowed;
}

void WindowStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColours colours = ThemeColours::of(palette());
    painter.fillRect(track(), tinted(colours.surface, palette().color(QPalette::Text), 0.07));
    if (m_fill.hasStamps) {
        paintTicks(painter);
        paintNext(painter);
    } else {
        paintBar(painter);
    }
    paintWords(painter);
}

// A column of pixels at a time: the more requests fall into it, the stronger it is drawn.
void WindowStrip::paintTicks(QPainter &painter) const
{
    const QRect line = track();
    std::vector<int> columns(static_cast<std::size_t>(std::max(line.width(), 1)));
    for (const Instant at : m_fill.admitted) {
        const int x = static_cast<int>(std::lround(xOf(at))) - line.left();
        ++columns[static_cast<std::size_t>(std::clamp(x, 0, line.width() - 1))];
    }
    const QColor colour = fillColour();
    const double most = *std::max_element(columns.begin(), columns.end());
    const bool dense = m_fill.admitted.size() > columns.size() / 3;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i] == 0)
            continue;
        QColor tick = colour;
        tick.setAlphaF(most <= 1 ? 1.F : static_cast<float>(0.35 + 0.65 * columns[i] / most));
        painter.fillRect(QRect(line.left() + static_cast<int>(i), line.top() + 3, dense ? 1 : 2, line.height() - 6), tick);
    }
}

void WindowStrip::paintBar(QPainter &painter) const
{
    const QRect line = track();
    const int length = static_cast<int>(line.width() * std::min(m_fill.share(), 1.0));
    painter.fillRect(QRect(line.left(), line.top() + 3, length, line.height() - 6), fillColour());
    const QColor mark = tinted(ThemeColours::of(palette()).surface, palette().color(QPalette::Text), 0.6);
    painter.fillRect(QRect(line.left() + line.width() * 8 / 10, line.top(), 1, line.height()), mark);
}

void WindowStrip::paintNext(QPainter &painter) const
{
    const ThemeColours colours = ThemeColours::of(palette());
    const QRect line = track();
    const QColor ink = palette().color(QPalette::Text);
    painter.fillRect(QRect(line.right(), line.top() - 2, 1, line.height() + 4), ink);
    const std::optional<double> x = nextX();
    if (!x)
        return;
    const double middle = line.center().y() + 0.5;
    if (!nextIsBeyond()) { // as far as the scale reaches
        painter.setPen(QPen(colours.muted, 1));
        painter.drawLine(QPointF(end(), line.top() + 6), QPointF(end(), line.bottom() - 6));
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colours.ok, 1.5, Qt::DotLine));
    painter.drawLine(QPointF(line.right() + 2, middle), QPointF(std::max(*x - half, line.right() + 2.0), middle));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.ok);
    if (nextIsBeyond())
        painter.drawPolygon(QPolygonF({QPointF(*x - half, middle - 7), QPointF(*x + half, middle), QPointF(*x - half, middle + 7)}));
    else
        painter.drawPolygon(QPolygonF({QPointF(*x, middle - 7), QPointF(*x + half, middle), QPointF(*x, middle + 7), QPointF(*x - half, middle)}));
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void WindowStrip::paintWords(QPainter &painter) const
{
    const ThemeColours colours = ThemeColours::of(palette());
    const QRect line = track();
    const QRect top(0, 0, width(), fontMetrics().height());
    QFont bold = font();
    bold.setBold(true);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.setFont(bold);
    const QString limit = QString::fromStdString(formatLimit(Limits(m_fill.limit)));
    painter.drawText(top, Qt::AlignLeft | Qt::AlignVCenter, limit);
    painter.setFont(font());
    const int room = top.width() - QFontMetrics(bold).horizontalAdvance(limit) - 12;
    const QString next = nextText(m_fill, m_now);
    const QString all = next.isEmpty() ? fillText(m_fill) : tr("%1 · %2").arg(fillText(m_fill), next);
    const QString words = fontMetrics().horizontalAdvance(all) <= room ? all : fontMetrics().elidedText(fillText(m_fill), Qt::ElideRight, room);
    painter.drawText(top, Qt::AlignRight | Qt::AlignVCenter, words);

    painter.setFont(smaller(font()));
    painter.setPen(colours.muted);
    const QRect bottom(line.left(), line.bottom() + 3, line.width(), QFontMetrics(painter.font()).height());
    if (!m_fill.hasStamps) {
        painter.drawText(bottom, Qt::AlignLeft | Qt::AlignVCenter, tr("counted in sixtieths of the window: no single requests are kept"));
        if (m_age)
            painter.drawText(bottom, Qt::AlignRight | Qt::AlignVCenter, nowText());
        return;
    }
    painter.drawText(bottom, Qt::AlignLeft | Qt::AlignVCenter, m_age ? tr("%1 before").arg(spanText(m_fill.limit.window)) : tr("%1 ago").arg(spanText(m_fill.limit.window)));
    painter.drawText(bottom, Qt::AlignHCenter | Qt::AlignVCenter, m_fill.admitted.empty() ? tr("nothing was admitted in it") : tr("admitted requests"));
    painter.drawText(bottom, Qt::AlignRight | Qt::AlignVCenter, nowText());
    const QRect future(bottom.right() + 8, bottom.top(), width() - bottom.right() - 9, bottom.height());
    painter.drawText(future, Qt::AlignRight | Qt::AlignVCenter, futureText(future.width()));
}

QString WindowStrip::nowText() const
{
    return m_age ? tr("read %1").arg(agoText(*m_age)) : tr("now");
}

QString WindowStrip::futureText(int room) const
{
    if (!nextX())
        return {};
    if (!nextIsBeyond()) { // the end of the scale
        const auto part = m_fill.limit.window / ahead;
        return tr("%1 ahead").arg(part < std::chrono::seconds(1) ? spanText(part) : leftText(part));
    }
    const QString left = leftText(*m_fill.next - m_now);
    const QFontMetrics metrics(smaller(font()));
    for (const QString &text : {tr("further on: in %1 →").arg(left), tr("in %1 →").arg(left)}) {
        if (metrics.horizontalAdvance(text) <= room)
            return text;
    }
    return QStringLiteral("→");
}

QString WindowStrip::textAt(int x) const
{
    if (nextX() && x > track().right() + 2) {
        const QString text = tr("The next request is admitted at %1, in %2.").arg(clockText(*m_fill.next), leftText(*m_fill.next - m_now));
        return nextIsBeyond() ? text + QLatin1Char(' ') + tr("That is further on than there is room for.") : text;
    }
    const Instant *nearest = nullptr;
    double distance = 5;
    for (const Instant &at : m_fill.admitted) {
        if (const double away = std::abs(xOf(at) - x); away < distance) {
            distance = away;
            nearest = &at;
        }
    }
    if (!nearest)
        return {};
    if (m_age)
        return tr("Admitted at %1, %2 s before this was read.").arg(clockText(*nearest), formatTenth(std::chrono::duration<double>(m_now - *nearest).count()));
    return tr("Admitted at %1, %2. It leaves the window in %3.")
        .arg(clockText(*nearest), agoText(m_now - *nearest), leftText(*nearest + m_fill.limit.window - m_now));
}

bool WindowStrip::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString text = textAt(help->pos().x());
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), plainToolTip(text), this);
    return true;
}

} // namespace rateguard
