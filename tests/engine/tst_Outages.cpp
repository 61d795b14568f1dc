// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/Outages.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

class OutagesTest : public QObject
{
    Q_OBJECT

private slots:
    void theBreakerOpensAfterThreeFailuresInARow()
    {
        Breaker breaker(1s);
        breaker.failed(t0);
        breaker.failed(t0);
        breaker.answered();
        breaker.failed(t0);
        breaker.failed(t0);
        QVERIFY(breaker.allows(t0));
        breaker.failed(t0);
        QVERIFY(!breaker.allows(t0));
    }

    void anOpenBreakerLetsOneTryEachPause()
    {
        Breaker breaker = opened();
        QVERIFY(!breaker.allows(t0 + 999ms));
        QVERIFY(breaker.allows(t0 + 1s));
        QVERIFY(!breaker.allows(t0 + 1s));
        breaker.failed(t0 + 1100ms);
        QVERIFY(!breaker.allows(t0 + 2099ms));
        QVERIFY(breaker.allows(t0 + 2100ms));
    }

    void anAnswerClosesTheBreaker()
    {
        Breaker breaker = opened();
        QVERIFY(breaker.allows(t0 + 1s));
        breaker.answered();
        QVERIFY(breaker.allows(t0 + 1s));
        breaker.failed(t0 + 1s); // and it takes three again
        QVERIFY(breaker.allows(t0 + 1s));
    }

    void theMeterTellsEachRequestOnce()
    {
        UncheckedMeter meter(1s);
        meter.count("a");
        meter.count("a");
        meter.count("b");
        QCOMPARE(meter.take("a", t0), (PolicyCounts {{"a", 2}, {"b", 1}}));
        QCOMPARE(meter.take("a", t0 + 5s), PolicyCounts());
        QCOMPARE(meter.totals(), (PolicyCounts {{"a", 2}, {"b", 1}}));
    }

    void theMeterReportsOnceEachPause()
    {
        UncheckedMeter meter(1s);
        meter.count("a");
        QVERIFY(!meter.take("a", t0).empty());
        meter.count("a");
        QVERIFY(meter.take("a", t0 + 999ms).empty());
        QVERIFY(!meter.take("a", t0 + 1s).empty());
    }

    void whatRedisRefusedWaitsForThatPolicy()
    {
        UncheckedMeter meter(1s);
        meter.refused("b", 3);
        QVERIFY(meter.take("a", t0).empty());
        QCOMPARE(meter.take("b", t0), (PolicyCounts {{"b", 3}}));
        meter.putBack("b", 3);
        QCOMPARE(meter.take("a", t0 + 1s), (PolicyCounts {{"b", 3}}));
    }

    void aLateAdmissionIsNotReported_data()
    {
        QTest::addColumn<bool>("lateFirst"); // the answer comes before the failure mode has decided
        QTest::newRow("after the decision") << false;
        QTest::newRow("before the decision") << true;
    }

    void aLateAdmissionIsNotReported()
    {
        QFETCH(bool, lateFirst);
        Outages outages(FailureMode::Open, 1s, 10);
        const auto overdue = std::make_shared<Outages::Overdue>(Outages::Overdue {"a"});
        if (lateFirst) {
            outages.cameLate(*overdue, true);
        }
        outages.decide("a", "k", 1, {}, t0, "late", overdue);
        if (!lateFirst) {
            outages.cameLate(*overdue, true);
        }
        QVERIFY(outages.takeReport("a", t0).empty());
        QCOMPARE(outages.admitted(), 1u);
    }

    void aLateRejectionWasLetInAllTheSame()
    {
        Outages outages(FailureMode::Open, 1s, 10);
        const auto overdue = std::make_shared<Outages::Overdue>(Outages::Overdue {"a"});
        outages.decide("a", "k", 1, {}, t0, "late", overdue);
        outages.cameLate(*overdue, false);
        QCOMPARE(outages.takeReport("a", t0), (PolicyCounts {{"a", 1}}));
    }

    void theLocalLimiterIsExactAndSlides()
    {
        Outages outages(FailureMode::Local, 1s, 10);
        const auto ask = [&](Instant now) { return outages.decide("a", "k", 1, {2, 10s}, now, "away"); };
        QVERIFY(ask(t0).allowed() && ask(t0 + 4s).allowed());
        const auto rejected = ask(t0 + 5s);
        QVERIFY(!rejected.allowed() && rejected.source == Source::Local && *rejected.retryAfter == 5s);
        QVERIFY(ask(t0 + 10s).allowed());
        QCOMPARE(outages.admitted(), 3u);
    }

    void theLocalLimiterTakesANewDefault()
    {
        Outages outages(FailureMode::Local, 1s, 10);
        QVERIFY(outages.decide("a", "k", 1, {1, 10s}, t0, "away").allowed());
        QVERIFY(!outages.decide("a", "k", 1, {1, 10s}, t0, "away").allowed());
        QVERIFY(outages.decide("a", "k", 1, {2, 10s}, t0, "away").allowed());
    }

    void withoutADefaultTheLocalLimiterAdmits()
    {
        Outages outages(FailureMode::Local, 1s, 10);
        const auto decision = outages.decide("a", "k", 1, {}, t0, "away");
        QVERIFY(decision.allowed() && decision.source == Source::Open);
    }

private:
    static Breaker opened()
    {
        Breaker breaker(1s);
        for (int i = 0; i < Breaker::threshold; ++i) {
            breaker.failed(t0);
        }
        return breaker;
    }

    static constexpr Instant t0 {1'764'000'000s};
};

QTEST_APPLESS_MAIN(OutagesTest)
#include "tst_Outages.moc"
