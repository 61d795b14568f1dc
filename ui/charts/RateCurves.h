// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "charts/NiceScale.h"
#include "charts/RateColours.h"
#include "engine/Snapshot.h"

#include <QAreaSeries>
#include <QCategoryAxis>
#include <QChart>
#include <QLineSeries>
#include <QValueAxis>

#include <optional>

namespace rateguard {

// The curves and axes of a rate chart. Belongs to its chart, as every series and axis does.
class RateCurves : public QObject
{
    Q_OBJECT

public:
    RateCurves(QChart *chart, const QFont &labels);

    void setSeries(const std::vector<SecondCounts> &series, Instant now);
    void setLimit(std::optional<double> perSecond);
    void setSpan(int seconds); // of the time axis; requires a multiple of 30
    void setColours(const RateColours &colours);

    const std::optional<SecondCounts> &latest() const { return m_latest; } // second that was heard
    bool hasShadow() const { return m_hasShadow; }
    std::optional<double> limit() const { return m_limitRate; }

    // How each kind is painted, for the legend.
    static QBrush allowedBrush(const RateColours &colours);
    static QBrush shadowBrush(const RateColours &colours);
    static QBrush rejectedBrush(const RateColours &colours);

private:
    void addAxes(const QFont &labels);
    void labelTime();
    void fitScale(double peak);

    QChart *m_chart;
    QCategoryAxis *m_time;
    QValueAxis *m_rate;
    QLineSeries *m_allowedTop;
    QLineSeries *m_shadowTop;
    QLineSeries *m_rejectedTop;
    QLineSeries *m_gapTop;
    QAreaSeries *m_allowed;
    QAreaSeries *m_shadow;
    QAreaSeries *m_rejected;
    QAreaSeries *m_gap;
    QLineSeries *m_edge; // of allowed
    QLineSeries *m_limit;
    NiceScale m_scale;
    std::optional<double> m_limitRate;
    std::optional<SecondCounts> m_latest;
    bool m_hasShadow = false;
    int m_span = 120;
};

} // namespace rateguard
