// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/PlotMarks.h"
#include "charts/SliceWords.h"
#include "charts/TimeLabels.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

RateSeries seconds(std::initializer_list<const char *> kinds) // "heard", "gone", "mute", "minute"
{
    RateSeries series;
    series.now = Instant(1000s);
    series.span = 30s;
    std::int64_t second = 1000 - static_cast<std::int64_t>(kinds.size());
    for (const char *kind : kinds) {
        SecondCounts slice;
        slice.second = second++;
        slice.allowed = 10;
        slice.gap = kind[0] == 'g' || qstrcmp(kind, "mute") == 0;
        slice.cause = kind[0] == 'g' ? GapCause::Disconnected : GapCause::NoAnswer;
        slice.byMinute = qstrcmp(kind, "minute") == 0;
        series.slices.push_back(slice);
    }
    return series;
}

QStringList texts(const std::vector<TimeLabel> &labels)
{
    QStringList all;
    for (const TimeLabel &label : labels)
        all << label.text;
    return all;
}

} // namespace

class tst_RateSeries : public QObject
{
    Q_OBJECT

private slots:
    void aGapReachesFromItsBeginningToWhatIsHeardNext()
    {
        const auto gaps = seconds({"heard", "heard", "gone", "gone", "heard"}).gaps();
        QCOMPARE(gaps.size(), std::size_t {1});
        QCOMPARE(gaps[0].from, -3.0);
        QCOMPARE(gaps[0].to, -1.0);
        QVERIFY(gaps[0].cause == GapCause::Disconnected);
    }

    void aGapThatGoesOnReachesNow()
    {
        RateSeries series = seconds({"heard", "gone", "gone"});
        series.now += 1s; // the slice that runs is not known yet
        QCOMPARE(series.gaps().at(0).to, 0.0);
    }

    void anotherCauseIsAnotherGap()
    {
        const auto gaps = seconds({"heard", "mute", "gone", "gone", "heard"}).gaps();
        QCOMPARE(gaps.size(), std::size_t {2});
        QVERIFY(gaps[0].cause == GapCause::NoAnswer);
        QCOMPARE(gaps[0].to, gaps[1].from);
    }

    void whatIsNotKnownReachesBackToTheBeginning()
    {
        QCOMPARE(seconds({"gone", "heard"}).gaps().at(0).from, -30.0);
    }

    void curvesReachToWhereTheyEnd()
    {
        std::vector<double> places;
        for (const auto &[place, index] : seconds({"heard", "heard", "gone", "heard"}).points())
            places.push_back(place);
        QVERIFY((places == std::vector<double> {-4, -3, -2, -1, 0})); // up to the gap, and up to now
    }

    void averagesAreOneStretch()
    {
        const auto stretches = seconds({"heard", "minute", "minute", "heard"}).averages();
        QCOMPARE(stretches.size(), std::size_t {1});
        QCOMPARE(stretches[0].from, -3.0);
        QCOMPARE(stretches[0].to, -1.0);
    }

    void aZoomShowsItsPieceOnly()
    {
        RateSeries series = seconds({"heard", "heard", "heard", "heard", "heard"});
        series.zoom = TimePiece {Instant(996s), Instant(998s)};
        QCOMPARE(series.shown().size(), std::size_t {2}); // those that begin at 996 and 997
        QCOMPARE(series.left(), -4.0);
        QCOMPARE(series.indexAt(Instant(1000s)), std::int64_t {2});
        QCOMPARE(series.points().size(), std::size_t {3}); // the curves go on to the edge
    }

    void theSliceThatStandsClosestIsRead()
    {
        const RateSeries series = seconds({"heard", "heard", "heard"});
        QCOMPARE(series.indexAt(Instant(997s) + 400ms), std::int64_t {0});
        QCOMPARE(series.indexAt(Instant(997s) + 600ms), std::int64_t {1});
        QCOMPARE(series.indexAt(Instant(1000s)), std::int64_t {2});
        QCOMPARE(RateSeries().indexAt({}), std::int64_t {-1});
    }

    void labelsFitTheSpan_data()
    {
        QTest::addColumn<int>("span");
        QTest::addColumn<QString>("labels");
        QTest::newRow("30 s") << 30 << QStringLiteral("−30 s|−20 s|−10 s|now");
        QTest::newRow("2 min") << 120 << QStringLiteral("−2 min|−90 s|−60 s|−30 s|now");
        QTest::newRow("5 min") << 300 << QStringLiteral("−5 min|−4 min|−3 min|−2 min|−1 min|now");
        QTest::newRow("10 min") << 600 << QStringLiteral("−10 min|−8 min|−6 min|−4 min|−2 min|now");
        QTest::newRow("1 h") << 3600 << QStringLiteral("−1 h|−45 min|−30 min|−15 min|now");
        QTest::newRow("6 h") << 21600 << QStringLiteral("−6 h|−5 h|−4 h|−3 h|−2 h|−1 h|now");
    }
    void labelsFitTheSpan()
    {
        QFETCH(int, span);
        RateSeries series;
        series.span = std::chrono::seconds(span);
        QTEST(texts(timeLabels(series, 400, QFont())).join(QLatin1Char('|')), "labels");
    }

    void labelsAreCompleteAndApart_data()
    {
        QTest::addColumn<int>("span");
        QTest::addColumn<int>("width");
        for (const int span : {30, 60, 120, 300, 600, 1800, 3600, 7200, 21600}) {
            for (const int width : {260, 500, 640, 1200, 1900})
                QTest::addRow("%d s, %d pixels", span, width) << span << width;
        }
    }
    void labelsAreCompleteAndApart()
    {
        QFETCH(int, span);
        QFETCH(int, width);
        RateSeries series;
        series.now = Instant(1'700'000'040s);
        series.span = std::chrono::seconds(span);
        const RateColours colours = RateColours::of(QPalette());
        const PlotMarks marks(series, QRectF(36, 4, width - 52, 150), colours, QFont());
        for (const char *axis : {"live", "later", "zoomed"}) {
            const bool zoomed = axis[0] == 'z';
            if (zoomed)
                series.zoom = TimePiece {series.now - std::chrono::milliseconds(span * 770), series.now - std::chrono::milliseconds(span * 130)};
            const std::vector<TimeLabel> labels = timeLabels(series, width - 52, QFont(), qstrcmp(axis, "later") == 0);
            const std::vector<QRectF> boxes = marks.boxesOf(labels, width);
            QVERIFY(labels.size() >= (width < 500 && zoomed ? 1u : 2u));
            QVERIFY(zoomed || labels.front().place == -span);
            for (std::size_t i = 0; i < labels.size(); ++i) {
                QVERIFY2(boxes[i].left() >= 0 && boxes[i].right() <= width, qPrintable(labels[i].text));
                QVERIFY2(i == 0 || boxes[i].left() >= boxes[i - 1].right() + 5, qPrintable(labels[i].text));
                QVERIFY2(i < 2 || labels[i].place - labels[i - 1].place == labels[1].place - labels[0].place, qPrintable(labels[i].text));
            }
        }
    }

    void longSpansSayTheTimeOfDayToo()
    {
        RateSeries series;
        series.now = Instant(1'700'000'040s);
        series.span = 3h;
        const QString label = texts(timeLabels(series, 800, QFont())).at(1);
        QCOMPARE(label, QStringLiteral("−2 h · ") + clockTime(series.now - 2h).left(5));
    }

    void whatIsLookedAtLaterSaysWhenItWas()
    {
        RateSeries series;
        series.now = Instant(1'700'000'051s + 300ms);
        const std::vector<TimeLabel> live = timeLabels(series, 800, QFont());
        const std::vector<TimeLabel> later = timeLabels(series, 800, QFont(), true);
        QCOMPARE(texts(later).back(), clockTime(series.now));
        QCOMPARE(texts(later).front(), clockTime(series.now - 2min));
        QVERIFY(later.size() == live.size() && later[1].place == live[1].place); // nothing moves
        QVERIFY(summary(series, true).endsWith(QStringLiteral(" Shown: %1 to %2.").arg(clockTime(series.now - 2min), clockTime(series.now))));
        series.zoom = TimePiece {series.now - 63s, series.now - 21s};
        QVERIFY(timeLabels(series, 800, QFont(), true) == timeLabels(series, 800, QFont()));
    }

    void labelsAreFewWhereThereIsLittleRoom()
    {
        RateSeries series;
        series.span = 5min;
        QVERIFY(timeLabels(series, 150, QFont()).size() <= 4);
    }

    void aZoomSaysTheTimeOfDayAtRoundSeconds()
    {
        RateSeries series;
        series.now = Instant(1'700'000'040s);
        series.zoom = TimePiece {series.now - 63s, series.now - 21s};
        const QStringList labels = texts(timeLabels(series, 500, QFont()));
        QVERIFY(labels.size() >= 3);
        QCOMPARE(labels[0], clockTime(series.now - 60s));
        QCOMPARE(QSet<QString>(labels.begin(), labels.end()).size(), labels.size());
    }

    void figuresLeaveGapsOut()
    {
        RateSeries series = seconds({"heard", "gone", "heard"});
        series.slices[1].allowed = 1'000'000;
        series.slices[2].allowed = 30;
        const auto figures = figuresOf(series, TrafficKind::Allowed);
        QCOMPARE(figures->last, 30.0);
        QCOMPARE(figures->least, 10.0);
        QCOMPARE(figures->most, 30.0);
        QCOMPARE(figures->mean, 20.0);
        QVERIFY(!figuresOf(RateSeries(), TrafficKind::Allowed));
    }

    void theSummarySaysWhichWayRejectionsGo()
    {
        RateSeries series = seconds({"heard", "heard", "heard", "heard", "heard", "heard", "heard", "heard", "heard", "heard"});
        for (std::size_t i = 0; i < series.slices.size(); ++i)
            series.slices[i].rejected = i < 5 ? 3 : 12;
        QCOMPARE(summary(series), QStringLiteral("Rejected 12.0/s, up from 3.0/s. Allowed 10.0/s. Shown: the last 30 s."));
        for (std::size_t i = 0; i < series.slices.size(); ++i)
            series.slices[i].rejected = i < 5 ? 12 : 3;
        QCOMPARE(summary(series), QStringLiteral("Rejected 3.0/s, down from 12.0/s. Allowed 10.0/s. Shown: the last 30 s."));
        QCOMPARE(summary(RateSeries()), QStringLiteral("Nothing was heard in this time. Shown: the last 2 min."));
    }
};

QTEST_MAIN(tst_RateSeries)
#include "tst_RateSeries.moc"
