// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/RateCurves.h"

#include "format/Numbers.h"

#include <algorithm>

namespace rateguard {

RateCurves::RateCurves(QChart *chart, const QFont &labels)
    : QObject(chart), m_chart(chart), m_time(new QValueAxis), m_rate(new QValueAxis), m_peak(new QLineSeries(this)), m_edge(new QLineSeries)
{
    addAxes(labels);
    const auto add = [this](QAbstractSeries *series) {
        m_chart->addSeries(series);
        series->attachAxis(m_time);
        series->attachAxis(m_rate);
    };
    for (std::size_t i = 0; i < m_tops.size(); ++i) {
        m_tops[i] = new QLineSeries(this);
        m_areas[i] = i > 0 ? new QAreaSeries(m_tops[i], m_tops[i - 1]) : new QAreaSeries(m_tops[i]);
        add(m_areas[i]);
        m_areas[i]->setPen(Qt::NoPen);
    }
    m_peaks = new QAreaSeries(m_peak, m_tops.back());
    add(m_peaks);
    m_peaks->setPen(Qt::NoPen);
    add(m_edge);
}

void RateCurves::addAxes(const QFont &labels)
{
    showScale();
    m_rate->setLabelsFont(labels);
    m_chart->setLocale(figureLocale()); // as formatCount
    m_chart->setLocalizeNumbers(true);
    m_time->setLabelsVisible(false); // Qt Charts leaves out those that stick out; and new ones cost a layout
    m_time->setTickCount(2); // the labels bring their own
    m_time->setGridLineVisible(false);
    m_chart->addAxis(m_time, Qt::AlignBottom);
    m_chart->addAxis(m_rate, Qt::AlignLeft);
}

void RateCurves::fitTime(const RateSeries &series)
{
    if (series.left() == m_left && series.right() == m_right)
        return;
    if (series.right() - series.left() != m_right - m_left || series.zoom)
        m_scale.fitAnew(); // other figures: no reason to wait
    m_left = series.left();
    m_right = series.right();
    m_time->setRange(m_left, m_right);
}

void RateCurves::showScale()
{
    m_rate->setRange(0, m_scale.top());
    m_rate->setTickCount(m_scale.intervals() + 1);
    m_rate->setLabelFormat(m_scale.hasFractions() ? QStringLiteral("%.1f") : QStringLiteral("%.0f"));
}

void RateCurves::draw(const RateSteps &steps, KindSet shown, const std::vector<double> &limits)
{
    const RateSeries &series = steps.series;
    fitTime(series);
    std::array<QList<QPointF>, 4> tops;
    QList<QPointF> peaks;
    const std::vector<RateSeries::Point> points = series.points();
    for (auto &top : tops)
        top.reserve(static_cast<qsizetype>(points.size()));
    double highest = 0;
    for (const auto &[place, i] : points) {
        const SecondCounts &slice = series.slices[i];
        double sum = 0;
        for (const TrafficKind kind : trafficKinds) {
            sum += shown.has(kind) ? rateOf(slice, kind, series.step) : 0;
            tops[static_cast<std::size_t>(kind)] << QPointF(place, sum);
        }
        if (steps.isMerged()) {
            sum = std::max(sum, steps.peaks[i]);
            peaks << QPointF(place, sum);
        }
        highest = std::max(highest, sum);
    }
    if (m_scale.fit(highest, limits, series.now))
        showScale();
    m_edge->replace(shown.has(TrafficKind::Allowed) ? tops[0] : QList<QPointF>());
    for (std::size_t i = 0; i < tops.size(); ++i) {
        m_areas[i]->setVisible(i == 0 || tops[i] != tops[i - 1]); // nothing of it: no need to fill a line
        m_tops[i]->replace(tops[i]);
    }
    m_peaks->setVisible(steps.isMerged());
    m_peak->replace(peaks);
}

void RateCurves::setColours(const RateColours &colours)
{
    for (const TrafficKind kind : trafficKinds)
        m_areas[static_cast<std::size_t>(kind)]->setBrush(brushOf(kind, colours));
    m_peaks->setBrush(peakColour(colours));
    m_edge->setPen(QPen(colours.allowed, 1.6));
    m_chart->setBackgroundBrush(colours.surface);
    for (QAbstractAxis *axis : std::initializer_list<QAbstractAxis *> {m_time, m_rate}) {
        axis->setLabelsColor(colours.muted);
        axis->setGridLineColor(colours.grid);
        axis->setLinePenColor(colours.grid);
    }
}

} // namespace rateguard
