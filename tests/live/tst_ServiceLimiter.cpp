// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/ServiceClient.h"

using namespace rateguard;
using namespace std::chrono_literals;

// What the limiter for event loops promises beyond tst_ServiceClients.
class ServiceLimiterTest : public QObject
{
    Q_OBJECT

private slots:
    void admitsExactlyTheLimitWithManyInFlight()
    {
        TestRedis redis;
        ServiceLimiter limiter(redis.url(), patient());
        int answers = 0;
        int allowed = 0;
        for (int i = 0; i < 2000; ++i) {
            limiter.check("search", "alice", 1, {100, 60s}, [&](const ServiceDecision &decision) {
                ++answers;
                allowed += decision.source == Source::Redis && decision.allowed();
            });
        }
        QTRY_COMPARE_WITH_TIMEOUT(answers, 2000, 20'000);
        QCOMPARE(allowed, 100);
        QCOMPARE(limiter.admittedWithoutRedis(), 0u);
    }

    void everyCallbackComesOnceWhateverHappens()
    {
        TestRedis redis;
        ServiceOptions options;
        options.timeout = 100ms;
        options.pause = 100ms;
        ServiceLimiter limiter(redis.url(), options);
        constexpr int calls = 3000;
        std::vector<int> came(calls);
        for (int i = 0; i < calls; ++i) {
            if (i % 600 == 300) {
                redis.crash();
                redis.start();
            }
            if (i % 100 == 0) {
                QTest::qWait(5);
            }
            limiter.check("p", "k", 1, {1'000'000, 60s}, [&came, i](const ServiceDecision &) { ++came[static_cast<std::size_t>(i)]; });
        }
        QTest::qWait(400);
        QCOMPARE(std::count(came.begin(), came.end(), 1), calls);
    }

    void aCallbackThatChecksAgainDoesNotGoRoundInCircles()
    {
        RedisUrl nowhere;
        nowhere.path = "/nonexistent/redis.sock";
        ServiceLimiter limiter(nowhere);
        int answers = 0;
        int depth = 0;
        int deepest = 0;
        std::function<void()> ask = [&] {
            limiter.check("p", "k", [&](const ServiceDecision &) {
                deepest = std::max(deepest, ++depth);
                if (++answers < 5000) {
                    ask();
                }
                --depth;
            });
        };
        ask();
        QTRY_COMPARE(answers, 5000);
        QCOMPARE(deepest, 1);
    }

    void callsBeforeTheConnectionWaitForIt()
    {
        TestRedis redis;
        ServiceLimiter limiter(redis.url(), patient());
        QVERIFY(!limiter.isReady());
        std::optional<Source> source;
        limiter.check("p", "k", 1, {5, 60s}, [&source](const ServiceDecision &decision) { source = decision.source; });
        QTRY_VERIFY(source == Source::Redis);
        QVERIFY(limiter.isReady());
    }

    // The event loop did not turn, so the answer lay there: that is no outage of Redis.
    void aBusyProcessDoesNotBlameRedis()
    {
        TestRedis redis;
        ServiceOptions options;
        options.timeout = 100ms;
        ServiceLimiter limiter(redis.url(), options);
        QTRY_VERIFY(limiter.isReady());
        std::optional<Source> source;
        limiter.check("p", "k", 1, {5, 60s}, [&source](const ServiceDecision &decision) { source = decision.source; });
        QCoreApplication::processEvents(); // it is sent
        QThread::msleep(300);
        QTRY_VERIFY(source.has_value());
        QVERIFY(source == Source::Redis);
    }

    void destructionForgetsCallsInFlight()
    {
        TestRedis redis;
        int answers = 0;
        {
            ServiceLimiter limiter(redis.url(), patient());
            QTRY_VERIFY(limiter.isReady());
            for (int i = 0; i < 100; ++i) {
                limiter.check("p", "k", 1, {5, 60s}, [&answers](const ServiceDecision &) { ++answers; });
            }
        }
        QTest::qWait(50);
        QCOMPARE(answers, 0);
    }

private:
    static ServiceOptions patient()
    {
        ServiceOptions options;
        options.timeout = 10s;
        return options;
    }
};

QTEST_GUILESS_MAIN(ServiceLimiterTest)
#include "tst_ServiceLimiter.moc"
