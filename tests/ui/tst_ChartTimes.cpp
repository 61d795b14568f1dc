// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ChartDesk.h"
#include "charts/ChartCursor.h"
#include "charts/ChartSvg.h"
#include "charts/PlotMarks.h"
#include "charts/SliceTable.h"
#include "format/Numbers.h"

#include <QRegularExpression>
#include <QTableView>
#include <QXmlStreamReader>

#include <cmath>

using namespace rateguard;
using namespace std::chrono_literals;

// One slice has one time: where it stands, what the axis says there, what the crosshair and the table call it, and where an edit of
// that time stands.
class tst_ChartTimes : public QObject
{
    Q_OBJECT

private slots:
    void aSliceHasTheSameTimeEverywhere_data()
    {
        QTest::addColumn<int>("step");
        QTest::addColumn<int>("slices"); // that are zoomed into
        for (const int step : {1, 10, 60}) {
            for (const int slices : {5, 7, 20})
                QTest::addRow("%d of %d s", slices, step) << step << slices;
        }
    }
    void aSliceHasTheSameTimeEverywhere()
    {
        QFETCH(int, step);
        QFETCH(int, slices);
        RateChart chart;
        chart.setSpan(120 * step);
        chart.setSeries(risingSeries(120, step), chartNow, std::chrono::seconds(step));
        show(chart, {900, 300});
        chart.showTable(true);
        const Instant from = chartNow - 40 * std::chrono::seconds(step);
        chart.chartCursor()->zoomTo(TimePiece {from, from + slices * std::chrono::seconds(step)});
        const auto *table = chart.findChild<QTableView *>(QStringLiteral("chartTable"))->model();
        QCOMPARE(table->rowCount(), slices);
        const ChartSheet sheet = chart.sheet();
        const RateSeries &series = sheet.series;
        const PlotMarks marks(series, QRectF(0, 0, 1000, 100), sheet.colours, sheet.font);
        int labelled = 0;
        for (int i = 0; i < slices; ++i) {
            const Instant at = from + i * std::chrono::seconds(step);
            chart.chartCursor()->point(at);
            const QStringList read = chart.readOut().split(QLatin1Char('\n'));
            QVERIFY2(read[0].startsWith(clockTime(at)), qPrintable(read[0]));
            QVERIFY(read.contains(QStringLiteral("Rejected %1/s").arg(formatRate(80 + i)))); // 40 before the end of 120
            const int row = slices - 1 - i;
            QCOMPARE(table->index(row, SliceTable::Time).data().toString(), read[0]);
            QCOMPARE(table->index(row, SliceTable::Rejected).data().toString(), QStringLiteral("%1/s").arg(formatRate(80 + i)));
            const double place = series.placeOf(at);
            QCOMPARE(series.placeOf(series.slices[static_cast<std::size_t>(80 + i)]), place);
            QCOMPARE(marks.signsOf({{at, QStringLiteral("1"), {}}}).at(0).box.left(), marks.pixelOf(place));
            for (const TimeLabel &label : sheet.labels) {
                if (label.place != place)
                    continue;
                ++labelled;
                QVERIFY2(clockTime(at).startsWith(label.text), qPrintable(label.text));
            }
        }
        QVERIFY(labelled >= 2);
    }

    void aPictureHasItToo()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        chart.chartCursor()->zoomTo(TimePiece {chartNow - 40s, chartNow - 33s});
        const double top = chart.sheet().scale.top();
        QXmlStreamReader xml(chart.svg());
        QString curve;
        QHash<QString, double> times;
        double bottom = 0;
        double height = 0;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement)
                continue;
            const auto attribute = [attributes = xml.attributes()](const char *name) { return attributes.value(QLatin1String(name)).toString(); };
            if (xml.name() == QLatin1String("path") && attribute("class") == QStringLiteral("Rejected"))
                curve = attribute("d");
            if (xml.name() == QLatin1String("clipPath") && xml.readNextStartElement()) {
                bottom = xml.attributes().value(QStringLiteral("y")).toDouble() + xml.attributes().value(QStringLiteral("height")).toDouble() - 1;
                height = xml.attributes().value(QStringLiteral("height")).toDouble() - 2;
            }
            if (xml.name() == QLatin1String("text")) {
                const double x = attribute("x").toDouble();
                times.insert(xml.readElementText(), x);
            }
        }
        for (int i = 1; i < 7; ++i) { // at the edges labels are moved inside
            const QString time = clockTime(chartNow - 40s + i * 1s);
            QVERIFY2(times.contains(time), qPrintable(time));
            const double y = bottom - (180 + i) / top * height;
            const QRegularExpression point(QStringLiteral("L(%1),(%2)").arg(QStringLiteral("[0-9.]+"), QStringLiteral("[0-9.]+")));
            bool found = false;
            for (auto it = point.globalMatch(curve); it.hasNext() && !found;) {
                const auto match = it.next();
                found = std::abs(match.captured(1).toDouble() - times[time]) < 0.6 && std::abs(match.captured(2).toDouble() - y) < 0.6;
            }
            QVERIFY2(found, qPrintable(time + QStringLiteral(" in ") + curve));
        }
    }
};

QTEST_MAIN(tst_ChartTimes)
#include "tst_ChartTimes.moc"
