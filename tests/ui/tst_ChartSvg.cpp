// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ChartDesk.h"
#include "charts/ChartPicture.h"
#include "charts/ChartSvg.h"

#include <QDir>
#include <QHBoxLayout>
#include <QTemporaryDir>
#include <QXmlStreamReader>

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

// What a reader of XML finds in a picture.
struct Found
{
    QStringList elements;
    QStringList texts;
    QStringList ids; // of patterns
    QStringList fills;
    QString error;
};

Found read(const QByteArray &svg)
{
    Found found;
    QXmlStreamReader xml(svg);
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement()) {
            found.elements << xml.name().toString();
            found.fills << xml.attributes().value(QStringLiteral("fill")).toString();
            if (xml.name() == QLatin1String("pattern"))
                found.ids << xml.attributes().value(QStringLiteral("id")).toString();
        }
        if (xml.isCharacters() && !xml.isWhitespace())
            found.texts << xml.text().toString();
    }
    found.error = xml.hasError() ? xml.errorString() : QString();
    return found;
}

} // namespace

class tst_ChartSvg : public QObject
{
    Q_OBJECT

private slots:
    void itSaysWhatTheChartSays()
    {
        RateChart chart;
        chart.setTitle(QStringLiteral("search · <b>&amp;"));
        std::vector<SecondCounts> series = risingSeries();
        for (std::size_t i = 40; i < 80; ++i) {
            series[i].gap = true;
            series[i].cause = GapCause::Disconnected;
        }
        series[100].unchecked = 50;
        chart.setSeries(series, chartNow);
        chart.setLimit(steadyLimit(10));
        chart.setFlags({{chartNow - 10s, QStringLiteral("1"), QStringLiteral("an edit")}});
        show(chart);
        const Found found = read(chart.svg());
        QCOMPARE(found.error, QString());
        for (const QString &time : {clockTime(chartNow - 2min), clockTime(chartNow)}) // not "now": it is looked at later
            QVERIFY2(found.texts.contains(time), qPrintable(time));
        QVERIFY(found.texts.contains(QStringLiteral("search · <b>&amp; · ") + dateText(chartNow)));
        for (const char *text : {"disconnected", "Limit 10.0/s", "Allowed 100/s", "Rejected 119/s", "1", "an edit"})
            QVERIFY2(found.texts.contains(QString::fromUtf8(text)), text);
        for (const char *fill : {"url(#allowed0)", "url(#rejected0)", "url(#unchecked0)", "url(#gap0)"})
            QVERIFY2(found.fills.contains(QLatin1String(fill)), fill);
        QVERIFY(!found.fills.contains(QStringLiteral("url(#shadow0)"))); // there is none
    }

    void everyPatternThatIsUsedIsThere()
    {
        QWidget panel;
        auto *row = new QHBoxLayout(&panel);
        for (int i = 0; i < 2; ++i) {
            auto *chart = new RateChart;
            chart->setTitle(QStringLiteral("chart %1").arg(i));
            std::vector<SecondCounts> series = risingSeries();
            series[7].gap = true;
            series[9].wouldReject = 3;
            chart->setSeries(series, chartNow);
            row->addWidget(chart);
        }
        panel.resize(1200, 300);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        const Found found = read(chartsAsSvg(panel));
        QCOMPARE(found.error, QString());
        QVERIFY(found.texts.contains(QStringLiteral("chart 0 · ") + dateText(chartNow)) && found.texts.contains(QStringLiteral("chart 1 · ") + dateText(chartNow)));
        QCOMPARE(QSet<QString>(found.ids.begin(), found.ids.end()).size(), found.ids.size());
        int used = 0;
        for (const QString &fill : found.fills) {
            if (!fill.startsWith(QStringLiteral("url(#")))
                continue;
            ++used;
            QVERIFY2(found.ids.contains(fill.mid(5).chopped(1)), qPrintable(fill));
        }
        QVERIFY(used >= 6);
    }

    void aFileIsWrittenByItsName()
    {
        QTemporaryDir folder;
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        const QString svg = folder.filePath(QStringLiteral("a.svg"));
        QCOMPARE(chart.save(svg), QString());
        QFile file(svg);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(read(file.readAll()).error, QString());
        const QString png = folder.filePath(QStringLiteral("a.PNG"));
        QCOMPARE(chart.save(png), QString());
        const QImage picture(png);
        const QSize margins(24, 24);
        QCOMPARE(picture.size(), (chart.size() + margins) * 2);
        const QColor card = chart.palette().color(QPalette::Base);
        for (const QPoint &corner : {QPoint(1, 1), QPoint(picture.width() - 2, 1), QPoint(1, picture.height() - 2), QPoint(30, 30)})
            QCOMPARE(picture.pixelColor(corner), card); // around it, and between what is in it
        QVERIFY(chart.save(folder.filePath(QStringLiteral("a.bmp"))).contains(QStringLiteral(".svg or .png")));
        QVERIFY(chart.save(folder.filePath(QStringLiteral("none/a.svg"))).endsWith(QStringLiteral("Choose a folder that exists.")));
        QDir(folder.path()).mkdir(QStringLiteral("b.svg"));
        QVERIFY(chart.save(folder.filePath(QStringLiteral("b.svg"))).endsWith(QStringLiteral("it is a folder. Choose another name.")));
    }

    // Blown up from the screen, every pixel would be four of the same colour.
    void aPictureIsFinerThanTheScreen()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        viewOf(chart)->repaint(); // it keeps what it painted
        const QImage image = QImage::fromData(chart.png(), "PNG");
        const QPoint corner = viewOf(chart)->mapTo(&chart, QPoint(0, 0));
        const auto finePixels = [&](const QRect &part) { // of the view
            int fine = 0;
            for (int x = part.left(); x <= part.right(); ++x) {
                for (int y = part.top(); y <= part.bottom(); ++y) {
                    const QPoint at = 2 * (corner + QPoint(x, y) + QPoint(12, 12));
                    const QRgb colour = image.pixel(at);
                    fine += image.pixel(at + QPoint(1, 0)) != colour || image.pixel(at + QPoint(0, 1)) != colour || image.pixel(at + QPoint(1, 1)) != colour;
                }
            }
            return fine;
        };
        const QSize size = viewOf(chart)->size();
        const int figures = finePixels(QRect(4, 4, 18, size.height() / 2)); // of the axis; nothing else is painted there
        QVERIFY2(figures > 20, qPrintable(QString::number(figures)));
        const int hatches = finePixels(QRect(size.width() - 50, size.height() / 2, 20, 20)); // of what was rejected
        QVERIFY2(hatches > 100, qPrintable(QString::number(hatches)));
    }

    void thePictureLeavesTheScreenAsItWas()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        const QImage before = chart.grab().toImage();
        chart.png();
        QVERIFY(chart.grab().toImage() == before);
    }

    void thePictureHasNoFocus()
    {
        RateChart chart;
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        chart.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&chart));
        viewOf(chart)->clearFocus();
        QVERIFY(!viewOf(chart)->hasFocus());
        const QByteArray before = chart.png();
        viewOf(chart)->setFocus();
        QVERIFY(viewOf(chart)->hasFocus());
        QVERIFY(chart.png() == before);
    }

    void thePictureSaysWhenItWas()
    {
        RateChart chart;
        chart.setTitle(QStringLiteral("All traffic"));
        chart.setSeries(risingSeries(), chartNow);
        show(chart);
        const auto times = [&chart](const QImage &image) { // those below the axis
            return image.copy(0, image.height() * 92 / 100, image.width(), image.height() * 8 / 100);
        };
        const QImage live = times(QImage::fromData(chart.png(), "PNG"));
        chart.setStill(true);
        QVERIFY(times(QImage::fromData(chart.png(), "PNG")) == live);
        const QImage still = times(chart.grab().toImage());
        chart.setStill(false);
        QVERIFY(times(chart.grab().toImage()) != still);
    }

    void anEmptyChartIsAPictureToo()
    {
        RateChart chart;
        show(chart);
        QCOMPARE(read(chart.svg()).error, QString());
        QVERIFY(chartsAsSvg(*std::make_unique<QWidget>()).isEmpty());
    }
};

QTEST_MAIN(tst_ChartSvg)
#include "tst_ChartSvg.moc"
