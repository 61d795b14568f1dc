// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "charts/NiceScale.h"
#include "charts/RateSeries.h"
#include "charts/TimeLabels.h"
#include "charts/TrafficKind.h"

#include <QAreaSeries>
#include <QCategoryAxis>
#include <QChart>
#include <QLineSeries>
#include <QValueAxis>

namespace rateguard {

// The curves and axes of a rate chart, at most 600 points each. Belongs to its chart, as every series and axis does.
class RateCurves : public QObject
{
    Q_OBJECT

public:
    RateCurves(QChart *chart, const QFont &labels);

    void draw(const RateSeries &series, KindSet shown);
    void setLimit(std::optional<double> perSecond);
    void setColours(const RateColours &colours);

    std::optional<double> limit() const { return m_limitRate; }
    const NiceScale &scale() const { return m_scale; }
    const std::vector<TimeLabel> &labels() const { return m_labels; }

private:
    void addAxes(const QFont &labels);
    void labelTime(const RateSeries &series);
    void fitScale(double peak);

    QChart *m_chart;
    QCategoryAxis *m_time;
    QValueAxis *m_rate;
    std::array<QLineSeries *, 4> m_tops; // by kind
    std::array<QAreaSeries *, 4> m_areas;
    QLineSeries *m_edge; // of allowed
    QLineSeries *m_limit;
    NiceScale m_scale;
    std::vector<TimeLabel> m_labels;
    std::optional<double> m_limitRate;
    double m_left = 0;
    double m_right = 0;
};

} // namespace rateguard
