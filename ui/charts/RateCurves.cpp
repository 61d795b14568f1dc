// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/RateCurves.h"

#include <QPainter>

namespace rateguard {
namespace {

// Diagonal lines on a ground. A texture, because Qt's own hatches leave holes.
QBrush hatch(const QColor &ground, const QColor &line)
{
    constexpr int size = 6;
    QPixmap tile(size, size);
    tile.fill(ground);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(line, 1.2));
    for (int x = -size; x <= size; x += size)
        painter.drawLine(QPointF(x - 1, size + 1), QPointF(x + size + 1, -1));
    return QBrush(tile);
}

QColor faint(QColor colour, int alpha)
{
    colour.setAlpha(alpha);
    return colour;
}

} // namespace

RateCurves::RateCurves(QChart *chart, const QFont &labels)
    : QObject(chart),
      m_chart(chart),
      m_time(new QCategoryAxis),
      m_rate(new QValueAxis),
      m_allowedTop(new QLineSeries(this)),
      m_shadowTop(new QLineSeries(this)),
      m_rejectedTop(new QLineSeries(this)),
      m_gapTop(new QLineSeries(this)),
      m_allowed(new QAreaSeries(m_allowedTop)),
      m_shadow(new QAreaSeries(m_shadowTop, m_allowedTop)),
      m_rejected(new QAreaSeries(m_rejectedTop, m_shadowTop)),
      m_gap(new QAreaSeries(m_gapTop)),
      m_edge(new QLineSeries),
      m_limit(new QLineSeries)
{
    addAxes(labels);
    for (QAbstractSeries *series :
         std::initializer_list<QAbstractSeries *> {m_allowed, m_shadow, m_rejected, m_edge, m_gap, m_limit}) {
        chart->addSeries(series);
        series->attachAxis(m_time);
        series->attachAxis(m_rate);
    }
    for (QAreaSeries *area : {m_allowed, m_shadow, m_rejected, m_gap})
        area->setPen(Qt::NoPen);
}

void RateCurves::addAxes(const QFont &labels)
{
    m_time->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    labelTime();
    m_rate->setRange(0, m_scale.top());
    m_rate->setTickCount(m_scale.intervals() + 1);
    m_rate->setLabelFormat(QStringLiteral("%d"));
    m_time->setLabelsFont(labels);
    m_rate->setLabelsFont(labels);
    m_time->setGridLineVisible(false);
    m_chart->addAxis(m_time, Qt::AlignBottom);
    m_chart->addAxis(m_rate, Qt::AlignLeft);
}

void RateCurves::labelTime()
{
    const QStringList labels = m_time->categoriesLabels();
    for (const QString &label : labels)
        m_time->remove(label);
    m_time->setStartValue(-m_span);
    const int step = m_span == 30 ? 10 : m_span / 4;
    for (int before = m_span; before > 0; before -= step)
        m_time->append(before == 120 ? tr("−2 min") : tr("−%1 s").arg(before), -before);
    m_time->append(tr("now"), 0);
    m_time->setRange(-m_span, 0);
}

void RateCurves::setSpan(int seconds)
{
    if (seconds == m_span)
        return;
    m_span = seconds;
    labelTime();
    setLimit(m_limitRate);
}

void RateCurves::fitScale(double peak)
{
    if (!m_scale.fit(peak))
        return;
    m_rate->setRange(0, m_scale.top());
    m_rate->setTickCount(m_scale.intervals() + 1);
    m_rate->setLabelFormat(m_scale.hasFractions() ? QStringLiteral("%.1f") : QStringLiteral("%d"));
}

void RateCurves::setSeries(const std::vector<SecondCounts> &series, Instant now)
{
    const std::int64_t current = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
    QList<QPointF> allowed;
    QList<QPointF> shadow;
    QList<QPointF> rejected;
    QList<QPointF> gap;
    double peak = m_limitRate.value_or(0);
    m_latest.reset();
    double before = -m_span; // x of the last second that we heard
    bool inGap = false;
    for (const SecondCounts &second : series) {
        const auto x = static_cast<double>(second.second - current + 1);
        if (x < -m_span || x > 0)
            continue;
        if (second.gap) {
            if (!inGap)
                gap << QPointF(before, 0) << QPointF(before, 1);
            inGap = true;
            continue;
        }
        if (inGap)
            gap << QPointF(x, 1) << QPointF(x, 0);
        inGap = false;
        before = x;
        m_latest = second;
        const double a = second.allowed;
        const double b = a + second.wouldReject;
        const double c = b + second.rejected;
        peak = std::max(peak, c);
        allowed << QPointF(x, a);
        shadow << QPointF(x, b);
        rejected << QPointF(x, c);
    }
    if (inGap)
        gap << QPointF(0, 1) << QPointF(0, 0);
    fitScale(peak);
    for (QPointF &point : gap)
        point.setY(point.y() * m_scale.top());

    m_edge->replace(allowed);
    m_allowedTop->replace(allowed);
    m_shadowTop->replace(shadow);
    m_rejectedTop->replace(rejected);
    m_gapTop->replace(gap);
    m_hasShadow = !shadow.isEmpty() && shadow != allowed;
}

void RateCurves::setLimit(std::optional<double> perSecond)
{
    m_limitRate = perSecond;
    m_limit->replace(perSecond ? QList<QPointF> {{-static_cast<double>(m_span), *perSecond}, {0, *perSecond}} : QList<QPointF>());
}

void RateCurves::setColours(const RateColours &colours)
{
    m_allowed->setBrush(allowedBrush(colours));
    m_shadow->setBrush(shadowBrush(colours));
    m_rejected->setBrush(rejectedBrush(colours));
    m_gap->setBrush(hatch(colours.surface, colours.grid));
    m_edge->setPen(QPen(colours.allowed, 1.6));
    m_limit->setPen(QPen(colours.limit, 1, Qt::DashLine));
    m_chart->setBackgroundBrush(colours.surface);
    for (QAbstractAxis *axis : std::initializer_list<QAbstractAxis *> {m_time, m_rate}) {
        axis->setLabelsColor(colours.muted);
        axis->setGridLineColor(colours.grid);
        axis->setLinePenColor(colours.grid);
    }
}

QBrush RateCurves::allowedBrush(const RateColours &colours)
{
    return faint(colours.allowed, 70);
}

QBrush RateCurves::shadowBrush(const RateColours &colours)
{
    return hatch(faint(colours.shadow, 150), colours.shadow);
}

QBrush RateCurves::rejectedBrush(const RateColours &colours)
{
    return hatch(colours.rejected, faint(colours.surface, 150));
}

} // namespace rateguard
