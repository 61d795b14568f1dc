// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ChartDesk.h"
#include "charts/ChartCursor.h"
#include "charts/SliceTable.h"

#include <QAbstractItemModelTester>
#include <QMenu>
#include <QSignalSpy>
#include <QTableView>

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

QString cell(const QAbstractItemModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

RateSeries seriesOf(std::vector<SecondCounts> slices, Instant now)
{
    RateSeries series;
    series.slices = std::move(slices);
    series.now = now;
    return series;
}

} // namespace

class tst_ChartTable : public QObject
{
    Q_OBJECT

private slots:
    void theKeyTMakesAChartATableAndBack()
    {
        RateChart chart;
        chart.setTitle(QStringLiteral("All traffic"));
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        chart.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&chart));
        viewOf(chart)->setFocus();
        QTest::keyClick(viewOf(chart), Qt::Key_T);
        auto *table = chart.findChild<QTableView *>(QStringLiteral("chartTable"));
        QVERIFY(chart.isTable());
        QVERIFY(table->isVisible());
        QVERIFY(table->hasFocus());
        QCOMPARE(table->accessibleName(), QStringLiteral("All traffic, as a table"));
        QCOMPARE(cell(*table->model(), 0, SliceTable::Rejected), QStringLiteral("119/s"));
        auto *back = chart.findChild<QWidget *>(QStringLiteral("asChartButton"));
        QVERIFY(back->isVisible());
        QTest::keyClick(table, Qt::Key_T);
        QVERIFY(!chart.isTable());
        QVERIFY(!back->isVisible());
        QVERIFY(viewOf(chart)->hasFocus());
    }

    void theMenuOffersIt()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(5, 5), QPoint(5, 5));
        QApplication::sendEvent(viewOf(chart), &event);
        auto *menu = chart.findChild<QMenu *>(QStringLiteral("chartMenu"));
        QVERIFY(menu);
        QCOMPARE(menu->actions().first()->text(), QStringLiteral("Show as table\tT"));
        menu->actions().first()->trigger();
        QVERIFY(chart.isTable());
        menu->close();
    }

    void theTableFollowsTheTimeAndTheZoom()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        chart.showTable(true);
        const auto *model = chart.findChild<QTableView *>(QStringLiteral("chartTable"))->model();
        QCOMPARE(model->rowCount(), 120);
        chart.chartCursor()->zoomTo(TimePiece {chartNow - 60s, chartNow - 50s});
        QCOMPARE(model->rowCount(), 10);
        QCOMPARE(cell(*model, 0, SliceTable::Rejected), QStringLiteral("69.0/s"));
    }

    void rowsAreInsertedAboveAndTakenAwayBelow()
    {
        SliceTable table;
        QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::vector<SecondCounts> slices = risingSeries();
        table.apply(seriesOf(slices, chartNow));
        const QPersistentModelIndex kept = table.index(3, 0);
        const QString time = kept.data().toString();
        QSignalSpy resets(&table, &QAbstractItemModel::modelReset);
        slices.erase(slices.begin(), slices.begin() + 2);
        for (int i = 0; i < 2; ++i) {
            slices.push_back(slices.back());
            slices.back().second += 1;
        }
        slices[slices.size() - 4].rejected = 5000; // a late one
        table.apply(seriesOf(slices, chartNow + 2s));
        QCOMPARE(table.rowCount(), 120);
        QCOMPARE(kept.row(), 5);
        QCOMPARE(kept.data().toString(), time);
        QCOMPARE(cell(table, 3, SliceTable::Rejected), QStringLiteral("5,000/s"));
        QCOMPARE(resets.count(), 0);
    }

    void anythingMayComeNext()
    {
        SliceTable table;
        QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        table.apply(seriesOf(risingSeries(), chartNow));
        table.apply(seriesOf({}, chartNow));
        QCOMPARE(table.rowCount(), 0);
        table.apply(seriesOf(risingSeries(50), chartNow));
        QCOMPARE(table.rowCount(), 50);
        table.apply(seriesOf(risingSeries(), chartNow));
        QCOMPARE(table.rowCount(), 120);
        table.apply(seriesOf(risingSeries(), chartNow + 100s));
        QCOMPARE(table.rowCount(), 20);
        std::vector<SecondCounts> holes = risingSeries();
        holes.erase(holes.begin() + 50);
        table.apply(seriesOf(holes, chartNow));
        QCOMPARE(table.rowCount(), 119);
    }

    void gapsAndAveragesAreSaid()
    {
        SliceTable table;
        std::vector<SecondCounts> slices = risingSeries();
        slices[119].gap = true;
        slices[119].cause = GapCause::NoAnswer;
        slices[118].byMinute = true;
        table.apply(seriesOf(slices, chartNow));
        QVERIFY(cell(table, 0, SliceTable::Time).endsWith(QStringLiteral("(no answer from Redis)")));
        QCOMPARE(cell(table, 0, SliceTable::Allowed), QStringLiteral("–"));
        QVERIFY(cell(table, 1, SliceTable::Time).endsWith(QStringLiteral("(average of the minute)")));
        QCOMPARE(cell(table, 1, SliceTable::Allowed), QStringLiteral("100/s"));
    }
};

QTEST_MAIN(tst_ChartTable)
#include "tst_ChartTable.moc"
