// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/Breaker.h"
#include "support/ServiceClient.h"

using namespace rateguard;
using namespace std::chrono_literals;

// What becomes of requests without an answer, with BlockingLimiter and ServiceLimiter alike.
class ServiceOutagesTest : public QObject
{
    Q_OBJECT

private slots:
    void withoutRedisTheFailureModeDecides_data()
    {
        QTest::addColumn<bool>("blocking");
        QTest::addColumn<FailureMode>("mode");
        QTest::addColumn<Source>("source");
        QTest::addColumn<int>("admitted");
        for (const bool blocking : {true, false}) {
            const std::string name = blocking ? "blocking" : "asynchronous";
            QTest::newRow((name + ", open").c_str()) << blocking << FailureMode::Open << Source::Open << 10;
            QTest::newRow((name + ", closed").c_str()) << blocking << FailureMode::Closed << Source::Closed << 0;
            QTest::newRow((name + ", local").c_str()) << blocking << FailureMode::Local << Source::Local << 3;
        }
    }

    void withoutRedisTheFailureModeDecides()
    {
        QFETCH(bool, blocking);
        QFETCH(FailureMode, mode);
        QFETCH(Source, source);
        QFETCH(int, admitted);
        auto options = quick;
        options.onFailure = mode;
        ServiceClient client(blocking, nowhere(), options);
        int allowed = 0;
        for (int i = 0; i < 10; ++i) {
            const auto decision = client.check("p", "k", 1, {3, 60s});
            QVERIFY(decision.source == source && !decision.error.empty());
            QCOMPARE(decision.limit, 3u);
            QVERIFY(decision.allowed() ? *decision.retryAfter == 0ms : *decision.retryAfter > 0ms);
            allowed += decision.allowed();
        }
        QCOMPARE(allowed, admitted);
        QCOMPARE(client.admitted(), static_cast<std::uint64_t>(admitted));
        QCOMPARE(client.rejected(), static_cast<std::uint64_t>(10 - admitted));
    }

    void aClosedLimiterSaysWhenToComeBack_data() { kinds(); }
    void aClosedLimiterSaysWhenToComeBack()
    {
        auto options = quick;
        options.onFailure = FailureMode::Closed;
        ServiceClient client(isBlocking(), nowhere(), options);
        QVERIFY(*client.check("p", "k").retryAfter == options.pause);
    }

    void aStoppedServerCostsTheTimeoutAndNoMore_data() { kinds(); }
    void aStoppedServerCostsTheTimeoutAndNoMore()
    {
        TestRedis redis;
        ServiceClient client(isBlocking(), redis.url(), quick);
        QVERIFY(client.check("p", "k", 1, {3, 60s}).source == Source::Redis);
        const Stopped stopped(redis);
        QElapsedTimer clock;
        clock.start();
        QVERIFY(client.check("p", "k", 1, {3, 60s}).source == Source::Open);
        QVERIFY2(clock.elapsed() >= quick.timeout.count() && clock.elapsed() < 5 * quick.timeout.count(), qPrintable(QString::number(clock.elapsed())));
    }

    void aLateAnswerIsDroppedAndStandsInTheHistoryOnce_data() { kinds(); }
    void aLateAnswerIsDroppedAndStandsInTheHistoryOnce()
    {
        TestRedis redis;
        ServiceClient client(isBlocking(), redis.url(), quick);
        QCOMPARE(client.check("p", "k", 1, {9, 60s}).remaining, 8u);
        {
            const Stopped stopped(redis);
            QVERIFY(client.check("p", "k", 1, {9, 60s}).source == Source::Open);
        }
        const auto next = client.check("p", "k", 1, {9, 60s});
        QVERIFY(next.source == Source::Redis);
        QCOMPARE(next.remaining, 6u); // the late one was counted, once
        QCOMPARE(client.check("p", "k", 1, {9, 60s}).remaining, 5u);
        QCOMPARE(client.admitted(), 1u);
        // Redis has it among the allowed ones; a report on top would count it twice.
        QTRY_COMPARE(historyOf(redis, "p").allowed, 4u);
        QCOMPARE(historyOf(redis, "p").unchecked, 0u);
    }

    void theBreakerOpensTriesAndCloses_data() { kinds(); }
    void theBreakerOpensTriesAndCloses()
    {
        TestRedis redis;
        ServiceClient client(isBlocking(), redis.url(), quick);
        client.check("p", "k", 1, {900, 60s});
        Stopped stopped(redis);
        const auto waits = [&] {
            QElapsedTimer clock;
            clock.start();
            const auto decision = client.check("p", "k", 1, {900, 60s});
            return decision.source == Source::Open && clock.elapsed() >= quick.timeout.count();
        };
        for (int i = 0; i < Breaker::threshold; ++i) {
            QVERIFY(waits());
        }
        for (int i = 0; i < 20; ++i) {
            QVERIFY2(!waits(), "an open breaker asks nobody");
        }
        QVERIFY(QTest::qWaitFor(waits)); // the pause is over: this one tried
        QVERIFY2(!waits(), "and only this one");
        stopped.resume();
        QTRY_VERIFY(client.check("p", "k", 1, {900, 60s}).source == Source::Redis);
        QVERIFY(client.check("p", "k", 1, {900, 60s}).source == Source::Redis);
    }

    void whatWentUncheckedIsReportedOnce_data() { kinds(); }
    void whatWentUncheckedIsReportedOnce()
    {
        TestRedis redis;
        ServiceClient client(isBlocking(), redis.url(), quick);
        const Limits limit(900, 60s);
        QVERIFY(client.check("p", "k", 1, limit).source == Source::Redis);
        redis.crash();
        for (int i = 0; i < 5; ++i) {
            QVERIFY(client.check("p", "k", 1, limit).source == Source::Open);
        }
        for (int i = 0; i < 3; ++i) {
            client.check("q", "k", 1, limit);
        }
        QCOMPARE(client.unchecked().at("p"), 5u);
        QCOMPARE(client.unchecked().at("q"), 3u);
        redis.start();
        QTRY_VERIFY(client.check("p", "k", 1, limit).source == Source::Redis);
        const auto p = client.unchecked().at("p");
        QTRY_COMPARE(historyOf(redis, "p").unchecked, p);
        // It came back empty, and has no limit of the other policy: that is reported with its own first decision.
        QTRY_VERIFY(client.check("q", "k", 1, limit).source == Source::Redis && historyOf(redis, "q").unchecked == 3);
        QTest::qWait(static_cast<int>(quick.pause.count()));
        client.check("p", "k", 1, limit);
        client.check("q", "k", 1, limit);
        QTest::qWait(50); // what would be wrong now is a second report
        QCOMPARE(historyOf(redis, "p").unchecked, p);
        QCOMPARE(historyOf(redis, "q").unchecked, 3u);
        QCOMPARE(client.unchecked().at("q"), 3u);
    }

    void comesBackAfterARestart_data() { kinds(); }
    void comesBackAfterARestart()
    {
        TestRedis redis;
        ServiceClient client(isBlocking(), redis.url(), quick);
        for (int i = 0; i < 3; ++i) {
            QTRY_VERIFY(client.check("p", "k", 1, {900, 60s}).source == Source::Redis);
            redis.crash();
            QVERIFY(client.check("p", "k", 1, {900, 60s}).source == Source::Open);
            redis.start();
        }
        QTRY_VERIFY(client.check("p", "k", 1, {900, 60s}).source == Source::Redis);
    }

    void aPrimaryThatBecameAReplicaIsAnOutage_data() { kinds(); }
    void aPrimaryThatBecameAReplicaIsAnOutage()
    {
        TestRedis redis;
        ServiceClient client(isBlocking(), redis.url(), quick);
        QVERIFY(client.check("p", "k", 1, {900, 60s}).source == Source::Redis);
        redis.ask({"REPLICAOF", "127.0.0.1", "1"});
        for (int i = 0; i < 10; ++i) {
            QVERIFY(client.check("p", "k", 1, {900, 60s}).source == Source::Open);
        }
        redis.ask({"REPLICAOF", "NO", "ONE"});
        QTRY_VERIFY(client.check("p", "k", 1, {900, 60s}).source == Source::Redis);
        // It was asked again at its own pace, not once for every request.
        const auto stats = redis.ask({"INFO", "stats"}).text;
        const auto connections = std::atoi(stats.c_str() + stats.find("total_connections_received:") + 27);
        QVERIFY2(connections < 12, stats.c_str());
    }

private:
    static void kinds() { ServiceClient::addKinds(); }
    static bool isBlocking() { return ServiceClient::isBlockingRow(); }

    static RedisUrl nowhere()
    {
        RedisUrl url;
        url.path = "/nonexistent/redis.sock";
        return url;
    }

    static inline const ServiceOptions quick = ServiceClient::withTimeout(300ms);
};

QTEST_GUILESS_MAIN(ServiceOutagesTest)
#include "tst_ServiceOutages.moc"
