// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ChartDesk.h"
#include "charts/PlotMarks.h"

#include <QHelpEvent>
#include <QToolTip>

using namespace rateguard;
using namespace std::chrono_literals;

class tst_ChartFlags : public QObject
{
    Q_OBJECT

    RateSeries series() const
    {
        RateSeries it;
        it.slices = risingSeries();
        it.now = chartNow;
        return it;
    }

private slots:
    void aFlagStandsAtItsTime()
    {
        const RateSeries shown = series();
        const RateColours colours = RateColours::of(QPalette());
        const PlotMarks marks(shown, QRectF(0, 0, 1200, 100), colours, QFont());
        const auto signs = marks.signsOf({{chartNow - 60s, QStringLiteral("1"), QStringLiteral("tip")}, {chartNow - 500s, QStringLiteral("2"), {}}});
        QCOMPARE(signs.size(), std::size_t {1}); // the other one is out of sight
        QCOMPARE(signs[0].box.left(), 600.0);
        QCOMPARE(signs[0].text, QStringLiteral("1"));
    }

    void flagsThatStandTooCloseShareASign()
    {
        const RateSeries shown = series();
        const RateColours colours = RateColours::of(QPalette());
        const PlotMarks marks(shown, QRectF(0, 0, 300, 100), colours, QFont());
        const auto signs = marks.signsOf({{chartNow, QStringLiteral("v1"), QStringLiteral("first")},
                                          {chartNow - 1s, QStringLiteral("v2"), QStringLiteral("second")},
                                          {chartNow - 2s, QStringLiteral("v3"), QStringLiteral("third")},
                                          {chartNow - 90s, QStringLiteral("v4"), QStringLiteral("fourth")}});
        QCOMPARE(signs.size(), std::size_t {2});
        QCOMPARE(signs[1].text, QStringLiteral("3 edits"));
        QCOMPARE(signs[1].toolTip, QStringLiteral("third\n\nsecond\n\nfirst"));
        QVERIFY(signs[1].box.right() <= 300);
    }

    void oneThatHasRoomSaysMore()
    {
        const RateSeries shown = series();
        const RateColours colours = RateColours::of(QPalette());
        const PlotMarks marks(shown, QRectF(0, 0, 1200, 100), colours, QFont());
        const auto flag = [](std::chrono::seconds ago, const char *label) {
            return ChartFlag {chartNow - ago, QString::fromLatin1(label), {}, QString::fromLatin1(label) + QStringLiteral(" of some policy")};
        };
        const auto signs = marks.signsOf({flag(100s, "v1"), flag(60s, "v2"), flag(55s, "k2"), flag(1s, "v3")});
        QCOMPARE(signs.size(), std::size_t {4});
        QCOMPARE(signs[0].text, QStringLiteral("v1 of some policy"));
        QCOMPARE(signs[1].text, QStringLiteral("v2")); // the next one stands close
        QCOMPARE(signs[2].text, QStringLiteral("k2 of some policy"));
        QCOMPARE(signs[3].text, QStringLiteral("v3")); // the chart ends
        for (std::size_t i = 1; i < signs.size(); ++i)
            QVERIFY(signs[i - 1].box.right() < signs[i].box.left());
        QVERIFY(signs[3].box.right() <= 1200);
    }

    void theToolTipIsPlainText()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        chart.setFlags({{chartNow - 60s, QStringLiteral("1"), QStringLiteral("<b>mallory</b>")}});
        show(chart);
        bool found = false;
        QWidget *plot = plotOf(chart);
        for (int x = 0; x < plot->width() && !found; x += 4) {
            const QPoint there(x, 12);
            QHelpEvent help(QEvent::ToolTip, there, plot->mapToGlobal(there));
            QApplication::sendEvent(plot, &help);
            found = QToolTip::text().contains(QStringLiteral("mallory"));
        }
        QVERIFY(found);
        QVERIFY(!QToolTip::text().contains(QStringLiteral("<b>")));
        QToolTip::hideText();
    }

    void theCrosshairReadsTheEdit()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        chart.setFlags({{chartNow - 1500ms, QStringLiteral("v3"), QStringLiteral("search: 60/min to 100/min\nada")}});
        show(chart);
        QTest::keyClick(viewOf(chart), Qt::Key_End);
        QVERIFY(!chart.readOut().contains(QStringLiteral("Edit")));
        QTest::keyClick(viewOf(chart), Qt::Key_Left);
        QVERIFY(chart.readOut().contains(QStringLiteral("Edit v3: search: 60/min to 100/min")));
    }
};

QTEST_MAIN(tst_ChartFlags)
#include "tst_ChartFlags.moc"
