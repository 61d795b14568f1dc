// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/LegendEntry.h"

#include <QFontMetrics>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace rateguard {
namespace {

constexpr int swatchSize = 11;
constexpr int space = 5;

} // namespace

LegendEntry::LegendEntry(const QString &name, QWidget *parent) : QAbstractButton(parent)
{
    setText(name);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    describe();
}

QFont LegendEntry::nameFont(const QFont &base)
{
    QFont font = base;
    font.setPointSizeF(font.pointSizeF() * 0.9);
    return font;
}

QFont LegendEntry::figureFont(const QFont &base)
{
    QFont font = nameFont(base);
    font.setBold(true);
    return font;
}

void LegendEntry::setSwatch(const QBrush &brush, const QColor &edge)
{
    m_brush = brush;
    m_edge = edge;
    update();
}

void LegendEntry::setDashed(const QColor &line)
{
    m_dashed = true;
    m_edge = line;
    update();
}

bool LegendEntry::setFigures(const QStringList &figures)
{
    if (m_figures == figures)
        return false;
    m_figures = figures;
    describe();
    update();
    const int wide = QFontMetrics(figureFont(font())).horizontalAdvance(figures.value(0));
    const bool grown = wide > m_widest;
    m_widest = std::max(m_widest, wide);
    return grown;
}

void LegendEntry::setTerse(bool terse)
{
    m_terse = terse;
    update();
}

QString LegendEntry::figure(qsizetype index) const
{
    if (m_taken)
        return tr("hidden");
    const QString number = m_figures.value(index);
    return number.isEmpty() || m_terse || number == QStringLiteral("–") ? number : tr("%1/s").arg(number);
}

int LegendEntry::figureWidth() const
{
    const QFontMetrics metrics(figureFont(font()));
    return m_taken ? metrics.horizontalAdvance(tr("hidden")) : m_widest + (m_terse ? 0 : metrics.horizontalAdvance(tr("%1/s").arg(QString())));
}

void LegendEntry::setColumns(Columns columns)
{
    if (m_columns.name == columns.name && m_columns.figure == columns.figure)
        return;
    m_columns = columns;
    update();
}

void LegendEntry::setTaken(bool taken)
{
    if (m_taken == taken)
        return;
    m_taken = taken;
    describe();
    update();
}

QString LegendEntry::shownText() const
{
    const QString number = m_figures.value(0);
    const bool isNumber = !number.isEmpty() && number != QStringLiteral("–");
    return tr("%1 %2").arg(text(), m_taken ? tr("hidden") : isNumber ? tr("%1/s").arg(number) : number).trimmed();
}

void LegendEntry::describe()
{
    if (accessibleName() != shownText())
        setAccessibleName(shownText());
}

int LegendEntry::nameWidth() const
{
    return swatchSize + space + QFontMetrics(nameFont(font())).horizontalAdvance(text());
}

QSize LegendEntry::sizeHint() const
{
    const int height = QFontMetrics(figureFont(font())).height() + 2;
    if (m_columns.figure > 0)
        return {m_columns.name + 4 * m_columns.figure, height};
    return {nameWidth() + space + figureWidth(), height};
}

void LegendEntry::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && event->modifiers() & Qt::ControlModifier && rect().contains(event->pos())) {
        setDown(false);
        return emit aloneWanted();
    }
    QAbstractButton::mouseReleaseEvent(event);
}

void LegendEntry::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (m_taken)
        painter.setOpacity(0.6);
    const QRect box(0, (height() - swatchSize) / 2, swatchSize, swatchSize);
    if (m_dashed) {
        painter.setPen(QPen(m_edge, 1, Qt::DashLine));
        painter.drawLine(box.left(), box.center().y(), box.right() + 1, box.center().y());
    } else if (m_taken) {
        painter.setPen(m_edge);
        painter.drawRect(box.adjusted(0, 0, -1, -1));
    } else {
        painter.fillRect(box, m_brush);
        painter.fillRect(QRect(box.left(), box.top(), box.width(), 2), m_edge);
    }
    QFont name = nameFont(font());
    name.setStrikeOut(m_taken);
    painter.setFont(name);
    painter.setPen(palette().color(QPalette::WindowText));
    const int nameLeft = swatchSize + space;
    painter.drawText(QRect(nameLeft, 0, nameWidth() - nameLeft + 2, height()), Qt::AlignLeft | Qt::AlignVCenter, text());
    painter.setFont(figureFont(font()));
    if (m_columns.figure > 0 && m_taken) { // the word has all the room, as there are no figures
        const int wide = std::max(m_columns.figure, figureWidth() + 2 * space);
        painter.drawText(QRect(m_columns.name, 0, wide, height()), Qt::AlignRight | Qt::AlignVCenter, figure(0));
    } else if (m_columns.figure > 0) {
        for (int i = 0; i < 4; ++i) {
            painter.drawText(QRect(m_columns.name + i * m_columns.figure, 0, m_columns.figure, height()), Qt::AlignRight | Qt::AlignVCenter, figure(i));
            painter.setFont(nameFont(font()));
        }
    } else {
        painter.drawText(QRect(nameWidth() + space, 0, figureWidth() + 2, height()), Qt::AlignLeft | Qt::AlignVCenter, figure(0));
    }
    if (hasFocus()) {
        painter.setOpacity(1);
        painter.setPen(palette().color(QPalette::Highlight));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

} // namespace rateguard
