// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/NiceScale.h"
#include "charts/RateChart.h"

#include <QLabel>
#include <QTest>

#include <cmath>

using namespace rateguard;

class tst_RateChart : public QObject
{
    Q_OBJECT

private slots:
    void aScaleHasRoundSteps()
    {
        for (const double peak : {0.0, 0.3, 3.0, 7.0, 41.0, 99.0, 1234.0, 5e6}) {
            NiceScale scale;
            scale.fit(peak);
            const double step = scale.top() / scale.intervals();
            const double digit = step / std::pow(10, std::floor(std::log10(step)));
            QVERIFY2(digit == 1 || digit == 2 || digit == 2.5 || digit == 5, qPrintable(QString::number(step)));
            QVERIFY(scale.top() >= peak);
            QVERIFY(scale.intervals() >= 2 && scale.intervals() <= 5);
        }
    }

    void aScaleGrowsAtOnceAndShrinksLate()
    {
        NiceScale scale;
        scale.fit(100);
        const double top = scale.top();
        QVERIFY(scale.fit(300));
        QVERIFY(scale.top() >= 300);
        for (int i = 0; i < 20; ++i)
            QVERIFY(!scale.fit(90));
        QVERIFY(scale.fit(90));
        QVERIFY(scale.top() <= top);
    }

    void aScaleStaysWhileThePeakWobbles()
    {
        NiceScale scale;
        scale.fit(100);
        for (int i = 0; i < 200; ++i)
            QVERIFY(!scale.fit(i % 2 ? 100 : 80));
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

    void anythingCanBeDrawn()
    {
        RateChart chart;
        chart.show();
        chart.setSeries({}, {});
        chart.setSeries({{5, 1, 2, 3, true}}, Instant(std::chrono::seconds(6)));
        chart.setSeries({{5, 4'000'000'000, 4'000'000'000, 4'000'000'000, false}}, Instant(std::chrono::seconds(6)));
        chart.setLimitLine(0.01);
        chart.setLimitLine({});
        chart.setEmptyText(QStringLiteral("nothing"));
        QVERIFY(!chart.grab().isNull());
    }
};

QTEST_MAIN(tst_RateChart)
#include "tst_RateChart.moc"
