// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ChartDesk.h"
#include "charts/ChartCursor.h"
#include "charts/ChartSvg.h"
#include "charts/ChartTitle.h"
#include "charts/LegendEntry.h"
#include "charts/TimeLabels.h"

#include <QLabel>
#include <QTranslator>

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

LegendEntry *entry(const RateChart &chart, const QString &name)
{
    for (LegendEntry *one : chart.findChildren<LegendEntry *>()) {
        if (one->text() == name)
            return one;
    }
    return nullptr;
}

} // namespace

class tst_RateChart : public QObject
{
    Q_OBJECT

private slots:
    void theScaleForgetsAPeakSoonAfterItHasLeft()
    {
        RateChart chart;
        std::vector<SecondCounts> series;
        for (std::int64_t second = chartEnd - 120; second < chartEnd; ++second)
            series.push_back({second, second == chartEnd - 119 ? 500u : 2u});
        chart.setSeries(series, chartNow);
        show(chart);
        QCOMPARE(chart.sheet().scale.top(), 600.0);
        std::vector<double> tops;
        for (int second = 1; second <= 6; ++second) {
            series.erase(series.begin());
            series.push_back(series.back());
            ++series.back().second;
            chart.setSeries(series, chartNow + std::chrono::seconds(second));
            tops.push_back(chart.sheet().scale.top());
        }
        QVERIFY((tops == std::vector<double> {600, 600, 600, 600, 2.5, 2.5})); // it left with the second one
    }

    void whatIsOfSomethingElseIsFittedAtOnce()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        const auto top = [&chart] { return chart.sheet().scale.top(); };
        QCOMPARE(top(), 250.0);
        QTest::mouseClick(entry(chart, QStringLiteral("Rejected")), Qt::LeftButton);
        QCOMPARE(top(), 125.0);
        QTest::mouseClick(entry(chart, QStringLiteral("Rejected")), Qt::LeftButton);
        chart.chartCursor()->zoomTo(TimePiece {chartNow - 120s, chartNow - 110s});
        QCOMPARE(top(), 125.0);
        chart.chartCursor()->zoomTo(std::nullopt);
        QCOMPARE(top(), 250.0);
        std::vector<SecondCounts> other = risingSeries();
        for (SecondCounts &slice : other)
            slice = {slice.second, 3};
        chart.setSeries({}, {}); // another key is selected
        chart.setSeries(other, chartNow);
        QCOMPARE(top(), 4.0);
        chart.setSeries(risingSeries(), chartNow + 1s);
        chart.setSpan(30);
        chart.setSeries({other.end() - 30, other.end()}, chartNow + 2s);
        QCOMPARE(top(), 4.0);
    }

    void titlesArePlainText()
    {
        RateChart chart;
        chart.setTitle(QStringLiteral("<b>x</b>"), QStringLiteral("<b>x</b>"));
        const QList<QLabel *> labels = chart.findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            QCOMPARE(label->textFormat(), Qt::PlainText);
            QVERIFY(!label->toolTip().contains(QStringLiteral("<b>")));
        }
    }

    void aGapIsNotDrawnAsTraffic()
    {
        RateChart chart;
        chart.resize(600, 300);
        chart.show();
        std::vector<SecondCounts> series;
        for (std::int64_t second = 1000; second < 1120; ++second)
            series.push_back({second, 100, 0, 0, second >= 1040 && second < 1080});
        chart.setSeries(series, Instant(std::chrono::seconds(1120)));
        const QImage picture = chart.grab().toImage();
        const int y = picture.height() * 3 / 4;
        const auto blueish = [&picture, y](int x) {
            const QColor colour = picture.pixelColor(x, y);
            return colour.blue() - colour.red() > 15;
        };
        QVERIFY(blueish(picture.width() / 5));
        QVERIFY(!blueish(picture.width() / 2));
        QVERIFY(blueish(picture.width() * 4 / 5));
    }

    void longSlicesAreShownPerSecond()
    {
        RateChart chart;
        chart.setSpan(3600);
        chart.setSeries(risingSeries(360, 10), chartNow, std::chrono::seconds(10));
        show(chart);
        QCOMPARE(entry(chart, QStringLiteral("Allowed"))->shownText(), QStringLiteral("Allowed 100/s"));
        QCOMPARE(entry(chart, QStringLiteral("Rejected"))->shownText(), QStringLiteral("Rejected 359/s"));
        QVERIFY(chart.sheet().scale.top() >= 459 && chart.sheet().scale.top() < 1000);
    }

    void rareKindsAreListedOnlyWhenThereAreAny()
    {
        RateChart chart;
        std::vector<SecondCounts> series = risingSeries();
        chart.setSeries(series, chartNow);
        show(chart);
        QVERIFY(!entry(chart, QStringLiteral("Unchecked"))->isVisible());
        QVERIFY(!entry(chart, QStringLiteral("Shadow"))->isVisible());
        series[100].unchecked = 7;
        chart.setSeries(series, chartNow);
        QVERIFY(entry(chart, QStringLiteral("Unchecked"))->isVisible());
        QVERIFY(entry(chart, QStringLiteral("Unchecked"))->toolTip().contains(QStringLiteral("Redis gave no answer")));
    }

    // What a kind is called while it is hidden is long in other languages, and has all the room of its figures.
    void aLongWordForHiddenLeavesTheTableOfFigures()
    {
        struct Longer : QTranslator
        {
            QString translate(const char *, const char *text, const char *, int) const override { return QByteArray(text) == "hidden" ? QStringLiteral("ausgeblendet") : QString(); }
            bool isEmpty() const override { return false; }
        } longer;
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        chart.resize(760, 200);
        const auto wide = [&chart] {
            QTest::qWait(0);
            return entry(chart, QStringLiteral("Allowed"))->sizeHint().width();
        };
        const int before = wide();
        QVERIFY(entry(chart, QStringLiteral("Allowed"))->width() > 200); // the table is there
        QCoreApplication::installTranslator(&longer);
        chart.resize(700, 200);
        chart.resize(760, 200);
        const int after = wide();
        QCoreApplication::removeTranslator(&longer);
        QCOMPARE(after, before);
    }

    void aTitleWithoutRoomKeepsItsEnds()
    {
        RateChart chart;
        chart.setTitle(QStringLiteral("checkout · customer-0123456789-0123456789-0123456789-17"));
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        const auto *title = chart.findChild<ChartTitle *>();
        chart.resize(900, 200);
        QTRY_COMPARE(title->shown(), title->text());
        chart.resize(300, 200);
        QTRY_VERIFY(title->shown().contains(QStringLiteral("…")));
        QVERIFY(title->shown().startsWith(QStringLiteral("checkout")) && title->shown().endsWith(QStringLiteral("-17")));
    }

    void aClickTakesAKindAwayAndSaysSo()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        LegendEntry *allowed = entry(chart, QStringLiteral("Allowed"));
        LegendEntry *rejected = entry(chart, QStringLiteral("Rejected"));
        QTest::mouseClick(allowed, Qt::LeftButton);
        QCOMPARE(allowed->shownText(), QStringLiteral("Allowed hidden"));
        QCOMPARE(allowed->accessibleName(), QStringLiteral("Allowed hidden"));
        QVERIFY(!chart.sheet().shown.has(TrafficKind::Allowed));
        QTest::keyClick(allowed, Qt::Key_Space);
        QVERIFY(chart.sheet().shown.has(TrafficKind::Allowed));
        QTest::mouseClick(rejected, Qt::LeftButton, Qt::ControlModifier);
        QVERIFY(!chart.sheet().shown.has(TrafficKind::Allowed) && chart.sheet().shown.has(TrafficKind::Rejected));
        QTest::mouseClick(rejected, Qt::LeftButton, Qt::ControlModifier);
        QVERIFY(chart.sheet().shown == KindSet());
    }

    void theLegendIsATableWhereThereIsRoom()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart, {500, 200});
        const int line = entry(chart, QStringLiteral("Rejected"))->width();
        QCOMPARE(entry(chart, QStringLiteral("Allowed"))->y(), entry(chart, QStringLiteral("Rejected"))->y());
        chart.resize(500, 500);
        QTRY_VERIFY(entry(chart, QStringLiteral("Rejected"))->width() > 2 * line);
        QVERIFY(entry(chart, QStringLiteral("Allowed"))->y() < entry(chart, QStringLiteral("Rejected"))->y());
        chart.resize(1000, 250); // beside
        QTRY_VERIFY(entry(chart, QStringLiteral("Rejected"))->mapTo(&chart, QPoint()).x() > 500);
    }

    void aLegendNeverSticksOut()
    {
        RateChart chart;
        std::vector<SecondCounts> series = risingSeries();
        series[100].unchecked = 1'234'567;
        series[101].wouldReject = 1'234'567;
        series[119] = {series[119].second, 12'345'678, 12'345'678, 12'345'678, false, {}, 12'345'678};
        chart.setSeries(series, chartNow);
        chart.setLimit(steadyLimit(12345));
        for (const QSize size : {QSize(260, 180), QSize(400, 300), QSize(400, 500), QSize(800, 260)}) {
            show(chart, size);
            for (const LegendEntry *one : chart.findChildren<LegendEntry *>()) {
                if (one->isVisible())
                    QVERIFY(one->mapTo(&chart, QPoint(one->width(), 0)).x() <= chart.width() + 1);
            }
        }
    }

    void everyKindHasAPatternAndAColourOfItsOwn()
    {
        for (const QColor ground : {QColor(Qt::white), QColor(Qt::black)}) {
            QPalette palette;
            palette.setColor(QPalette::Base, ground);
            palette.setColor(QPalette::Text, ground == QColor(Qt::white) ? Qt::black : Qt::white);
            const RateColours colours = RateColours::of(palette);
            QSet<QRgb> inks;
            for (const TrafficKind kind : trafficKinds)
                inks << colourOf(kind, colours).rgb();
            QCOMPARE(inks.size(), 4);
        }
    }

    void whatNobodySeesIsDrawnWhenItIsSeen()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        QCOMPARE(entry(chart, QStringLiteral("Allowed"))->shownText(), QStringLiteral("Allowed"));
        show(chart);
        QCOMPARE(entry(chart, QStringLiteral("Allowed"))->shownText(), QStringLiteral("Allowed 100/s"));
    }

    void theLatestFigureSaysWhatItIsOf()
    {
        RateChart chart;
        const auto titles = [&chart] {
            QStringList all;
            for (const QLabel *label : chart.findChildren<QLabel *>())
                all << label->text();
            return all;
        };
        show(chart, {900, 280});
        chart.setSeries(risingSeries(), chartNow);
        QVERIFY(titles().contains(QStringLiteral("last")));
        QVERIFY(!entry(chart, QStringLiteral("Rejected"))->toolTip().contains(QStringLiteral("newest")));
        chart.setSpan(3 * 3600);
        auto minutes = risingSeries(120, 60);
        chart.setSeries(minutes, chartNow + 40s, 60s);
        QVERIFY(titles().contains(QStringLiteral("last 1 min")));
        const auto says = [&](const SecondCounts &slice) {
            return entry(chart, QStringLiteral("Rejected"))->toolTip().contains(QStringLiteral("of the newest whole slice, %1").arg(sliceTime(slice, 60s)));
        };
        QVERIFY(says(minutes.back()));
        minutes.back().gap = true;
        chart.setSeries(minutes, chartNow + 50s, 60s);
        QVERIFY(says(minutes[minutes.size() - 2]));
        chart.setSpan(120);
        chart.setSeries(risingSeries(), chartNow);
        QVERIFY(titles().contains(QStringLiteral("last")) && !titles().contains(QStringLiteral("last 1 min")));
    }

    void anythingCanBeDrawn()
    {
        RateChart chart;
        chart.show();
        chart.setSeries({}, {});
        chart.setSeries({{5, 1, 2, 3, true}}, Instant(std::chrono::seconds(6)));
        chart.setSeries({{5, 4'000'000'000, 4'000'000'000, 4'000'000'000, false}}, Instant(std::chrono::seconds(6)));
        chart.setLimit({{Instant::min(), LimitPiece::Kind::Limit, {1, std::chrono::hours(1)}}});
        chart.setLimit({});
        chart.setEmptyText(QStringLiteral("nothing"));
        QVERIFY(!chart.grab().isNull());
    }
};

QTEST_MAIN(tst_RateChart)
#include "tst_RateChart.moc"
