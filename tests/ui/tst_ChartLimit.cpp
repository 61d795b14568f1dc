// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ChartDesk.h"
#include "charts/ChartCursor.h"
#include "charts/ChartSvg.h"
#include "charts/LegendEntry.h"
#include "charts/LimitMarks.h"

#include <QXmlStreamReader>

using namespace rateguard;
using namespace std::chrono_literals;
using Kind = LimitPiece::Kind;

namespace {

// Unknown, 100/s, banned, none, 50/s in shadow mode: each from its seconds ago on.
std::vector<LimitPiece> course()
{
    return {{Instant::min()},
            {chartNow - 100s, Kind::Limit, {100, 1s}},
            {chartNow - 80s, Kind::Ban},
            {chartNow - 60s, Kind::Free},
            {chartNow - 40s, Kind::Limit, {500, 10s}, true}};
}

RateSeries series()
{
    RateSeries it;
    it.slices = risingSeries();
    it.now = chartNow;
    return it;
}

std::vector<LimitMarks::Line> linesOf(const RateSeries &shown, const std::vector<LimitPiece> &limit)
{
    const RateColours colours = RateColours::of(QPalette());
    const PlotMarks marks(shown, QRectF(0, 0, 120, 201), colours, QFont());
    return LimitMarks(marks, limit).lines(201);
}

QString legendOf(const RateChart &chart)
{
    for (const LegendEntry *entry : chart.findChildren<LegendEntry *>()) {
        if (entry->text() == QStringLiteral("Limit"))
            return entry->isVisible() ? entry->shownText() : QString();
    }
    return {};
}

} // namespace

class tst_ChartLimit : public QObject
{
    Q_OBJECT

private slots:
    void theLineStepsAndHasHolesWhereNothingIsKnown()
    {
        const auto lines = linesOf(series(), course());
        QCOMPARE(lines.size(), std::size_t {2});
        QCOMPARE(lines[0].points, QPolygonF(QList<QPointF> {{20, 101}, {40, 101}, {40, 200}, {60, 200}}));
        QVERIFY(!lines[0].shadow);
        QCOMPARE(lines[1].points, QPolygonF(QList<QPointF> {{80, 151}, {120, 151}}));
        QVERIFY(lines[1].shadow);
    }

    void anotherModeIsAnotherLineThatGoesOn()
    {
        const auto lines = linesOf(series(), {{Instant::min(), Kind::Limit, {100, 1s}}, {chartNow - 60s, Kind::Limit, {50, 1s}, true}});
        QCOMPARE(lines.size(), std::size_t {2});
        QCOMPARE(lines[0].points, QPolygonF(QList<QPointF> {{0, 101}, {60, 101}, {60, 151}})); // down to it
        QCOMPARE(lines[1].points.first(), QPointF(60, 151));
    }

    void aZoomShowsItsPieceOfTheLine()
    {
        RateSeries shown = series();
        shown.zoom = TimePiece {chartNow - 90s, chartNow - 70s};
        const auto lines = linesOf(shown, course());
        QCOMPARE(lines.size(), std::size_t {1});
        QCOMPARE(lines[0].points, QPolygonF(QList<QPointF> {{0, 101}, {60, 101}, {60, 200}, {120, 200}}));
        shown.zoom = TimePiece {chartNow - 59s, chartNow - 41s};
        QVERIFY(linesOf(shown, course()).empty());
    }

    void theLegendSaysTheLatestLimitInTheTimeThatIsShown()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        QCOMPARE(legendOf(chart), QString());
        chart.setLimit(course());
        QCOMPARE(legendOf(chart), QStringLiteral("Limit 50.0/s"));
        chart.chartCursor()->zoomTo(TimePiece {chartNow - 95s, chartNow - 85s});
        QCOMPARE(legendOf(chart), QStringLiteral("Limit 100/s"));
        chart.chartCursor()->zoomTo(TimePiece {chartNow - 95s, chartNow - 55s});
        QCOMPARE(legendOf(chart), QStringLiteral("Limit –"));
        chart.chartCursor()->zoomTo(TimePiece {chartNow - 55s, chartNow - 45s});
        QCOMPARE(legendOf(chart), QString());
    }

    void aLimitNearThePeakFitsIntoTheScale()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        const double without = chart.sheet().scale.top();
        QCOMPARE(without, 250.0); // for 219
        chart.setLimit({{Instant::min(), Kind::Limit, {500, 1s}}, {chartNow - 500s, Kind::Limit, {1, 1s}}});
        QCOMPARE(chart.sheet().scale.top(), without); // out of sight
        chart.setLimit({{Instant::min(), Kind::Limit, {500, 1s}}, {chartNow - 50s, Kind::Limit, {1, 1s}}});
        QCOMPARE(chart.sheet().scale.top(), 600.0);
    }

    void aLimitFarAboveDoesNotFlattenTheCurvesButIsSaid()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        const double without = chart.sheet().scale.top();
        chart.setLimit(steadyLimit(5000));
        QCOMPARE(chart.sheet().scale.top(), without);
        QVERIFY(QString::fromUtf8(chart.svg()).contains(QStringLiteral(">↑ above: Limit 5,000/s<")));
        chart.setLimit(steadyLimit(240));
        QVERIFY(!QString::fromUtf8(chart.svg()).contains(QStringLiteral("above:")));
    }

    void whatLiesAboveIsSaidWhereItHeldAndHasRoom()
    {
        const RateSeries shown = series();
        const RateColours colours = RateColours::of(QPalette());
        const PlotMarks marks(shown, QRectF(0, 0, 1200, 200), colours, QFont());
        const auto far = course();
        const auto notes = LimitMarks(marks, far).notes(40);
        QCOMPARE(notes.size(), std::size_t {2});
        QCOMPARE(notes[0].text, QStringLiteral("↑ above: Limit 100/s"));
        QCOMPARE(notes[0].box.left(), 204.0);
        QCOMPARE(notes[1].text, QStringLiteral("↑ above: Limit 50.0/s, shadow only"));
        QCOMPARE(LimitMarks(marks, far).notes(60).size(), std::size_t {1});
        const PlotMarks narrow(shown, QRectF(0, 0, 120, 200), colours, QFont());
        QVERIFY(LimitMarks(narrow, far).notes(40).empty());
    }

    void theCrosshairReadsWhatHeldThen()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        chart.setLimit(course());
        show(chart);
        const auto readAt = [&](std::chrono::seconds ago) {
            chart.chartCursor()->point(chartNow - ago);
            return chart.readOut();
        };
        QVERIFY(!readAt(110s).contains(QStringLiteral("Limit")));
        QVERIFY(readAt(90s).contains(QStringLiteral("\nLimit 100/s")));
        QVERIFY(readAt(70s).contains(QStringLiteral("\nBanned")));
        QVERIFY(!readAt(50s).contains(QStringLiteral("Limit")));
        QVERIFY(readAt(10s).contains(QStringLiteral("\nLimit 50.0/s, shadow only")));
    }

    void thePictureHasTheSteps()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        chart.setLimit(course());
        show(chart);
        QXmlStreamReader xml(chart.svg());
        QStringList lines;
        QStringList dashes;
        while (!xml.atEnd()) {
            if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == QLatin1String("polyline")) {
                lines << xml.attributes().value(QStringLiteral("points")).toString();
                dashes << xml.attributes().value(QStringLiteral("stroke-dasharray")).toString();
            }
        }
        QVERIFY(!xml.hasError());
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines[0].split(QLatin1Char(' ')).size(), 4);
        QCOMPARE(lines[1].split(QLatin1Char(' ')).size(), 2);
        QVERIFY(dashes[0] != dashes[1]);
    }
};

QTEST_MAIN(tst_ChartLimit)
#include "tst_ChartLimit.moc"
