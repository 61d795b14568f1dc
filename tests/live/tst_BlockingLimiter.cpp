// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/ServiceClient.h"

#include <QTcpServer>

#include <atomic>
#include <thread>

using namespace rateguard;
using namespace std::chrono_literals;

// What the limiter for threads promises beyond tst_ServiceClients.
class BlockingLimiterTest : public QObject
{
    Q_OBJECT

private slots:
    void eightThreadsAdmitExactlyTheLimit()
    {
        TestRedis redis;
        BlockingLimiter limiter(redis.url(), patient());
        std::atomic<int> allowed = 0;
        std::atomic<int> unanswered = 0;
        inThreads(8, [&](int) {
            for (int i = 0; i < 500; ++i) {
                const auto decision = limiter.check("search", "alice", 1, {1000, 60s});
                unanswered += decision.source != Source::Redis;
                allowed += decision.allowed();
            }
        });
        QCOMPARE(unanswered.load(), 0);
        QCOMPARE(allowed.load(), 1000);
    }

    void everyThreadGetsItsOwnAnswer()
    {
        TestRedis redis;
        BlockingLimiter limiter(redis.url(), patient());
        std::atomic<int> wrong = 0;
        inThreads(8, [&](int number) {
            // A limit, a key and a cost of its own for each thread: somebody else's answer would show.
            const auto policy = "p" + std::to_string(number);
            const auto count = 10'000u + static_cast<unsigned>(number);
            for (unsigned i = 1; i <= 300; ++i) {
                const auto decision = limiter.check(policy, "k", static_cast<unsigned>(number) + 1, {count, 60s});
                wrong += decision.limit != count || decision.remaining != count - i * (static_cast<unsigned>(number) + 1);
            }
        });
        QCOMPARE(wrong.load(), 0);
    }

    void allThreadsShareOneConnection()
    {
        TestRedis redis;
        auto options = patient();
        options.name = "shared";
        BlockingLimiter limiter(redis.url(), options);
        inThreads(8, [&](int) { limiter.check("p", "k", 1, {1000, 60s}); });
        const auto list = redis.ask({"CLIENT", "LIST"}).text;
        const auto first = list.find("name=shared");
        QVERIFY(first != std::string::npos && list.find("name=shared", first + 1) == std::string::npos);
    }

    void threadsSurviveAServerThatComesAndGoes()
    {
        TestRedis redis;
        ServiceOptions options;
        options.timeout = 200ms;
        options.pause = 100ms;
        BlockingLimiter limiter(redis.url(), options);
        std::atomic<bool> isOver = false;
        std::atomic<std::uint64_t> without = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&] {
                while (!isOver) {
                    without += limiter.check("p", "k", 1, {1'000'000, 60s}).source != Source::Redis;
                }
            });
        }
        for (int i = 0; i < 5; ++i) {
            QTest::qWait(50);
            redis.crash();
            redis.start();
            QTest::qWait(50);
            Stopped stopped(redis);
            QTest::qWait(250);
        }
        QTRY_VERIFY(limiter.check("p", "other", 1, {1'000'000, 60s}).source == Source::Redis);
        isOver = true;
        for (auto &thread : threads) {
            thread.join();
        }
        QVERIFY(limiter.admittedWithoutRedis() >= without);
        QVERIFY(without > 0);
    }

    void destructionEndsCallsInFlight()
    {
        TestRedis redis;
        auto limiter = std::make_unique<BlockingLimiter>(redis.url(), patient());
        QVERIFY(limiter->check("p", "k", 1, {1000, 60s}).source == Source::Redis);
        const Stopped stopped(redis);
        std::atomic<int> entered = 0;
        std::atomic<int> open = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&, bare = limiter.get()] {
                ++entered;
                open += bare->check("p", "k", 1, {1000, 60s}).source == Source::Open;
            });
        }
        QTRY_COMPARE(entered.load(), 8);
        QTest::qWait(100); // they are waiting by now
        QElapsedTimer clock;
        clock.start();
        limiter.reset();
        QVERIFY2(clock.elapsed() < 2000, "less than the time-out of 5 s");
        for (auto &thread : threads) {
            thread.join();
        }
        QCOMPARE(open.load(), 8);
    }

    void destructionDoesNotWaitForAServerThatSaysNothing()
    {
        TestRedis redis;
        const Stopped stopped(redis);
        auto limiter = std::make_unique<BlockingLimiter>(redis.url(), patient());
        QTest::qWait(50); // it has connected, and waits for the first answer
        QElapsedTimer clock;
        clock.start();
        limiter.reset();
        QVERIFY(clock.elapsed() < 1000);
    }

    void anIdleConnectionThatEndedCostsNoDecision()
    {
        TestRedis redis;
        BlockingLimiter limiter(redis.url(), patient());
        for (int i = 0; i < 3; ++i) {
            QVERIFY(limiter.check("p", "k", 1, {1000, 60s}).source == Source::Redis);
            redis.ask({"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"});
            QTRY_VERIFY(redis.ask({"CLIENT", "LIST"}).text.find("name=rateguard-service") != std::string::npos); // it is back already
        }
        QCOMPARE(limiter.admittedWithoutRedis(), 0u);
    }

    void speaksTcp()
    {
        QTcpServer free;
        QVERIFY(free.listen(QHostAddress::LocalHost));
        const auto port = free.serverPort();
        free.close();
        TestRedis redis({QStringLiteral("--port"), QString::number(port)});
        RedisUrl url;
        url.port = port;
        url.host = "localhost";
        url.database = 3;
        BlockingLimiter limiter(url, patient());
        const auto decision = limiter.check("p", "k", 1, {5, 60s});
        QVERIFY2(decision.source == Source::Redis, decision.error.c_str());
        redis.ask({"SELECT", "3"});
        QCOMPARE(redis.ask({"HGET", Keyspace().limits, "p"}).text, std::string("1 enforce log 5/60000"));
    }

private:
    static ServiceOptions patient()
    {
        ServiceOptions options;
        options.timeout = 5s;
        return options;
    }

    static void inThreads(int count, const std::function<void(int)> &work)
    {
        std::vector<std::thread> threads;
        for (int i = 0; i < count; ++i) {
            threads.emplace_back(work, i);
        }
        for (auto &thread : threads) {
            thread.join();
        }
    }
};

QTEST_GUILESS_MAIN(BlockingLimiterTest)
#include "tst_BlockingLimiter.moc"
