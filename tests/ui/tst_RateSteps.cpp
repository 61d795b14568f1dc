// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ChartDesk.h"
#include "charts/ChartSvg.h"
#include "charts/LegendEntry.h"

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

// Ten minutes of 2 a second, with a second of 52 in each.
RateSeries bursts()
{
    RateSeries series;
    series.now = chartNow;
    series.span = 10min;
    for (std::int64_t second = chartEnd - 600; second < chartEnd; ++second) {
        SecondCounts slice;
        slice.second = second;
        slice.allowed = 2;
        slice.rejected = second % 60 == 7 ? 50 : 0;
        series.slices.push_back(slice);
    }
    return series;
}

} // namespace

class tst_RateSteps : public QObject
{
    Q_OBJECT

private slots:
    void slicesThatHaveRoomStayAsTheyAre()
    {
        const RateSteps steps = stepsOf(bursts(), {}, 1600);
        QVERIFY(!steps.isMerged());
        QVERIFY(steps.series.slices == bursts().slices);
        QVERIFY(!stepsOf(bursts(), {}, 0).isMerged());
        QVERIFY(!stepsOf(RateSeries(), {}, 10).isMerged() || stepsOf(RateSeries(), {}, 10).series.slices.empty());
    }

    void stepsAreOfRoundLengthsAndWideEnough_data()
    {
        QTest::addColumn<double>("width");
        QTest::addColumn<int>("step");
        QTest::newRow("1200") << 1200.0 << 2;
        QTest::newRow("700") << 700.0 << 5;
        QTest::newRow("450") << 450.0 << 5;
        QTest::newRow("200") << 200.0 << 10;
    }
    void stepsAreOfRoundLengthsAndWideEnough()
    {
        QFETCH(double, width);
        QFETCH(int, step);
        const RateSteps steps = stepsOf(bursts(), {}, width);
        QCOMPARE(steps.series.step.count(), step);
        QCOMPARE(steps.series.slices.size(), std::size_t(600 / step));
        QCOMPARE(steps.peaks.size(), steps.series.slices.size());
        for (const SecondCounts &slice : steps.series.slices)
            QCOMPARE(slice.second % step, 0);
    }

    void aStepIsTheMeanAndKeepsItsPeak()
    {
        const RateSteps steps = stepsOf(bursts(), {}, 450);
        const SecondCounts &burst = steps.series.slices[1]; // 5 to 10 seconds after the minute
        QCOMPARE(rateOf(burst, TrafficKind::Rejected, steps.series.step), 10.0);
        QCOMPARE(rateOf(burst, TrafficKind::Allowed, steps.series.step), 2.0);
        QCOMPARE(steps.peaks[1], 52.0);
        QCOMPARE(steps.peaks[0], 2.0);
        KindSet shown;
        shown.set(TrafficKind::Rejected, false);
        QCOMPARE(stepsOf(bursts(), shown, 450).peaks[1], 2.0);
    }

    void nothingGetsLost()
    {
        const RateSeries series = bursts();
        std::uint64_t measured = 0;
        for (const SecondCounts &slice : series.slices)
            measured += slice.allowed + slice.rejected;
        for (const double width : {1200.0, 450.0, 100.0}) {
            std::uint64_t drawn = 0;
            for (const SecondCounts &slice : stepsOf(series, {}, width).series.slices)
                drawn += slice.allowed + slice.rejected;
            QCOMPARE(drawn, measured);
        }
    }

    void stepsDoNotDanceAsTimeGoesBy()
    {
        RateSeries series = bursts();
        const RateSteps before = stepsOf(series, {}, 450);
        series.now += 1s;
        series.slices.erase(series.slices.begin());
        series.slices.push_back({chartEnd, 2});
        const RateSteps after = stepsOf(series, {}, 450);
        QCOMPARE(after.series.slices.size(), before.series.slices.size()); // the one that runs is left out
        for (std::size_t i = 1; i < before.series.slices.size(); ++i) {
            QVERIFY(before.series.slices[i] == after.series.slices[i]);
            QCOMPARE(before.peaks[i], after.peaks[i]);
        }
    }

    void aGapIsNoTrafficOfNothing()
    {
        RateSeries series = bursts();
        for (std::size_t i = 302; i < 312; ++i)
            series.slices[i].gap = true;
        const RateSteps steps = stepsOf(series, {}, 450);
        QVERIFY(!steps.series.slices[60].gap); // two of its five seconds were heard
        QCOMPARE(rateOf(steps.series.slices[60], TrafficKind::Allowed, steps.series.step), 2.0);
        QVERIFY(steps.series.slices[61].gap);
        QVERIFY(!steps.series.slices[62].gap);
    }

    void aZoomShowsEverySliceAgain()
    {
        RateSeries series = bursts();
        series.zoom = TimePiece {chartNow - 100s, chartNow - 20s};
        QVERIFY(!stepsOf(series, {}, 450).isMerged());
    }

    void theReadOutSaysWhatAStepIsAndTheLegendCountsTheSlices()
    {
        RateChart chart;
        chart.setSpan(600);
        chart.setSeries(bursts().slices, chartNow);
        show(chart, {500, 400});
        QTest::keyClick(viewOf(chart), Qt::Key_Home);
        QTest::keyClick(viewOf(chart), Qt::Key_Right);
        const QString text = chart.readOut();
        QVERIFY2(text.contains(QStringLiteral("Rejected 10.0/s")), qPrintable(text));
        QVERIFY(text.contains(QStringLiteral("Peak 52.0/s in 1 s")));
        QVERIFY(text.contains(QStringLiteral("each step is 5 s long")));
        QStringList entries;
        for (const LegendEntry *entry : chart.findChildren<LegendEntry *>()) {
            if (entry->isVisible())
                entries << entry->shownText();
            if (entry->isVisible() && entry->text() == QStringLiteral("Rejected"))
                QVERIFY(entry->toolTip().contains(QStringLiteral("over slices of 1 s")));
        }
        QVERIFY2(entries.contains(QStringLiteral("Peak 52.0/s")), qPrintable(entries.join(QLatin1Char('|'))));
        QVERIFY(chart.sheet().scale.top() >= 52);
        QVERIFY(chart.svg().contains("Peak of 1 s, means of 5 s"));
        chart.resize(1700, 400);
        QTRY_VERIFY(!chart.svg().contains("Peak of"));
        QTest::keyClick(viewOf(chart), Qt::Key_End);
        QVERIFY(!chart.readOut().contains(QStringLiteral("Peak")));
    }
};

QTEST_MAIN(tst_RateSteps)
#include "tst_RateSteps.moc"
