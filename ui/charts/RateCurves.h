// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "charts/NiceScale.h"
#include "charts/RateSteps.h"

#include <QAreaSeries>
#include <QChart>
#include <QLineSeries>
#include <QValueAxis>

namespace rateguard {

// The curves and axes of a rate chart, at most 600 points each; the times below are PlotMarks'. Belongs to its chart, as every
// series and axis does.
class RateCurves : public QObject
{
    Q_OBJECT

public:
    RateCurves(QChart *chart, const QFont &labels);

    void draw(const RateSteps &steps, KindSet shown, const std::vector<double> &limits); // per second, that hold in this time
    void fitAnew() { m_scale.fitAnew(); } // what is drawn next is of something else
    void setColours(const RateColours &colours);

    const NiceScale &scale() const { return m_scale; }

private:
    void addAxes(const QFont &labels);
    void fitTime(const RateSeries &series);
    void showScale();

    QChart *m_chart;
    QValueAxis *m_time;
    QValueAxis *m_rate;
    std::array<QLineSeries *, 4> m_tops; // by kind
    std::array<QAreaSeries *, 4> m_areas;
    QLineSeries *m_peak; // of the busiest slices in each step
    QAreaSeries *m_peaks; // from the top of the stack up to them
    QLineSeries *m_edge; // of allowed
    NiceScale m_scale;
    double m_left = 0;
    double m_right = 0;
};

} // namespace rateguard
