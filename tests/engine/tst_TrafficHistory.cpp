// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/TrafficHistory.h"

#include <QTest>

#include "engine/Dice.h"

#include <map>

using namespace rateguard;
using namespace std::chrono_literals;

class TrafficHistoryTest : public QObject
{
    Q_OBJECT

    static constexpr std::int64_t s0 = 1'700'000'000;
    const Instant t0 {std::chrono::seconds(s0)};

private slots:
    void showsEverySecondEvenWithoutEvents()
    {
        const TrafficHistory history(5);
        const auto seconds = history.last(5, t0 + 300ms);
        QCOMPARE(seconds.size(), std::size_t {5});
        for (std::size_t i = 0; i < 5; ++i) {
            QVERIFY(seconds[i] == (SecondCounts {s0 - 5 + static_cast<std::int64_t>(i)}));
        }
    }

    void leavesOutTheSecondThatRuns()
    {
        TrafficHistory history(5);
        history.record(t0 + 10ms, Verdict::Allowed);
        QVERIFY(history.last(1, t0 + 999ms).back() == (SecondCounts {s0 - 1}));
        QVERIFY(history.last(1, t0 + 1s).back() == (SecondCounts {s0, 1}));
    }

    void givesNoMoreThanItHolds() { QCOMPARE(TrafficHistory(5).last(1000, t0).size(), std::size_t {5}); }

    void keepsVerdictsApart()
    {
        TrafficHistory history;
        history.record(t0, Verdict::Allowed);
        history.record(t0, Verdict::Rejected);
        history.record(t0, Verdict::Rejected);
        history.record(t0, Verdict::WouldReject);
        QVERIFY(history.last(1, t0 + 1s).front() == (SecondCounts {s0, 1, 2, 1}));
    }

    void countsLateEventsInTheirSecond()
    {
        TrafficHistory history(5);
        history.record(t0 + 4s, Verdict::Allowed);
        history.record(t0, Verdict::Allowed);
        QVERIFY(history.last(5, t0 + 5s).front() == (SecondCounts {s0, 1}));
    }

    void dropsEventsOlderThanTheRing()
    {
        TrafficHistory history(5);
        history.record(t0 + 7s, Verdict::Allowed);
        history.record(t0, Verdict::Rejected); // the place of t0 + 7 s
        QVERIFY(history.last(1, t0 + 8s).front() == (SecondCounts {s0 + 7, 1}));
    }

    void marksEverySecondThatAGapTouches()
    {
        TrafficHistory history(10);
        history.record(t0 + 2s, Verdict::Allowed);
        history.gap(t0 + 1500ms, t0 + 4s);
        const auto seconds = history.last(6, t0 + 6s);
        const bool expected[] = {false, true, true, true, false, false};
        for (std::size_t i = 0; i < 6; ++i) {
            QCOMPARE(seconds[i].gap, expected[i]);
        }
        QCOMPARE(seconds[2].allowed, 1u);
    }

    void takesGapsLongerThanTheRing()
    {
        TrafficHistory history(5);
        history.gap(t0 - 24h, t0);
        history.gap(t0 + 1s, t0); // turned around: nothing
        const auto seconds = history.last(5, t0);
        QVERIFY(std::all_of(seconds.begin(), seconds.end(), [](const SecondCounts &s) { return s.gap; }));
        QVERIFY(!history.last(1, t0 + 2s).front().gap);
    }

    void forgetsGapsAfterARound()
    {
        TrafficHistory history(5);
        history.gap(t0, t0 + 5s);
        for (const auto &second : history.last(5, t0 + 12s)) {
            QVERIFY(!second.gap);
        }
    }

    void remembersTheFirstReasonOfAGap()
    {
        TrafficHistory history(10);
        history.gap(t0, t0 + 2s, GapCause::NoAnswer);
        history.gap(t0, t0 + 4s, GapCause::Disconnected);
        const auto seconds = history.last(4, t0 + 4s);
        QVERIFY(seconds[1].cause == GapCause::NoAnswer);
        QVERIFY(seconds[2].cause == GapCause::Disconnected);
    }

    void countsInLongerSlicesThatBeginAtWholeMultiples()
    {
        TrafficHistory history(6, 10s);
        history.record(t0, Verdict::Allowed, 7);
        history.record(t0 + 9999ms, Verdict::Rejected);
        history.record(t0 + 10s, Verdict::Rejected);
        QVERIFY(history.last(1, t0 + 19s).front() == (SecondCounts {s0, 7, 1}));
        QVERIFY(history.last(1, t0 + 20s).front() == (SecondCounts {s0 + 10, 0, 1}));
        QCOMPARE(history.last(100, t0).size(), std::size_t {6});
    }

    void countsStopAndDoNotWrap()
    {
        TrafficHistory history(5);
        for (const auto verdict : {Verdict::Allowed, Verdict::Rejected, Verdict::WouldReject}) {
            history.record(t0, verdict, UINT32_MAX);
            history.record(t0, verdict, UINT32_MAX);
        }
        const auto second = history.last(1, t0 + 1s).front();
        QVERIFY(second.allowed > 500'000'000 && second.allowed == second.rejected && second.rejected == second.wouldReject);
    }

    void tellsOfTheSecondThatRunsWhenAskedForEverything()
    {
        TrafficHistory history(5);
        history.record(t0, Verdict::Allowed, 3);
        const auto seconds = history.everything(t0 + 300ms);
        QVERIFY(std::find(seconds.begin(), seconds.end(), SecondCounts {s0, 3}) != seconds.end());
    }

    void isNotPoisonedByStampsThatLie()
    {
        TrafficHistory history(5);
        for (auto i = 0s; i < 20s; ++i) {
            history.record(t0 + 1h + i, Verdict::Rejected);
        }
        history.record(Instant::max(), Verdict::Rejected);
        history.record(Instant::min(), Verdict::Rejected);
        for (auto i = 0s; i < 5s; ++i) {
            history.record(t0 + i, Verdict::Allowed);
        }
        const auto seconds = history.last(5, t0 + 5s);
        for (std::size_t i = 0; i < 5; ++i) {
            QVERIFY(seconds[i] == (SecondCounts {s0 + static_cast<std::int64_t>(i), 1}));
        }
    }

    void agreesWithAMapOfSeconds()
    {
        Dice dice(seedOfTheDay());
        for (int round = 0; round < 50; ++round) {
            const auto size = dice(1, 130);
            TrafficHistory history(static_cast<std::size_t>(size));
            std::map<std::int64_t, SecondCounts> model;
            auto now = s0;
            for (int step = 0; step < 2000; ++step) {
                now += dice.oneIn(50) ? dice(0, 2 * size) : dice(0, 1);
                const auto second = now - dice(0, size);
                const auto verdict = static_cast<Verdict>(dice(0, 2));
                history.record(Instant(std::chrono::seconds(now)), verdict); // the present first: it frees old places
                auto &present = model[now];
                auto &late = model[second];
                for (auto *counts : {&present, &late}) {
                    ++(verdict == Verdict::Allowed ? counts->allowed : verdict == Verdict::Rejected ? counts->rejected : counts->wouldReject);
                }
                history.record(Instant(std::chrono::seconds(second) + std::chrono::microseconds(dice(0, 999'999))), verdict);
                const auto seconds = history.last(static_cast<std::size_t>(size), Instant(std::chrono::seconds(now)));
                QCOMPARE(static_cast<std::int64_t>(seconds.size()), size);
                for (const auto &shown : seconds) {
                    auto expected = model[shown.second];
                    expected.second = shown.second;
                    QVERIFY(shown == expected);
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(TrafficHistoryTest)
#include "tst_TrafficHistory.moc"
