// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/LongHistory.h"

#include <QTest>

#include "engine/Dice.h"

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t s0 = 1'700'000'040; // a whole minute
const Instant t0 {std::chrono::seconds(s0)};

Counts sumOf(const std::vector<SecondCounts> &slices)
{
    Counts sum;
    for (const auto &slice : slices) {
        sum += {slice.allowed, slice.rejected, slice.wouldReject, slice.unchecked};
    }
    return sum;
}

std::vector<SecondCounts> gaps(std::size_t count, std::chrono::seconds step)
{
    std::vector<SecondCounts> slices(count);
    for (std::size_t i = 0; i < count; ++i) {
        slices[i].second = s0 + static_cast<std::int64_t>(i) * step.count();
        slices[i].gap = true;
    }
    return slices;
}

const std::vector<MinuteCounts> minutes {{std::chrono::minutes(s0 / 60), 65, 7, 1, 600}, {std::chrono::minutes(s0 / 60 + 1), 5, 0, 0, 0}};

} // namespace

class LongHistoryTest : public QObject
{
    Q_OBJECT

private slots:
    void givesAtMostSixHundredSlicesForEverySpan_data()
    {
        QTest::addColumn<int>("span");
        QTest::addColumn<int>("step");
        QTest::addColumn<int>("count");
        QTest::newRow("30 s") << 30 << 1 << 30;
        QTest::newRow("10 min") << 600 << 1 << 600;
        QTest::newRow("30 min") << 1800 << 10 << 180;
        QTest::newRow("1 h") << 3600 << 10 << 360;
        QTest::newRow("6 h") << 21600 << 60 << 360;
    }
    void givesAtMostSixHundredSlicesForEverySpan()
    {
        QFETCH(int, span);
        QFETCH(int, step);
        QFETCH(int, count);
        const auto slices = LongHistory().series(std::chrono::seconds(span), t0 + 7s);
        QCOMPARE(static_cast<int>(slices.size()), count);
        QCOMPARE(static_cast<int>(slices[1].second - slices[0].second), step);
        QCOMPARE(slices.back().second, s0 / step * step + 7 / step * step - step);
    }

    void everyResolutionHasTheSameSum()
    {
        Dice dice(seedOfTheDay());
        LongHistory history;
        Counts sum;
        for (int i = 0; i < 20'000; ++i) {
            const auto at = t0 - std::chrono::milliseconds(1 + dice(0, 500'000));
            const auto verdict = static_cast<Verdict>(dice(0, 2));
            history.record(at, verdict);
            ++(verdict == Verdict::Allowed ? sum.allowed : verdict == Verdict::Rejected ? sum.rejected : sum.wouldReject);
            const auto unchecked = static_cast<std::uint32_t>(dice(1, 9));
            history.recordUnchecked(at, unchecked);
            sum.unchecked += unchecked;
        }
        for (const auto span : {600s, 3600s, 21600s}) {
            QVERIFY(sumOf(history.series(span, t0)) == sum);
        }
    }

    void aGapIsKnownInEveryResolution()
    {
        LongHistory history;
        history.gap(t0 - 100s, t0 - 95s, GapCause::NoAnswer);
        for (const auto span : {600s, 3600s, 21600s}) {
            const auto slices = history.series(span, t0);
            const auto gap = std::find_if(slices.begin(), slices.end(), [](const SecondCounts &it) { return it.gap; });
            QVERIFY(gap != slices.end());
            QVERIFY(gap->cause == GapCause::NoAnswer);
            QVERIFY(!slices.back().gap);
        }
    }

    void beginsWithWhatAShortHistoryKnows()
    {
        TrafficHistory seconds(120);
        seconds.record(t0 - 119s, Verdict::Allowed, 5);
        seconds.record(t0 - 1s, Verdict::Rejected, 7);
        seconds.record(t0, Verdict::WouldReject, 9); // in the second that runs
        LongHistory history;
        history.seed(seconds, t0 + 100ms);
        QVERIFY(sumOf(history.series(600s, t0 + 1s)) == (Counts {5, 7, 9}));
        const auto slices = history.series(600s, t0);
        QVERIFY(slices[0].gap && slices[0].cause == GapCause::NotWatching);
        QVERIFY(slices[478].gap);
        QVERIFY(!slices[481].gap);
        QVERIFY(!slices.back().gap);
    }

    void minutesFillWhatWasNotHeard()
    {
        auto slices = gaps(6, 10s);
        slices[2] = {s0 + 20, 3, 0, 0};
        fillFromMinutes(slices, 10s, minutes);
        QVERIFY(slices[2] == (SecondCounts {s0 + 20, 3, 0, 0}));
        QCOMPARE(slices[0].allowed, 10u);
        QCOMPARE(slices[5].allowed, 11u);
        QCOMPARE(slices[5].unchecked, 100u);
        QVERIFY(slices[0].byMinute && !slices[0].gap);
        QVERIFY(!slices[2].byMinute);
    }

    void sixthsOfAMinuteAreTheMinute()
    {
        auto slices = gaps(6, 10s);
        fillFromMinutes(slices, 10s, minutes);
        QVERIFY(sumOf(slices) == (Counts {65, 7, 1, 600}));
        auto whole = gaps(1, 60s);
        fillFromMinutes(whole, 60s, minutes);
        QVERIFY(sumOf(whole) == (Counts {65, 7, 1, 600}));
    }

    void aMinuteThatNobodyKnowsStaysAGap()
    {
        auto slices = gaps(3, 60s);
        fillFromMinutes(slices, 60s, minutes);
        QVERIFY(!slices[0].gap && !slices[1].gap);
        QVERIFY(slices[2].gap);
    }

    void aMinuteThatIsMissingStaysAGap()
    {
        const std::chrono::minutes first(s0 / 60);
        auto slices = gaps(3, 60s);
        fillFromMinutes(slices, 60s, {{first, 65, 0, 0, 0}, {first + 2min, 7, 0, 0, 0}, {first + 3min, 1, 0, 0, 0}});
        QCOMPARE(slices[0].allowed, 65u);
        QVERIFY(slices[1].gap);
        QCOMPARE(slices[2].allowed, 7u);
    }

    void secondsAreNeverMadeUp()
    {
        auto slices = gaps(60, 1s);
        fillFromMinutes(slices, 1s, minutes);
        QVERIFY(std::all_of(slices.begin(), slices.end(), [](const SecondCounts &it) { return it.gap && !it.byMinute; }));
        fillFromMinutes(slices, 10s, {});
        QVERIFY(slices[0].gap);
    }
};

QTEST_APPLESS_MAIN(LongHistoryTest)
#include "tst_LongHistory.moc"
