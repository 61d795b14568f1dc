// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/ChartSvg.h"

#include "charts/LimitMarks.h"
#include "charts/SliceWords.h"
#include "charts/SvgPen.h"
#include "format/Numbers.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QRectF>

#include <algorithm>

namespace rateguard {
namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("rateguard::ChartSvg", text);
}

// Writes one chart into a group of its own; names of patterns carry the chart's number.
class Sheet
{
public:
    Sheet(SvgPen &pen, const ChartSheet &sheet, int index)
        : m_pen(pen), m_sheet(sheet), m_index(index), m_plot(QRectF(QPointF(0, 0), QSizeF(sheet.size)).adjusted(64, 52, -20, -28)), m_metrics(sheet.font), m_marks(sheet.series, m_plot, sheet.colours, sheet.font)
    {
    }

    void write()
    {
        patterns();
        m_pen.rect(QRectF(QPointF(0, 0), QSizeF(m_sheet.size)), m_sheet.colours.surface.name());
        m_pen.text({12, 20}, m_sheet.title, m_sheet.colours.text, "start", true);
        legend();
        axes();
        curves();
        overlays();
    }

private:
    QString patternName(const char *name) const { return QStringLiteral("%1%2").arg(QLatin1String(name)).arg(m_index); }
    QString fill(const char *name) const { return QStringLiteral("url(#%1)").arg(patternName(name)); }
    QString fillOf(TrafficKind kind) const
    {
        switch (kind) {
        case TrafficKind::Allowed: return fill("allowed");
        case TrafficKind::Unchecked: return fill("unchecked");
        case TrafficKind::Shadow: return fill("shadow");
        case TrafficKind::Rejected: break;
        }
        return fill("rejected");
    }

    void pattern(const char *name, const QColor &ground, double opacity, const QColor &ink, bool dots)
    {
        m_pen.begin("pattern", {{"id", patternName(name)}, {"width", "6"}, {"height", "6"}, {"patternUnits", "userSpaceOnUse"}});
        m_pen.rect({0, 0, 6, 6}, ground.name(), opacity);
        if (ink.isValid() && dots) {
            for (const char *at : {"1.5", "4.5"})
                m_pen.element("circle", {{"cx", at}, {"cy", at}, {"r", "1.1"}, {"fill", ink.name()}});
        } else if (ink.isValid()) {
            m_pen.element("path", {{"d", "M-1,1 L1,-1 M0,6 L6,0 M5,7 L7,5"}, {"stroke", ink.name()}, {"stroke-width", "1.2"}, {"fill", "none"}});
        }
        m_pen.end();
    }

    void patterns()
    {
        const RateColours &c = m_sheet.colours;
        m_pen.begin("defs", {});
        pattern("allowed", c.allowed, 0.27, {}, false);
        pattern("unchecked", c.unchecked, 0.35, c.unchecked, true);
        pattern("shadow", c.shadow, 0.6, c.shadow, false);
        pattern("rejected", c.rejected, 1, c.surface, false);
        pattern("gap", c.surface, 1, c.grid, false);
        pattern("peak", c.muted, 0.24, {}, false);
        m_pen.begin("clipPath", {{"id", patternName("plot")}});
        m_pen.rect(m_plot.adjusted(-1, -1, 1, 1), c.surface.name());
        m_pen.end();
        m_pen.end();
    }

    double x(double place) const
    {
        const double length = m_sheet.series.right() - m_sheet.series.left();
        return m_plot.left() + (place - m_sheet.series.left()) / length * m_plot.width();
    }
    double y(double rate) const { return m_plot.bottom() - rate / m_sheet.scale.top() * m_plot.height(); }

    void legend()
    {
        double at = 12;
        const auto entry = [&](const QString &paint, const QColor &edge, const QString &words) {
            if (!paint.isEmpty())
                m_pen.rect({at, 30, 11, 11}, paint);
            m_pen.line({at, 30 + (paint.isEmpty() ? 5.5 : 0)}, {at + 11, 30 + (paint.isEmpty() ? 5.5 : 0)}, edge, paint.isEmpty() ? "4 3" : "none");
            m_pen.text({at + 16, 40}, words, m_sheet.colours.text, "start");
            at += 16 + m_metrics.horizontalAdvance(words) + 16;
        };
        if (const auto last = LimitMarks(m_marks, m_sheet.limit).latest()) {
            const auto rate = last->perSecond();
            entry({}, m_sheet.colours.limit, rate ? words(QT_TRANSLATE_NOOP("rateguard::ChartSvg", "Limit %1/s")).arg(formatRate(*rate))
                                                  : words(QT_TRANSLATE_NOOP("rateguard::ChartSvg", "Limit –")));
        }
        for (const TrafficKind kind : trafficKinds) {
            const auto figures = figuresOf(m_sheet.series, kind);
            const bool rare = kind == TrafficKind::Unchecked || kind == TrafficKind::Shadow;
            if (!m_sheet.shown.has(kind))
                entry(m_sheet.colours.surface.name(), colourOf(kind, m_sheet.colours), words(QT_TRANSLATE_NOOP("rateguard::ChartSvg", "%1 hidden")).arg(nameOf(kind)));
            else if (figures && (!rare || figures->most > 0))
                entry(fillOf(kind), colourOf(kind, m_sheet.colours),
                      words(QT_TRANSLATE_NOOP("rateguard::ChartSvg", "%1 %2/s")).arg(nameOf(kind), formatRate(figures->last)));
        }
        if (m_sheet.steps.isMerged())
            entry(fill("peak"), m_sheet.colours.muted, words(QT_TRANSLATE_NOOP("rateguard::ChartSvg", "Peak of %1, means of %2")).arg(spanName(m_sheet.steps.finest), spanName(m_sheet.steps.series.step)));
    }

    void axes()
    {
        const RateColours &c = m_sheet.colours;
        for (int i = 0; i <= m_sheet.scale.intervals(); ++i) {
            const double rate = m_sheet.scale.top() * i / m_sheet.scale.intervals();
            m_pen.line({m_plot.left(), y(rate)}, {m_plot.right(), y(rate)}, c.grid);
            m_pen.text({m_plot.left() - 6, y(rate) + 4}, m_sheet.scale.hasFractions() ? formatTenth(rate) : formatCount(static_cast<std::uint64_t>(rate)), c.muted, "end");
        }
        const std::vector<QRectF> boxes = m_marks.boxesOf(m_sheet.labels, m_sheet.size.width());
        for (std::size_t i = 0; i < boxes.size(); ++i)
            m_pen.text({boxes[i].center().x(), m_plot.bottom() + 18}, m_sheet.labels[i].text, c.muted, "middle");
        m_pen.line(m_plot.bottomLeft(), m_plot.topLeft(), c.grid);
    }

    void curves()
    {
        const RateSteps &steps = m_sheet.steps;
        const std::vector<RateSeries::Point> points = steps.series.points();
        std::vector<double> floor(points.size(), 0);
        for (const TrafficKind kind : trafficKinds) {
            if (!m_sheet.shown.has(kind) || points.empty())
                continue;
            QString top;
            QString bottom;
            bool any = false;
            for (std::size_t i = 0; i < points.size(); ++i) {
                const QString place = SvgPen::number(x(points[i].place));
                const double rate = rateOf(steps.series.slices[points[i].index], kind, steps.series.step);
                any = any || rate > 0;
                bottom.prepend(QStringLiteral(" L%1,%2").arg(place, SvgPen::number(y(floor[i]))));
                floor[i] += rate;
                top += QStringLiteral("%1%2,%3").arg(top.isEmpty() ? QStringLiteral("M") : QStringLiteral(" L"), place, SvgPen::number(y(floor[i])));
            }
            if (!any)
                continue;
            m_pen.element("path", {{"class", nameOf(kind)}, {"d", top + bottom + QStringLiteral(" Z")}, {"fill", fillOf(kind)}, {"clip-path", fill("plot")}});
            if (kind == TrafficKind::Allowed)
                m_pen.element("path", {{"d", top}, {"fill", "none"}, {"stroke", m_sheet.colours.allowed.name()}, {"stroke-width", "1.6"}, {"clip-path", fill("plot")}});
        }
        if (steps.isMerged() && !points.empty()) {
            QString top;
            QString bottom;
            for (std::size_t i = 0; i < points.size(); ++i) {
                const QString place = SvgPen::number(x(points[i].place));
                bottom.prepend(QStringLiteral(" L%1,%2").arg(place, SvgPen::number(y(floor[i]))));
                top += QStringLiteral("%1%2,%3").arg(top.isEmpty() ? QStringLiteral("M") : QStringLiteral(" L"), place, SvgPen::number(y(std::max(floor[i], steps.peaks[points[i].index]))));
            }
            m_pen.element("path", {{"class", "peak"}, {"d", top + bottom + QStringLiteral(" Z")}, {"fill", fill("peak")}, {"clip-path", fill("plot")}});
        }
    }

    void limit()
    {
        const LimitMarks marks(m_marks, m_sheet.limit);
        for (const LimitMarks::Line &line : marks.lines(m_sheet.scale.top())) {
            QString points;
            for (const QPointF &point : line.points)
                points += SvgPen::number(point.x()) + QLatin1Char(',') + SvgPen::number(point.y()) + QLatin1Char(' ');
            m_pen.element("polyline", {{"class", "limit"}, {"points", points.trimmed()}, {"fill", "none"}, {"stroke", m_sheet.colours.limit.name()},
                                 {"stroke-dasharray", line.shadow ? "6 3 1 3 1 3" : "6 4"}, {"clip-path", fill("plot")}});
        }
        for (const LimitMarks::Note &note : marks.notes(m_sheet.scale.top())) {
            m_pen.rect(note.box, m_sheet.colours.surface.name(), 0.85);
            m_pen.text(note.box.center() + QPointF(0, 4), note.text, m_sheet.colours.text, "middle");
        }
    }

    QRectF box(const RateSeries::Stretch &stretch) const { return {QPointF(x(stretch.from), m_plot.top()), QPointF(x(stretch.to), m_plot.bottom())}; }

    void overlays()
    {
        const RateColours &c = m_sheet.colours;
        for (const RateSeries::Stretch &stretch : m_sheet.series.averages()) {
            m_pen.rect(box(stretch), c.surface.name(), 0.53);
            m_pen.text({x(stretch.to) - 6, m_plot.top() + 30}, words(QT_TRANSLATE_NOOP("rateguard::ChartSvg", "averages by minute")), c.muted, "end");
        }
        limit();
        for (const RateSeries::Stretch &gap : m_sheet.series.gaps()) {
            m_pen.rect(box(gap), fill("gap"));
            const QString reason = explain(gap.cause);
            const QPointF middle = box(gap).center();
            const double wide = m_metrics.horizontalAdvance(reason) + 10;
            if (wide <= box(gap).width()) {
                m_pen.rect({middle.x() - wide / 2, middle.y() - 10, wide, 20}, c.surface.name());
                m_pen.text(middle + QPointF(0, 4), reason, c.muted, "middle");
            }
        }
        for (const ChartFlag &flag : m_sheet.flags) {
            const double place = m_sheet.series.placeOf(flag.at);
            if (place >= m_sheet.series.left() && place <= m_sheet.series.right())
                m_pen.line({x(place), m_plot.top()}, {x(place), m_plot.bottom()}, c.muted, "1 3");
        }
        for (const FlagSign &sign : m_marks.signsOf(m_sheet.flags)) {
            m_pen.begin("g", {});
            m_pen.title(sign.toolTip);
            m_pen.rect({sign.box.left(), m_plot.top(), sign.box.width(), 14}, c.muted.name());
            m_pen.text({sign.box.center().x(), m_plot.top() + 11}, sign.text, c.surface, "middle");
            m_pen.end();
        }
    }

    SvgPen &m_pen;
    const ChartSheet &m_sheet;
    int m_index;
    QRectF m_plot;
    QFontMetricsF m_metrics;
    PlotMarks m_marks; // where things stand
};

} // namespace

QByteArray chartAsSvg(const ChartSheet &sheet)
{
    return chartsAsSvg({{QPoint(0, 0), sheet}}, sheet.size);
}

QByteArray chartsAsSvg(const std::vector<std::pair<QPoint, ChartSheet>> &sheets, QSize size)
{
    QByteArray bytes;
    SvgPen pen(&bytes, size);
    int index = 0;
    for (const auto &[place, sheet] : sheets) {
        pen.begin("g", {{"transform", QStringLiteral("translate(%1 %2)").arg(place.x()).arg(place.y())},
                        {"font-size", QString::number(QFontMetricsF(sheet.font).height() * 0.72, 'f', 1)}});
        Sheet(pen, sheet, index++).write();
        pen.end();
    }
    pen.finish();
    return bytes;
}

} // namespace rateguard
