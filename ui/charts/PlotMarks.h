// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "charts/ChartFlag.h"
#include "charts/RateSeries.h"
#include "charts/TimeLabels.h"
#include "charts/TrafficKind.h"

#include <QFont>
#include <QRectF>

class QPainter;

namespace rateguard {

// Flags that stand so close together that they share a sign.
struct FlagSign
{
    QRectF box;
    QString text; // of one: its long label where that leaves the next one its place
    QString toolTip;
    QString longLabel {};
    int flags = 1;
};

// What is drawn over the curves: gaps with their reason, what is known by the minute only, flags, the crosshair; and the times below
// them. The limit is LimitMarks'. Paints into the plot area; costs what is on it.
class PlotMarks
{
public:
    PlotMarks(const RateSeries &series, const QRectF &plot, const RateColours &colours, const QFont &font)
        : m_series(series), m_plot(plot), m_colours(colours), m_font(font)
    {
    }

    const RateSeries &series() const { return m_series; }
    const QRectF &plot() const { return m_plot; }
    const RateColours &colours() const { return m_colours; }
    const QFont &font() const { return m_font; }

    double pixelOf(double place) const;
    double placeAt(double pixel) const;
    QRectF boxOf(const RateSeries::Stretch &stretch) const;
    std::vector<FlagSign> signsOf(const std::vector<ChartFlag> &flags) const;
    std::vector<QRectF> boxesOf(const std::vector<TimeLabel> &labels, double width) const; // none sticks out of `width`

    void paintGaps(QPainter &painter) const;
    void paintAverages(QPainter &painter) const;
    void paintTimes(QPainter &painter, const std::vector<TimeLabel> &labels, double width) const;
    void paintFlags(QPainter &painter, const std::vector<ChartFlag> &flags) const;
    void paintBand(QPainter &painter, double from, double to) const; // pixels; what is about to be zoomed into
    // A line at the place, and beside it what is known of it, a line each; the first is the title.
    void paintCursor(QPainter &painter, double place, const QStringList &lines, const std::vector<QColor> &inks) const;

private:
    const RateSeries &m_series;
    QRectF m_plot;
    const RateColours &m_colours;
    QFont m_font;
};

} // namespace rateguard
