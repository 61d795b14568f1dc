// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/PlotMarks.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace rateguard {
namespace {

QColor withAlpha(QColor colour, int alpha)
{
    colour.setAlpha(alpha);
    return colour;
}

} // namespace

double PlotMarks::pixelOf(double place) const
{
    const double length = m_series.right() - m_series.left();
    return m_plot.left() + (place - m_series.left()) / length * m_plot.width();
}

double PlotMarks::placeAt(double pixel) const
{
    const double share = m_plot.width() > 0 ? (pixel - m_plot.left()) / m_plot.width() : 0;
    return m_series.left() + std::clamp(share, 0.0, 1.0) * (m_series.right() - m_series.left());
}

QRectF PlotMarks::boxOf(const RateSeries::Stretch &stretch) const
{
    return QRectF(QPointF(pixelOf(stretch.from), m_plot.top()), QPointF(pixelOf(stretch.to), m_plot.bottom()));
}

void PlotMarks::paintGaps(QPainter &painter) const
{
    const QBrush hatch = gapBrush(m_colours);
    const QFontMetricsF metrics(m_font);
    painter.setFont(m_font);
    for (const RateSeries::Stretch &gap : m_series.gaps()) {
        const QRectF box = boxOf(gap);
        painter.fillRect(box, hatch);
        painter.setPen(m_colours.grid);
        painter.drawLine(box.topLeft(), box.bottomLeft());
        painter.drawLine(box.topRight(), box.bottomRight());
        const QString reason = explain(gap.cause);
        const QSizeF size(metrics.horizontalAdvance(reason) + 10, metrics.height() + 4);
        const bool upright = size.width() > box.width(); // turned, it may still fit
        if (upright ? size.height() > box.width() || size.width() > box.height() : size.height() > box.height())
            continue;
        painter.save();
        painter.translate(box.center());
        painter.rotate(upright ? -90 : 0);
        const QRectF label(QPointF(-size.width() / 2, -size.height() / 2), size);
        painter.fillRect(label, m_colours.surface);
        painter.setPen(m_colours.muted);
        painter.drawText(label, Qt::AlignCenter, reason);
        painter.restore();
    }
}

void PlotMarks::paintAverages(QPainter &painter) const
{
    const QFontMetricsF metrics(m_font);
    painter.setFont(m_font);
    for (const RateSeries::Stretch &stretch : m_series.averages()) {
        const QRectF box = boxOf(stretch);
        painter.fillRect(box, withAlpha(m_colours.surface, 135));
        if (stretch.to < m_series.right()) {
            painter.setPen(QPen(m_colours.muted, 1, Qt::DotLine));
            painter.drawLine(box.topRight(), box.bottomRight());
        }
        const QString what = QCoreApplication::translate("rateguard::PlotMarks", "averages by minute");
        if (metrics.horizontalAdvance(what) + 12 > box.width())
            continue;
        painter.setPen(m_colours.muted);
        painter.drawText(box.adjusted(6, 2 + metrics.height(), -6, 0), Qt::AlignRight | Qt::AlignTop, what);
    }
}

std::vector<FlagSign> PlotMarks::signsOf(const std::vector<ChartFlag> &flags) const
{
    std::vector<ChartFlag> sorted;
    std::copy_if(flags.begin(), flags.end(), std::back_inserter(sorted), [this](const ChartFlag &it) {
        return m_series.placeOf(it.at) >= m_series.left() && m_series.placeOf(it.at) <= m_series.right();
    });
    std::sort(sorted.begin(), sorted.end(), [](const ChartFlag &a, const ChartFlag &b) { return a.at < b.at; });
    const QFontMetricsF metrics(m_font);
    std::vector<FlagSign> signs;
    for (const ChartFlag &flag : sorted) {
        FlagSign sign {QRectF(pixelOf(m_series.placeOf(flag.at)), m_plot.top(), metrics.horizontalAdvance(flag.label) + 8, metrics.height()),
                       flag.label, flag.toolTip, flag.longLabel};
        const auto stayInside = [this](QRectF &box) {
            if (box.right() > m_plot.right())
                box.moveRight(m_plot.right());
        };
        stayInside(sign.box);
        if (!signs.empty() && sign.box.left() < signs.back().box.right() + 2) {
            FlagSign &shared = signs.back();
            shared.text = QCoreApplication::translate("rateguard::PlotMarks", "%1 edits").arg(++shared.flags);
            shared.toolTip += QStringLiteral("\n\n") + flag.toolTip;
            shared.box.setWidth(metrics.horizontalAdvance(shared.text) + 8);
            stayInside(shared.box);
        } else {
            signs.push_back(sign);
        }
    }
    for (std::size_t i = 0; i < signs.size(); ++i) {
        FlagSign &sign = signs[i];
        const double end = i + 1 < signs.size() ? signs[i + 1].box.left() - 2 : m_plot.right();
        const double wide = metrics.horizontalAdvance(sign.longLabel) + 8;
        if (sign.flags == 1 && !sign.longLabel.isEmpty() && sign.box.left() + wide <= end) {
            sign.text = sign.longLabel;
            sign.box.setWidth(wide);
        }
    }
    return signs;
}

std::vector<QRectF> PlotMarks::boxesOf(const std::vector<TimeLabel> &labels, double width) const
{
    const QFontMetricsF metrics(m_font);
    std::vector<QRectF> boxes;
    for (const TimeLabel &label : labels) {
        const double wide = metrics.horizontalAdvance(label.text);
        const double left = std::clamp(pixelOf(label.place) - wide / 2, 4.0, std::max(width - wide - 4, 4.0)); // not on the frame of the focus
        boxes.emplace_back(left, m_plot.bottom() + 5, wide, metrics.height());
    }
    return boxes;
}

void PlotMarks::paintTimes(QPainter &painter, const std::vector<TimeLabel> &labels, double width) const
{
    painter.setFont(m_font);
    const std::vector<QRectF> boxes = boxesOf(labels, width);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const double x = std::floor(pixelOf(labels[i].place)) + 0.5;
        painter.setPen(m_colours.grid);
        painter.drawLine(QPointF(x, m_plot.bottom()), QPointF(x, m_plot.bottom() + 4));
        painter.setPen(m_colours.muted);
        painter.drawText(boxes[i].adjusted(-1, 0, 1, 0), Qt::AlignCenter, labels[i].text);
    }
}

void PlotMarks::paintFlags(QPainter &painter, const std::vector<ChartFlag> &flags) const
{
    painter.setFont(m_font);
    for (const ChartFlag &flag : flags) {
        const double x = std::round(pixelOf(m_series.placeOf(flag.at))) + 0.5;
        painter.setPen(QPen(m_colours.muted, 1, Qt::DotLine));
        if (x >= m_plot.left() && x <= m_plot.right())
            painter.drawLine(QPointF(x, m_plot.top()), QPointF(x, m_plot.bottom()));
    }
    for (const FlagSign &sign : signsOf(flags)) {
        painter.fillRect(sign.box, m_colours.muted);
        painter.setPen(m_colours.surface);
        painter.drawText(sign.box, Qt::AlignCenter, sign.text);
    }
}

void PlotMarks::paintBand(QPainter &painter, double from, double to) const
{
    const QRectF band = QRectF(QPointF(from, m_plot.top()), QPointF(to, m_plot.bottom())).normalized() & m_plot;
    painter.fillRect(band, withAlpha(m_colours.allowed, 40));
    painter.setPen(m_colours.allowed);
    painter.drawLine(band.topLeft(), band.bottomLeft());
    painter.drawLine(band.topRight(), band.bottomRight());
}

void PlotMarks::paintCursor(QPainter &painter, double place, const QStringList &lines, const std::vector<QColor> &inks) const
{
    const double x = std::round(pixelOf(place)) + 0.5;
    painter.setPen(QPen(m_colours.text, 1));
    painter.drawLine(QPointF(x, m_plot.top()), QPointF(x, m_plot.bottom()));
    painter.setFont(m_font);
    const QFontMetricsF metrics(m_font);
    double width = 0;
    for (const QString &line : lines)
        width = std::max(width, metrics.horizontalAdvance(line));
    QRectF box(0, m_plot.top() + 4 + metrics.height(), width + 26, metrics.height() * static_cast<double>(lines.size()) + 8);
    box.moveLeft(x + 8);
    if (box.right() > m_plot.right())
        box.moveRight(x - 8);
    if (box.left() < m_plot.left())
        box.moveLeft(m_plot.left());
    box.moveBottom(std::min(box.bottom(), m_plot.bottom())); // rather over the flags than out of the picture
    painter.fillRect(box, withAlpha(m_colours.surface, 235));
    painter.setPen(m_colours.grid);
    painter.drawRect(box);
    QRectF row(box.left() + 20, box.top() + 4, width, metrics.height());
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QColor ink = static_cast<std::size_t>(i) < inks.size() ? inks[static_cast<std::size_t>(i)] : QColor();
        if (ink.isValid())
            painter.fillRect(QRectF(box.left() + 7, row.center().y() - 4, 8, 8), ink);
        painter.setPen(m_colours.text);
        painter.drawText(ink.isValid() || i > 0 ? row : row.translated(-13, 0), Qt::AlignLeft | Qt::AlignVCenter, lines[i]);
        row.translate(0, metrics.height());
    }
}

} // namespace rateguard
