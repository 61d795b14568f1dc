// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/RateCurves.h"

#include "format/Numbers.h"

#include <algorithm>

namespace rateguard {

RateCurves::RateCurves(QChart *chart, const QFont &labels)
    : QObject(chart), m_chart(chart), m_time(new QCategoryAxis), m_rate(new QValueAxis), m_edge(new QLineSeries), m_limit(new QLineSeries)
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
    add(m_edge);
    add(m_limit);
}

void RateCurves::addAxes(const QFont &labels)
{
    m_time->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    m_rate->setRange(0, m_scale.top());
    m_rate->setTickCount(m_scale.intervals() + 1);
    m_rate->setLabelFormat(QStringLiteral("%.0f"));
    m_time->setLabelsFont(labels);
    m_rate->setLabelsFont(labels);
    m_chart->setLocale(figureLocale()); // as formatCount
    m_chart->setLocalizeNumbers(true);
    m_time->setGridLineVisible(false);
    m_chart->addAxis(m_time, Qt::AlignBottom);
    m_chart->addAxis(m_rate, Qt::AlignLeft);
}

// New labels cost a layout of the whole chart, so they change only when they read differently.
void RateCurves::labelTime(const RateSeries &series)
{
    std::vector<TimeLabel> labels = timeLabels(series, static_cast<int>(m_chart->size().width()) - 80);
    const bool moved = series.left() != m_left || series.right() != m_right;
    if (labels == m_labels && !moved)
        return;
    const bool isOther = moved && (series.right() - series.left() != m_right - m_left || series.zoom.has_value());
    m_labels = std::move(labels);
    m_left = series.left();
    m_right = series.right();
    const QStringList before = m_time->categoriesLabels();
    for (const QString &label : before)
        m_time->remove(label);
    m_time->setStartValue(m_left);
    for (const TimeLabel &label : m_labels)
        m_time->append(label.text, label.place);
    m_time->setRange(m_left, m_right);
    setLimit(m_limitRate);
    if (isOther)
        m_scale = NiceScale(); // other figures: no reason to wait
}

void RateCurves::fitScale(double peak)
{
    m_scale.fit(peak);
    if (m_rate->max() == m_scale.top())
        return;
    m_rate->setRange(0, m_scale.top());
    m_rate->setTickCount(m_scale.intervals() + 1);
    m_rate->setLabelFormat(m_scale.hasFractions() ? QStringLiteral("%.1f") : QStringLiteral("%.0f"));
}

void RateCurves::draw(const RateSeries &series, KindSet shown)
{
    labelTime(series);
    std::array<QList<QPointF>, 4> tops;
    for (auto &top : tops)
        top.reserve(static_cast<qsizetype>(series.slices.size()));
    double peak = m_limitRate.value_or(0);
    const auto margin = static_cast<double>(series.step.count());
    for (const SecondCounts &slice : series.slices) {
        const double place = series.placeOf(slice);
        if (slice.gap || place < m_left - margin || place > m_right + margin)
            continue;
        double sum = 0;
        for (const TrafficKind kind : trafficKinds) {
            sum += shown.has(kind) ? rateOf(slice, kind, series.step) : 0;
            tops[static_cast<std::size_t>(kind)] << QPointF(place, sum);
        }
        peak = series.shows(slice) ? std::max(peak, sum) : peak;
    }
    fitScale(peak);
    m_edge->replace(shown.has(TrafficKind::Allowed) ? tops[0] : QList<QPointF>());
    for (std::size_t i = 0; i < tops.size(); ++i) {
        m_areas[i]->setVisible(i == 0 || tops[i] != tops[i - 1]); // nothing of it: no need to fill a line
        m_tops[i]->replace(tops[i]);
    }
}

void RateCurves::setLimit(std::optional<double> perSecond)
{
    m_limitRate = perSecond;
    m_limit->replace(perSecond ? QList<QPointF> {{m_left, *perSecond}, {m_right, *perSecond}} : QList<QPointF>());
}

void RateCurves::setColours(const RateColours &colours)
{
    for (const TrafficKind kind : trafficKinds)
        m_areas[static_cast<std::size_t>(kind)]->setBrush(brushOf(kind, colours));
    m_edge->setPen(QPen(colours.allowed, 1.6));
    m_limit->setPen(QPen(colours.limit, 1, Qt::DashLine));
    m_chart->setBackgroundBrush(colours.surface);
    for (QAbstractAxis *axis : std::initializer_list<QAbstractAxis *> {m_time, m_rate}) {
        axis->setLabelsColor(colours.muted);
        axis->setGridLineColor(colours.grid);
        axis->setLinePenColor(colours.grid);
    }
}

} // namespace rateguard
