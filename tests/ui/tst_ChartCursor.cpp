// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ChartDesk.h"
#include "charts/ChartCursor.h"

using namespace rateguard;
using namespace std::chrono_literals;

class tst_ChartCursor : public QObject
{
    Q_OBJECT

private slots:
    void pointingAtOneChartReadsAllOfThem()
    {
        ChartCursor cursor;
        RateChart one;
        RateChart other;
        RateChart stranger;
        one.shareCursor(&cursor);
        other.shareCursor(&cursor);
        std::vector<SecondCounts> quiet = risingSeries();
        for (SecondCounts &slice : quiet)
            slice.rejected = 0;
        one.setSeries(risingSeries(), chartNow);
        other.setSeries(quiet, chartNow);
        stranger.setSeries(quiet, chartNow);
        show(one);
        show(other);
        show(stranger);
        QVERIFY(one.readOut().isEmpty());
        QTest::mouseMove(plotOf(one), at(one, 0.5));
        QVERIFY(cursor.at());
        QVERIFY(one.readOut().contains(QStringLiteral("Allowed 100/s")));
        QVERIFY(!one.readOut().contains(QStringLiteral("Rejected 0/s")));
        QVERIFY(other.readOut().contains(QStringLiteral("Rejected 0/s")));
        QCOMPARE(one.readOut().section(QLatin1Char('\n'), 0, 0), other.readOut().section(QLatin1Char('\n'), 0, 0));
        QVERIFY(stranger.readOut().isEmpty());
    }

    void leavingTakesTheCrosshairAway()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        QTest::mouseMove(plotOf(chart), at(chart, 0.3));
        QVERIFY(!chart.readOut().isEmpty());
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(plotOf(chart), &leave);
        QVERIFY(chart.readOut().isEmpty());
    }

    void keysMoveFromSliceToSlice()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        QWidget *view = viewOf(chart);
        QTest::keyClick(view, Qt::Key_Left); // begins at the newest
        QVERIFY(chart.readOut().contains(QStringLiteral("Rejected 119/s")));
        QTest::keyClick(view, Qt::Key_Left);
        QVERIFY(chart.readOut().contains(QStringLiteral("Rejected 118/s")));
        QTest::keyClick(view, Qt::Key_Right);
        QVERIFY(chart.readOut().contains(QStringLiteral("Rejected 119/s")));
        QTest::keyClick(view, Qt::Key_Home);
        QVERIFY(chart.readOut().contains(QStringLiteral("Rejected 0/s")));
        QTest::keyClick(view, Qt::Key_Left, Qt::ShiftModifier);
        QVERIFY(chart.readOut().contains(QStringLiteral("Rejected 0/s")));
        QTest::keyClick(view, Qt::Key_End);
        QVERIFY(chart.readOut().contains(QStringLiteral("Rejected 119/s")));
        QTest::keyClick(view, Qt::Key_Escape);
        QVERIFY(chart.readOut().isEmpty());
    }

    void theCrosshairFollowsARestingMouseAndKeysStayOnTheirInstant()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        QTest::keyClick(viewOf(chart), Qt::Key_End);
        std::vector<SecondCounts> later = risingSeries();
        later.push_back(later.back());
        later.back().second += 1;
        later.back().rejected = 777;
        chart.setSeries(later, chartNow + 1s);
        QVERIFY(chart.readOut().contains(QStringLiteral("Rejected 119/s")));
        QTest::mouseMove(plotOf(chart), at(chart, 0.999));
        QVERIFY(chart.readOut().contains(QStringLiteral("Rejected 777/s")));
        later.push_back(later.back());
        later.back().second += 1;
        later.back().rejected = 888;
        chart.setSeries(later, chartNow + 2s);
        QVERIFY(chart.readOut().contains(QStringLiteral("Rejected 888/s")));
    }

    void aGapSaysWhyNothingIsKnown()
    {
        RateChart chart;
        std::vector<SecondCounts> series = risingSeries();
        series.back().gap = true;
        series.back().cause = GapCause::Disconnected;
        chart.setSeries(series, chartNow);
        show(chart);
        QTest::keyClick(viewOf(chart), Qt::Key_End);
        QVERIFY(chart.readOut().endsWith(QStringLiteral("Nothing known: disconnected")));
        QVERIFY(!chart.readOut().contains(QStringLiteral("Allowed")));
    }

    void anAverageSaysThatItIsOne()
    {
        RateChart chart;
        std::vector<SecondCounts> series = risingSeries(120, 10);
        for (SecondCounts &slice : series)
            slice.byMinute = true;
        chart.setSpan(1200);
        chart.setSeries(series, chartNow, 10s);
        show(chart);
        QTest::keyClick(viewOf(chart), Qt::Key_End);
        QVERIFY(chart.readOut().contains(QStringLiteral("Allowed 100/s")));
        QVERIFY(chart.readOut().contains(QStringLiteral("Average of the minute")));
        QVERIFY(chart.readOut().contains(QStringLiteral(" to "))); // ten seconds, not an instant
    }

    void whatIsReadWithKeysIsSaidToScreenReaders()
    {
        RateChart chart;
        chart.setTitle(QStringLiteral("All traffic"));
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        QCOMPARE(viewOf(chart)->accessibleName(), QStringLiteral("All traffic"));
        QVERIFY(viewOf(chart)->accessibleDescription().startsWith(QStringLiteral("Rejected ")));
        QTest::keyClick(viewOf(chart), Qt::Key_Home);
        QCOMPARE(viewOf(chart)->accessibleDescription(), chart.readOut());
    }
};

QTEST_MAIN(tst_ChartCursor)
#include "tst_ChartCursor.moc"
