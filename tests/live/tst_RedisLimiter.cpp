// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/Service.h"

#include "redis/EventIntake.h"

using namespace rateguard;
using namespace std::chrono_literals;

class RedisLimiterTest : public QObject
{
    Q_OBJECT

private slots:
    void admitsExactlyTheLimitOverManyConnections()
    {
        TestRedis redis;
        std::vector<std::unique_ptr<Service>> services;
        for (int i = 0; i < 20; ++i) {
            services.push_back(std::make_unique<Service>(redis.url()));
        }
        int answers = 0;
        int allowed = 0;
        for (int i = 0; i < 2000; ++i) {
            services[static_cast<std::size_t>(i) % services.size()]->limiter.check("search", "alice", 1, {100, 60s}, [&](const RedisLimiter::Answer &answer) {
                ++answers;
                allowed += answer.error.empty() && answer.decision.allowed();
            });
        }
        QTRY_COMPARE_WITH_TIMEOUT(answers, 2000, 20'000);
        QCOMPARE(allowed, 100);
    }

    void retryAfterIsTheMomentOfTheNextAdmission()
    {
        TestRedis redis;
        Service service(redis.url());
        const Limit limit {3, 400ms};
        QVERIFY(service.ask("p", "k", 1, limit).allowed());
        QTest::qWait(100);
        QVERIFY(service.ask("p", "k", 2, limit).allowed());
        const auto rejected = service.ask("p", "k", 1, limit);
        QVERIFY(!rejected.allowed() && rejected.remaining == 0);
        QVERIFY(*rejected.retryAfter > 200ms && *rejected.retryAfter <= 300ms);
        QTest::qWait(static_cast<int>(rejected.retryAfter->count()) + 1);
        QVERIFY(service.ask("p", "k", 1, limit).allowed());
        QVERIFY(!service.ask("p", "k", 1, limit).allowed()); // the two are still in the window
    }

    void aDefaultIsRegisteredOnceAndLosesToRedis()
    {
        TestRedis redis;
        Service service(redis.url());
        QCOMPARE(service.ask("p", "k", 1, {5, 60s}).limit, 5u);
        QCOMPARE(redis.ask({"HGET", names.limits, "p"}).text, std::string("1 enforce log 5/60000"));
        redis.ask({"HSET", names.limits, "p", "2 enforce log 7/60000"});
        const auto decision = service.ask("p", "k", 1, {5, 60s});
        QVERIFY(decision.limit == 7 && decision.version == 2 && decision.remaining == 5);
    }

    void anUnknownPolicyIsAnErrorWithARemedy()
    {
        TestRedis redis;
        Service service(redis.url());
        const auto answer = service.answer("nobody", "k", 1, {});
        QVERIFY2(answer.error.find("NOLIMIT") == 0 && answer.error.find("100/60000") != std::string::npos, answer.error.c_str());
    }

    void comesBackAfterTheLibraryWasFlushed()
    {
        TestRedis redis;
        Service service(redis.url());
        QVERIFY(service.ask("p", "k", 1, {5, 60s}).allowed());
        redis.ask({"FUNCTION", "FLUSH"});
        QCOMPARE(service.ask("p", "k", 1, {5, 60s}).remaining, 3u);
    }

    void replacesAnOlderLibraryAndLeavesANewerAlone_data()
    {
        QTest::addColumn<int>("present");
        QTest::addColumn<int>("after");
        QTest::newRow("older") << 0 << Library::version();
        QTest::newRow("newer") << Library::version() + 1 << Library::version() + 1;
    }

    void replacesAnOlderLibraryAndLeavesANewerAlone()
    {
        QFETCH(int, present);
        QFETCH(int, after);
        TestRedis redis;
        auto text = Library::text();
        const auto own = "local VERSION = " + std::to_string(Library::version());
        QVERIFY(text.find(own) != std::string::npos);
        text.replace(text.find(own), own.size(), "local VERSION = " + std::to_string(present));
        QVERIFY(!redis.ask({"FUNCTION", "LOAD", text}).isError());
        Service service(redis.url());
        bool updated = false;
        QTRY_VERIFY(service.link.connection.isLive());
        service.link.library.update([&](const QString &error) { updated = error.isEmpty(); });
        QTRY_VERIFY(updated);
        QCOMPARE(redis.ask({"FCALL_RO", "rateguard_version", "0"}).integer, std::int64_t {after});
    }

    void shadowAdmitsAllAndOffCountsNothing()
    {
        TestRedis redis;
        Service service(redis.url());
        service.ask("p", "k", 1, {1, 60s});
        redis.ask({"HSET", names.limits, "p", "2 shadow log 1/60000"});
        const auto shadow = service.ask("p", "k", 1, {});
        QVERIFY(shadow.allowed() && shadow.verdict == Verdict::WouldReject && *shadow.retryAfter > 0ms);
        redis.ask({"HSET", names.limits, "p", "3 off log 1/60000"});
        QVERIFY(service.ask("p", "k", 1, {}).verdict == Verdict::Allowed);
        QCOMPARE(redis.ask({"LLEN", names.log("p", "k")}).integer, std::int64_t {1});
    }

    void keysAreAnyBytes()
    {
        TestRedis redis;
        Service service(redis.url());
        Connection subscriber(redis.url(), "listener");
        EventIntake intake;
        std::vector<std::string> heard;
        const auto take = [&heard](const std::optional<EventIntake::Events> &events) {
            QVERIFY(events);
            for (const auto &event : *events) {
                heard.emplace_back(event.key);
            }
        };
        subscriber.setSubscription({names.events}, [&](std::string_view, std::string_view payload) {
            take(intake.published(payload));
        });
        subscriber.open();
        QTRY_VERIFY(subscriber.isLive());
        redis.ask({"FUNCTION", "LOAD", Library::text()});
        redis.ask({"FCALL_RO", "rateguard_listen", "1", names.limits});
        const std::vector<std::string> keys {"", std::string("\0", 1), "\xff", "\xfe", "a:b", "{x}", "<b>", std::string(1'000'000, 'z')};
        for (const auto &key : keys) {
            QVERIFY(service.ask("p", key, 1, {1, 60s}).allowed());
            QVERIFY(!service.ask("p", key, 1, {1, 60s}).allowed());
        }
        take(intake.pending(redis.ask({"FCALL_RO", "rateguard_listen", "1", names.limits}).items.at(1).text));
        QTRY_COMPARE(heard.size(), 2 * keys.size());
        for (std::size_t i = 0; i + 1 < keys.size(); ++i) {
            QCOMPARE(heard[2 * i], keys[i]);
        }
        QCOMPARE(heard.back().size(), std::size_t {200 + 1 + 40});
    }

    void nobodyListeningCostsNoMessage()
    {
        TestRedis redis;
        Service service(redis.url());
        for (int i = 0; i < 300; ++i) {
            service.ask("p", "k", 1, {5, 60s});
        }
        const auto stats = redis.ask({"INFO", "commandstats"}).text;
        QVERIFY2(stats.find("cmdstat_publish") == stats.rfind("cmdstat_publish"), stats.c_str());
        const auto calls = redis.ask({"INFO", "commandstats"}).text.find("cmdstat_publish:calls=1,");
        QVERIFY2(calls != std::string::npos, "only the registration of the default is announced");
    }

private:
    static inline const Keyspace names {};
};

QTEST_GUILESS_MAIN(RedisLimiterTest)
#include "tst_RedisLimiter.moc"
