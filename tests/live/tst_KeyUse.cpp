// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/Dice.h"
#include "support/Calls.h"
#include "support/Link.h"

#include "redis/KeyUse.h"
#include "redis/ServerTime.h"

#include <set>

using namespace rateguard;
using namespace std::chrono_literals;

class KeyUseTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_redis = std::make_unique<TestRedis>();
        m_link = std::make_unique<Link>(m_redis->url());
        m_link->call({"FCALL_RO", "rateguard_version", "0"});
        m_store = std::make_unique<OverrideStore>(m_link->connection, m_link->library);
    }
    void cleanup()
    {
        m_store.reset();
        m_link.reset();
        m_redis.reset();
    }

    void countsWhatTheLimiterCounts_data()
    {
        QTest::addColumn<std::string>("limit");
        QTest::newRow("log") << std::string("40/100");
        QTest::newRow("bucket") << std::string("bucket 90/300");
        QTest::newRow("bucket of uneven pieces") << std::string("bucket 90/311");
        QTest::newRow("bucket of pieces of 1 ms") << std::string("bucket 40/57");
    }

    // Under a ban the answer tells nothing of the window, so what is counted is read from the log or bucket alone. The limiter
    // is asked right before, and both looks fall into one millisecond, or the case does not count.
    void countsWhatTheLimiterCounts()
    {
        QFETCH(std::string, limit);
        Dice dice(seedOfTheDay());
        setLimit(*m_redis, limit);
        const Keyspace names;
        const auto send = [&](const Connection::Arguments &arguments) { m_link->library.call(arguments, [](const Reply &) {}); };
        const auto ban = [&](const std::string &what) { send({"FCALL", "rateguard_override", "1", names.limits, "search", "k", what, "", "", "tester", "because"}); };
        KeyUse use(m_link->connection, *m_store);
        int compared = 0;
        std::set<std::uint64_t> seen;
        while (compared < 100 || seen.size() < 5) {
            Instant before;
            std::uint32_t limiters = 0;
            KeyUse::Seen banned;
            send({"FCALL", "rateguard_check", "2", names.limits, names.log("search", "k"), "search", std::to_string(dice(1, 6))});
            readServerTime(m_link->connection, [&before](Instant now) { before = now; });
            m_store->peek("search", "k", 1, [&limiters](const std::optional<Decision> &decision, const Reply &) { limiters = decision->limit - decision->remaining; });
            ban("ban");
            use.read("search", "k", 1, [&banned](const KeyUse::Seen &now) { banned = now; });
            ban("none");
            const auto after = Link::wait<Instant>([&](auto done) { readServerTime(m_link->connection, done); });
            if (std::chrono::floor<Duration>(before) == std::chrono::floor<Duration>(after)) {
                ++compared;
                seen.insert(limiters);
                QVERIFY(banned.decision && banned.decision->why == Why::Ban);
                QCOMPARE(banned.windows[0].used.value(), std::uint64_t {limiters});
            }
        }
    }

    void knowsEveryWindow_data()
    {
        QTest::addColumn<std::string>("algorithm");
        QTest::newRow("log") << std::string();
        QTest::newRow("bucket") << std::string("bucket ");
    }

    void knowsEveryWindow()
    {
        QFETCH(std::string, algorithm);
        setLimit(*m_redis, algorithm + "1000/300 100/3600000 500/7200000");
        QCOMPARE(used(read("k")), (std::vector<std::uint64_t> {0, 0, 0}));
        check(*m_redis, "k", 20);
        QTRY_COMPARE(used(read("k")), (std::vector<std::uint64_t> {0, 20, 20})); // it left the short one
        check(*m_redis, "k", 7);
        const auto seen = read("k");
        QVERIFY(seen.windows[1].used == 27 && seen.windows[2].used == 27 && seen.windows[2].remaining() == 473);
        QCOMPARE(seen.isBucket, !algorithm.empty());
        QCOMPARE(seen.rule.version, std::uint64_t {1});
    }

    void goesByTheKeysOwnLimit()
    {
        setLimit(*m_redis, "10/60000");
        check(*m_redis, "k", 4);
        override(*m_redis, "k", "limit 5/60000 100/3600000", "60000");
        const auto own = read("k");
        QCOMPARE(used(own), (std::vector<std::uint64_t> {4, 4}));
        QVERIFY(own.override && own.override->until && own.decision->why == Why::Override);
        override(*m_redis, "k", "exempt", "1");
        QTRY_VERIFY(!read("k").override); // it has ended
        QCOMPARE(used(read("k")), (std::vector<std::uint64_t> {4}));
    }

    void moreThanTheLimitWasUsedBeforeItWasLowered()
    {
        setLimit(*m_redis, "10/60000");
        check(*m_redis, "k", 9);
        setLimit(*m_redis, "5/60000");
        const auto seen = read("k");
        QVERIFY(seen.windows[0].used == 9 && seen.windows[0].remaining() == 0);
    }

    void moreThanIsReadWasUsedBeforeItWasLowered()
    {
        setLimit(*m_redis, "100000/3600000");
        check(*m_redis, "k", 50'000);
        setLimit(*m_redis, "30000/3600000");
        const auto seen = read("k");
        QVERIFY(seen.windows[0].used == 30'000 && seen.windows[0].remaining() == 0);
        QVERIFY(seen.windows[0].isLeast); // Redis tells that it is full, and not by how much
    }

    void saysWhatItDoesNotKnow()
    {
        setLimit(*m_redis, "100000/3600000 90000/7200000");
        check(*m_redis, "k", 30'000);
        const auto many = read("k");
        QVERIFY(many.windows[0].isLeast && many.windows[0].used == KeyUse::maxUnits);
        QVERIFY(!many.windows[1].isLeast && many.windows[1].used == 30'000); // it decided
        setLimit(*m_redis, "bucket 1000/60000 100/1000");
        check(*m_redis, "b", 3);
        setLimit(*m_redis, "bucket 1000/3600000 100/1000");
        QVERIFY(!read("b").windows[0].used); // counted under other windows so far
        check(*m_redis, "b", 1);
        QCOMPARE(read("b").windows[0].used.value(), std::uint64_t {4});
    }

    void saysWhyThereIsNothing()
    {
        const auto none = read("k");
        QVERIFY(!none.decision && none.answer.startsWith("NOLIMIT"));
        setLimit(*m_redis, "10/60000");
        m_redis->ask({"ACL", "SETUSER", "half", "on", ">pw", "~*", "&*", "+@all", "-lrange"});
        auto url = m_redis->url();
        url.user = "half";
        url.password = "pw";
        Link link(url);
        OverrideStore store(link.connection, link.library);
        KeyUse use(link.connection, store);
        const auto seen = Link::wait<KeyUse::Seen>([&](auto done) { use.read("search", "k", 1, done); });
        QVERIFY(seen.decision && seen.error.contains(QLatin1String("lrange")));
    }

private:
    KeyUse::Seen read(const std::string &key)
    {
        KeyUse use(m_link->connection, *m_store);
        return Link::wait<KeyUse::Seen>([&](auto done) { use.read("search", key, 1, done); });
    }

    static std::vector<std::uint64_t> used(const KeyUse::Seen &seen)
    {
        std::vector<std::uint64_t> all;
        for (const auto &window : seen.windows) {
            all.push_back(window.used.value());
        }
        return all;
    }

    std::unique_ptr<TestRedis> m_redis;
    std::unique_ptr<Link> m_link;
    std::unique_ptr<OverrideStore> m_store;
};

QTEST_GUILESS_MAIN(KeyUseTest)
#include "tst_KeyUse.moc"
