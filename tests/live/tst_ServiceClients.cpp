// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/Breaker.h"
#include "support/ServiceClient.h"

#include "redis/RedisLimiter.h"

#include <QCryptographicHash>
#include <QFile>

#include <set>

using namespace rateguard;
using namespace std::chrono_literals;

// What BlockingLimiter and ServiceLimiter promise alike.
class ServiceClientsTest : public QObject
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

    void whatRedisWouldNeverTakeIsRefusedInEveryMode_data() { kinds(); }
    void whatRedisWouldNeverTakeIsRefusedInEveryMode()
    {
        TestRedis redis;
        ServiceClient client(isBlocking(), redis.url(), quick);
        QVERIFY(!client.check("p", "k", 0, {3, 60s}).allowed());
        QVERIFY(!client.check("p", "k", 100'001, {3, 60s}).allowed());
        QVERIFY(client.check("no such:name", "k", 1, {3, 60s}).error.starts_with("INVALID"));
        QCOMPARE(client.admitted() + client.rejected(), 0u);
    }

    void aPolicyWithoutALimitIsAnErrorAndNoOutage_data() { kinds(); }
    void aPolicyWithoutALimitIsAnErrorAndNoOutage()
    {
        TestRedis redis;
        ServiceClient client(isBlocking(), redis.url(), quick);
        for (int i = 0; i < 5; ++i) {
            QVERIFY(client.check("nobody", "k").error.starts_with("NOLIMIT"));
        }
        QVERIFY(client.check("p", "k", 1, {3, 60s}).source == Source::Redis);
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

    void comesBackAfterTheLibraryWasFlushed_data() { kinds(); }
    void comesBackAfterTheLibraryWasFlushed()
    {
        TestRedis redis;
        ServiceClient client(isBlocking(), redis.url(), quick);
        QCOMPARE(client.check("p", "k", 1, {5, 60s}).remaining, 4u);
        redis.ask({"FUNCTION", "FLUSH"});
        QCOMPARE(client.check("p", "k", 1, {5, 60s}).remaining, 3u);
        QCOMPARE(client.admitted(), 0u);
    }

    void updatesAnOlderLibraryWhenItConnects_data() { kinds(); }
    void updatesAnOlderLibraryWhenItConnects()
    {
        TestRedis redis;
        auto text = Library::text();
        const auto own = "local VERSION = " + std::to_string(Library::version());
        text.replace(text.find(own), own.size(), "local VERSION = 0");
        QVERIFY(!redis.ask({"FUNCTION", "LOAD", text}).isError());
        ServiceClient client(isBlocking(), redis.url(), quick);
        QVERIFY(client.check("p", "k", 1, {5, 60s}).source == Source::Redis);
        QCOMPARE(redis.ask({"FCALL_RO", "rateguard_version", "0"}).integer, std::int64_t {Library::version()});
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

    void readsPrefixAndPartitionsFromRedis_data() { kinds(); }
    void readsPrefixAndPartitionsFromRedis()
    {
        TestRedis redis;
        redis.ask({"HSET", "rateguard:config", "prefix", "shop"});
        redis.ask({"HSET", "shop:config", "partitions", "4"});
        ServiceClient client(isBlocking(), redis.url(), quick);
        const Partitions partitions("shop", 4);
        std::set<std::string> used;
        for (int i = 0; i < 40; ++i) {
            const auto key = "user:" + std::to_string(i);
            QVERIFY(client.check("p", key, 1, {5, 60s}).source == Source::Redis);
            QCOMPARE(redis.ask({"EXISTS", partitions.of(key).log("p", key)}).integer, std::int64_t {1});
            used.insert(partitions.of(key).tag);
        }
        QCOMPARE(used.size(), std::size_t {4});
    }

    void keysAreAnyBytes_data() { kinds(); }
    void keysAreAnyBytes()
    {
        TestRedis redis;
        ServiceClient client(isBlocking(), redis.url(), patient);
        const std::vector<std::string> keys {"", std::string("\0", 1), std::string("a\0b", 3), "\xff", "\r\n", "a:b", "{x}", std::string(257, 'y'),
            std::string(1 << 20, 'z'), std::string((1 << 20) - 1, 'z')};
        for (const auto &key : keys) {
            QVERIFY(client.check("p", key, 1, {1, 60s}).allowed());
            const auto second = client.check("p", key, 1, {1, 60s});
            QVERIFY(second.source == Source::Redis && !second.allowed());
        }
        QCOMPARE(redis.ask({"EXISTS", Keyspace().log("p", std::string(64, 'z') + "~" + sha256(keys[8]))}).integer, std::int64_t {1});
    }

    void aRefusedLoginIsToldWithoutSecretsAndHeals_data() { kinds(); }
    void aRefusedLoginIsToldWithoutSecretsAndHeals()
    {
        TestRedis redis;
        redis.ask({"ACL", "SETUSER", "shop", "on", ">right", "~*", "&*", "+@all"});
        auto url = redis.url();
        url.user = "shop";
        url.password = "hush-hush";
        ServiceClient client(isBlocking(), url, quick);
        const auto decision = client.check("p", "k", 1, {5, 60s});
        QVERIFY2(decision.source == Source::Open && decision.error.find("password") != std::string::npos, decision.error.c_str());
        QVERIFY(decision.error.find("hush") == std::string::npos);
        redis.ask({"ACL", "SETUSER", "shop", ">hush-hush"});
        QTRY_VERIFY(client.check("p", "k", 1, {5, 60s}).source == Source::Redis);
    }

    void aServiceNeedsNoMoreRightsThanThoseOfTheContract_data() { kinds(); }
    void aServiceNeedsNoMoreRightsThanThoseOfTheContract()
    {
        TestRedis redis;
        Connection::Arguments rules {"ACL", "SETUSER", "shop", "on", ">word"};
        QFile file(QStringLiteral(RATEGUARD_SOURCE_DIR "/resources/redis/acl/service.acl"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QString depth; // a selector in brackets is one word
        for (auto line : QString::fromUtf8(file.read(1 << 16)).split(QLatin1Char('\n'))) {
            if (line.startsWith(QLatin1Char('#'))) {
                continue;
            }
            line.replace(QStringLiteral("PREFIX"), QStringLiteral("rateguard"));
            for (const auto &word : line.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
                depth += depth.isEmpty() ? word : QLatin1Char(' ') + word;
                if (!depth.startsWith(QLatin1Char('(')) || depth.endsWith(QLatin1Char(')'))) {
                    rules.push_back(std::exchange(depth, {}).toStdString());
                }
            }
        }
        const auto set = redis.ask(rules);
        QVERIFY2(!set.isError(), set.text.c_str());
        auto url = redis.url();
        url.user = "shop";
        url.password = "word";
        ServiceClient client(isBlocking(), url, quick);
        const auto decision = client.check("p", "k", 1, {5, 60s});
        QVERIFY2(decision.source == Source::Redis, decision.error.c_str());
    }

private:
    static void kinds()
    {
        QTest::addColumn<bool>("blocking");
        QTest::newRow("blocking") << true;
        QTest::newRow("asynchronous") << false;
    }

    static bool isBlocking() { return *static_cast<bool *>(QTest::qData("blocking", qMetaTypeId<bool>())); }

    static RedisUrl nowhere()
    {
        RedisUrl url;
        url.path = "/nonexistent/redis.sock";
        return url;
    }

    static std::string sha256(const std::string &text)
    {
        return QCryptographicHash::hash(QByteArray::fromStdString(text), QCryptographicHash::Sha256).toHex().toStdString();
    }

    static ServiceOptions withTimeout(Duration timeout)
    {
        ServiceOptions options;
        options.timeout = timeout;
        options.pause = 500ms;
        return options;
    }

    static inline const ServiceOptions quick = withTimeout(300ms);
    static inline const ServiceOptions patient = withTimeout(5s);
};

QTEST_GUILESS_MAIN(ServiceClientsTest)
#include "tst_ServiceClients.moc"
