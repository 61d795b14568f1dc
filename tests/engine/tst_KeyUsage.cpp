// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/KeyUsage.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

class KeyUsageTest : public QObject
{
    Q_OBJECT

    const Instant t0 {1'700'000'000s};

    static Rule rule(std::uint32_t count, Duration window, Mode mode = Mode::Enforce) { return {{count, window}, mode, 3}; }

private slots:
    void admitsUpToTheLimitAndNoMore()
    {
        KeyUsage log;
        for (std::uint32_t i = 1; i <= 3; ++i) {
            const auto decision = log.decide(rule(3, 1s), t0);
            QVERIFY(decision.verdict == Verdict::Allowed);
            QCOMPARE(decision.remaining, 3 - i);
            QVERIFY(decision.retryAfter == 0ms && decision.resetAfter == 1s && decision.version == 3 && decision.window == 1s);
        }
        const auto decision = log.decide(rule(3, 1s), t0 + 400ms);
        QVERIFY(decision.verdict == Verdict::Rejected && !decision.allowed());
        QVERIFY(decision.retryAfter == 600ms && decision.resetAfter == 600ms && decision.remaining == 0);
    }

    void countsUntilAndNotIncludingTheEnd()
    {
        KeyUsage log;
        log.decide(rule(1, 1s), t0 + 999us); // the same millisecond as t0
        QVERIFY(!log.decide(rule(1, 1s), t0 + 1s - 1us).allowed());
        QVERIFY(log.decide(rule(1, 1s), t0 + 1s).allowed());
    }

    void weighsCosts()
    {
        KeyUsage log;
        QCOMPARE(log.decide(rule(10, 1s), t0, 4).remaining, 6u);
        QCOMPARE(log.decide(rule(10, 1s), t0 + 100ms, 5).remaining, 1u);
        const auto two = log.decide(rule(10, 1s), t0 + 200ms, 2);
        QVERIFY(!two.allowed() && two.remaining == 1 && two.retryAfter == 800ms);
        const auto seven = log.decide(rule(10, 1s), t0 + 200ms, 7);
        QVERIFY(seven.retryAfter == 900ms);
        QVERIFY(log.decide(rule(10, 1s), t0 + 200ms, 1).allowed());
    }

    void neverAdmitsACostAboveTheLimit()
    {
        KeyUsage log;
        const auto decision = log.decide(rule(10, 1s), t0, 11);
        QVERIFY(!decision.allowed() && !decision.retryAfter && decision.remaining == 10);
        QCOMPARE(log.size(), std::size_t {0});
    }

    void shadowAdmitsAllButCountsOnlyWhatFits()
    {
        KeyUsage log;
        const auto shadow = rule(1, 1s, Mode::Shadow);
        QVERIFY(log.decide(shadow, t0).verdict == Verdict::Allowed);
        const auto decision = log.decide(shadow, t0 + 1ms);
        QVERIFY(decision.verdict == Verdict::WouldReject && decision.allowed() && decision.retryAfter == 999ms);
        QCOMPARE(log.size(), std::size_t {1});
    }

    void offAdmitsAllAndCountsNothing()
    {
        KeyUsage log;
        const auto decision = log.decide(rule(2, 1s, Mode::Off), t0, 50);
        QVERIFY(decision.verdict == Verdict::Allowed && decision.remaining == 2 && decision.resetAfter == 0ms);
        QCOMPARE(log.size(), std::size_t {0});
    }

    void aLoweredLimitActsAtOnce()
    {
        KeyUsage log;
        for (auto i = 0ms; i < 10ms; ++i) {
            log.decide(rule(10, 1s), t0 + i);
        }
        QVERIFY(log.decide(rule(3, 1s), t0 + 10ms).retryAfter == 997ms); // the third youngest was made at 7 ms
        QVERIFY(log.decide(rule(11, 1s), t0 + 10ms).allowed());
    }

    void aLongerWindowCountsWhatIsStillKnown()
    {
        KeyUsage log;
        log.decide(rule(5, 1s), t0);
        log.decide(rule(5, 1s), t0 + 900ms);
        log.decide(rule(5, 1s), t0 + 1500ms); // lets the first go
        const auto decision = log.decide(rule(5, 1min), t0 + 2s);
        QVERIFY(decision.remaining == 2 && decision.resetAfter == 1min - 1100ms);
        KeyUsage over;
        over.decide(rule(5, 1s), t0);
        QVERIFY(over.decide(rule(5, 1min), t0 + 1s).remaining == 3);
        over = KeyUsage();
        over.decide(rule(5, 1s), t0);
        QVERIFY(over.decide(rule(5, 1min), t0 + 2001ms).remaining == 4); // Redis let the whole log go
    }

    void isTooStrictAfterAClockStepBack()
    {
        KeyUsage log;
        log.decide(rule(1, 1s), t0);
        const auto decision = log.decide(rule(1, 1s), t0 - 1h);
        QVERIFY(!decision.allowed() && decision.retryAfter == 1h + 1s);
        QVERIFY(log.decide(rule(1, 1s), t0 - 24h - 1s).allowed()); // beyond a day, the entry is forgotten
    }

    void theLongestWindowsAreExactToo()
    {
        const auto longest = rule(2, Limit::maxWindow);
        KeyUsage log;
        log.decide(longest, t0);
        log.decide(longest, t0 + Limit::maxWindow - 1h);
        const auto now = t0 + 2 * Limit::maxWindow - 2h; // the first entry is far beyond 2^31 ms old
        QVERIFY(log.decide(longest, now).allowed());
        QVERIFY(log.decide(longest, now).retryAfter == 1h);
    }

    void isIdleTwoWindowsAfterTheOldestEntry()
    {
        KeyUsage log;
        QVERIFY(log.isIdle(t0));
        log.decide(rule(1, 1s), t0);
        QVERIFY(!log.isIdle(t0 + 2s));
        QVERIFY(log.isIdle(t0 + 2001ms));
    }

    void growsToWhatIsUsedAndShrinksAgain()
    {
        SlidingLog log;
        const auto admit = [&](std::int64_t ms, std::uint32_t cost) { log.decide({Limit::maxCount, 1s}, {1000}, ms, cost); };
        admit(0, 1);
        QCOMPARE(log.capacity(), std::size_t {4});
        for (int i = 0; i < 10; ++i) {
            admit(0, KeyUsage::maxCost);
        }
        QCOMPARE(log.size(), std::size_t {900'001});
        for (std::int64_t i = 1; i <= 20; ++i) {
            admit(i * 1000, 1);
        }
        QCOMPARE(log.size(), std::size_t {1});
        QVERIFY(log.capacity() <= 64);
    }
};

QTEST_APPLESS_MAIN(KeyUsageTest)
#include "tst_KeyUsage.moc"
