// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ChartDesk.h"
#include "charts/ChartCursor.h"
#include "charts/ChartSvg.h"
#include "charts/TimeLabels.h"

#include <QPushButton>
#include <QWheelEvent>

#include <cmath>

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

void turnWheel(RateChart &chart, int by, Qt::ScrollPhase phase = Qt::NoScrollPhase)
{
    const QPointF there = at(chart, 0.5);
    QWheelEvent event(there, plotOf(chart)->mapToGlobal(there), {0, by / 8}, {0, by}, Qt::NoButton, Qt::NoModifier, phase, false);
    QApplication::sendEvent(plotOf(chart), &event);
}

double zoomedLength(RateChart &chart) // seconds
{
    const auto &zoom = chart.chartCursor()->zoom();
    return zoom ? std::chrono::duration<double>(zoom->to - zoom->from).count() : 120;
}

std::vector<SecondCounts> later(std::int64_t seconds)
{
    std::vector<SecondCounts> series = risingSeries();
    for (SecondCounts &slice : series)
        slice.second += seconds;
    return series;
}

} // namespace

class tst_ChartZoom : public QObject
{
    Q_OBJECT

private slots:
    void draggingZoomsIntoThatPieceInEveryChart()
    {
        ChartCursor cursor;
        RateChart one;
        RateChart other;
        for (RateChart *chart : {&one, &other}) {
            chart->shareCursor(&cursor);
            chart->setSeries(risingSeries(), chartNow);
            show(*chart);
        }
        drag(one, 0.4, 0.7);
        QVERIFY(cursor.zoom());
        const auto length = cursor.zoom()->to - cursor.zoom()->from;
        QVERIFY2(length > 30s && length < 50s, qPrintable(QString::number(length.count())));
        QVERIFY(cursor.zoom()->from > chartNow - 90s && cursor.zoom()->to < chartNow - 20s);
        QCOMPARE(one.sheet().series.left(), other.sheet().series.left());
        auto *button = other.findChild<QPushButton *>(QStringLiteral("zoomButton"));
        QVERIFY(button->isVisible());
        QVERIFY(button->text().contains(QStringLiteral("double click or 0 for live")));
    }

    void aClickIsNoZoom()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        QTest::mouseClick(plotOf(chart), Qt::LeftButton, {}, at(chart, 0.5));
        QVERIFY(!chart.chartCursor()->zoom());
    }

    void aZoomStandsStillAndLiveComesBackUpToDate()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        drag(chart, 0.4, 0.7);
        chart.setSeries(later(60), chartNow + 60s);
        QVERIFY(chart.sheet().series.slices == risingSeries());
        QTest::keyClick(viewOf(chart), Qt::Key_0);
        QVERIFY(!chart.chartCursor()->zoom());
        QVERIFY(chart.sheet().series.slices == later(60));
        QVERIFY(!chart.findChild<QPushButton *>(QStringLiteral("zoomButton"))->isVisible());
    }

    void everyWayBackToLiveWorks_data()
    {
        QTest::addColumn<QString>("way");
        for (const char *way : {"0", "escape", "double click", "button", "another span"})
            QTest::newRow(way) << QString::fromLatin1(way);
    }
    void everyWayBackToLiveWorks()
    {
        QFETCH(QString, way);
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        drag(chart, 0.4, 0.7);
        QVERIFY(chart.chartCursor()->zoom());
        if (way == QLatin1String("0")) {
            QTest::keyClick(viewOf(chart), Qt::Key_0);
        } else if (way == QLatin1String("escape")) {
            QTest::keyClick(viewOf(chart), Qt::Key_Escape); // takes the crosshair away first
            QVERIFY(chart.chartCursor()->zoom());
            QTest::keyClick(viewOf(chart), Qt::Key_Escape);
        } else if (way == QLatin1String("double click")) {
            QTest::mouseDClick(plotOf(chart), Qt::LeftButton, {}, at(chart, 0.5));
        } else if (way == QLatin1String("button")) {
            chart.findChild<QPushButton *>(QStringLiteral("zoomButton"))->click();
        } else {
            chart.setSpan(300);
        }
        QVERIFY(!chart.chartCursor()->zoom());
    }

    // A touchpad sends a notch in many pieces.
    void manySmallTurnsAreOneLargeOne_data()
    {
        QTest::addColumn<int>("piece");
        for (const int piece : {1, 3, 8, 15, 40, 120, 240})
            QTest::addRow("%d eighths of a degree", piece) << piece;
    }
    void manySmallTurnsAreOneLargeOne()
    {
        QFETCH(int, piece);
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        double before = 120;
        for (int turned = piece; turned <= 480; turned += piece) {
            turnWheel(chart, piece, Qt::ScrollUpdate);
            const double length = zoomedLength(chart);
            const double wanted = 120 * std::pow(0.75, turned / 120.0);
            QVERIFY2(std::abs(length - wanted) < 2.5, qPrintable(QStringLiteral("%1 s after %2").arg(length).arg(turned)));
            QVERIFY(length <= before);
            before = length;
        }
        for (int turned = 0; turned < 480; turned += piece)
            turnWheel(chart, -piece, Qt::ScrollUpdate);
        QVERIFY(!chart.chartCursor()->zoom());
    }

    void aTouchDoesNotStopALiveChart()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        for (int i = 0; i < 20; ++i) { // a finger that trembles
            turnWheel(chart, 4, Qt::ScrollUpdate);
            turnWheel(chart, -4, Qt::ScrollUpdate);
        }
        for (int i = 0; i < 20; ++i) { // fingers that come and go
            turnWheel(chart, 0, Qt::ScrollBegin);
            turnWheel(chart, 4, Qt::ScrollUpdate);
        }
        QVERIFY(!chart.chartCursor()->zoom());
    }

    void momentumDoesNotZoomOn()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        turnWheel(chart, 120, Qt::ScrollUpdate);
        const double length = zoomedLength(chart);
        for (int i = 0; i < 20; ++i)
            turnWheel(chart, 60, Qt::ScrollMomentum);
        QCOMPARE(zoomedLength(chart), length);
    }

    void atTheFinestItStandsStill()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        for (int i = 0; i < 20; ++i)
            turnWheel(chart, 120);
        QCOMPARE(zoomedLength(chart), 5.0);
        const auto finest = chart.chartCursor()->zoom();
        for (int i = 0; i < 100; ++i)
            turnWheel(chart, 7, Qt::ScrollUpdate);
        QVERIFY(chart.chartCursor()->zoom() == finest);
    }

    void whatIsSaidToScreenReadersIsOfTheTimeThatIsShown()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        const auto said = [&] { return viewOf(chart)->accessibleDescription(); };
        const QString live = said();
        QVERIFY2(live.endsWith(QStringLiteral(" Shown: the last 2 min.")), qPrintable(live));
        chart.chartCursor()->zoomTo(TimePiece {chartNow - 100s, chartNow - 80s}); // 20 to 40 were rejected in a second
        const QString zoomed = said();
        QVERIFY2(zoomed.startsWith(QStringLiteral("Rejected 37.0/s, up from ")), qPrintable(zoomed));
        QVERIFY2(zoomed.endsWith(QStringLiteral(" Shown: %1 to %2.").arg(clockTime(chartNow - 100s), clockTime(chartNow - 80s))), qPrintable(zoomed));
        chart.chartCursor()->zoomTo(std::nullopt);
        QCOMPARE(said(), live);
        chart.setSpan(60);
        chart.setSeries(risingSeries(60), chartNow);
        QVERIFY2(said().endsWith(QStringLiteral("the last 1 min.")), qPrintable(said()));
    }

    void withoutTheCrosshairAllOfItIsSaidAgain()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        const QString all = viewOf(chart)->accessibleDescription();
        viewOf(chart)->setFocus();
        QTRY_VERIFY(viewOf(chart)->hasFocus());
        QTest::keyClick(viewOf(chart), Qt::Key_Left);
        QCOMPARE(viewOf(chart)->accessibleDescription(), chart.readOut());
        QTest::keyClick(viewOf(chart), Qt::Key_Escape);
        QCOMPARE(viewOf(chart)->accessibleDescription(), all);
    }

    void theWheelZoomsInAndOut()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        turnWheel(chart, -120); // there is nothing further out
        QVERIFY(!chart.chartCursor()->zoom());
        turnWheel(chart, 120);
        QVERIFY(chart.chartCursor()->zoom());
        const auto first = chart.chartCursor()->zoom()->to - chart.chartCursor()->zoom()->from;
        turnWheel(chart, 120);
        QVERIFY(chart.chartCursor()->zoom()->to - chart.chartCursor()->zoom()->from < first);
        turnWheel(chart, -120);
        turnWheel(chart, -120);
        QVERIFY(!chart.chartCursor()->zoom());
    }

    void aZoomNeverShowsLessThanFiveSlices()
    {
        RateChart chart;
        chart.setSpan(3600);
        chart.setSeries(risingSeries(360, 10), chartNow, 10s);
        show(chart);
        drag(chart, 0.5, 0.53);
        QVERIFY(chart.chartCursor()->zoom());
        for (int i = 0; i < 20; ++i)
            turnWheel(chart, 120);
        QVERIFY(chart.chartCursor()->zoom()->to - chart.chartCursor()->zoom()->from >= 50s);
        QVERIFY(chart.sheet().series.shown().size() >= 5);
    }

    void anotherKeyIsShownInTheZoomToo()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        drag(chart, 0.4, 0.7);
        const auto zoom = chart.chartCursor()->zoom();
        std::vector<SecondCounts> other = risingSeries();
        for (SecondCounts &slice : other)
            slice.allowed = 7;
        chart.setSeries({}, {});
        chart.setSeries(other, chartNow);
        QVERIFY(chart.sheet().series.slices == other);
        QVERIFY(chart.chartCursor()->zoom() == zoom);
        QCOMPARE(chart.sheet().series.instantAt(chart.sheet().series.left()), zoom->from);
    }

    void keysZoomAroundTheCrosshair()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        QTest::keyClick(viewOf(chart), Qt::Key_End);
        QTest::keyClick(viewOf(chart), Qt::Key_Plus);
        QVERIFY(chart.chartCursor()->zoom());
        QCOMPARE(chart.chartCursor()->zoom()->to, chartNow - 500ms); // it stands at the beginning of the last second
        QCOMPARE(chart.chartCursor()->zoom()->from, chartNow - 60500ms);
        QTest::keyClick(viewOf(chart), Qt::Key_Minus);
        QVERIFY(!chart.chartCursor()->zoom());
    }
};

QTEST_MAIN(tst_ChartZoom)
#include "tst_ChartZoom.moc"
