// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/Link.h"

#include "redis/TrafficStore.h"

using namespace rateguard;
using namespace std::chrono_literals;

class TrafficStoreTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_redis = std::make_unique<TestRedis>(); }
    void cleanup() { m_redis.reset(); }

    void countsWhatHappenedInAllPartitions()
    {
        Link link(m_redis->url());
        const Partitions partitions("rateguard", 3);
        for (const auto &names : partitions) {
            for (int i = 0; i < 8; ++i) {
                link.call({"FCALL", "rateguard_check", "2", names.limits, names.log("search", "k"), "search", "1", "5/3600000"});
            }
            link.call({"FCALL", "rateguard_unchecked", "1", names.limits, "search", "100"});
        }
        const auto total = sum(read("search", 2min, partitions));
        QVERIFY(total.allowed == 15 && total.rejected == 9 && total.wouldReject == 0 && total.unchecked == 300);
        QCOMPARE(sum(read("searc", 2min, partitions)).requests(), std::uint64_t {0});
    }

    void hasEveryMinuteOfTheSpanAndNoOther()
    {
        const auto now = minuteNow();
        for (const int ago : {0, 1, 59, 60, 61, 2878, 2879, 2880, 5000}) {
            put(now - ago, std::to_string(ago + 1) + " 1 2 3");
        }
        const auto traffic = read("search", 48h);
        QVERIFY(traffic.error.isEmpty());
        QCOMPARE(traffic.minutes.size(), std::size_t {2880});
        const auto moved = traffic.minutes.back().minute.count() - now; // when a minute ended meanwhile
        QVERIFY(moved == 0 || moved == 1);
        QCOMPARE(traffic.minutes.front().minute.count(), now + moved - 2879);
        std::size_t used = 0;
        for (const auto &minute : traffic.minutes) {
            used += minute.requests() > 0;
            QVERIFY(minute.requests() == 0 || (minute.allowed == static_cast<std::uint64_t>(now - minute.minute.count() + 1) && minute.unchecked == 3));
        }
        QVERIFY(used == 7 || (moved == 1 && used == 6));
        QCOMPARE(read("search", 0min).minutes.size(), std::size_t {1});
        QCOMPARE(read("search", 100h).minutes.size(), std::size_t {2880});
    }

    void leavesOutWhatMakesNoSense()
    {
        const auto now = minuteNow() - 3;
        put(now, "7 0 0 0");
        for (const char *text : {"", "1 2 3", "1 2 3 4 5", "-1 0 0 0", "x 0 0 0", "1  0 0 0", "99999999999999999999999 0 0 0", "\xff\x1b[31m"}) {
            put(now - 1, text);
            QCOMPARE(sum(read("search", 10min)).requests(), std::uint64_t {7});
        }
        for (const char *minute : {"60", "-1", "x", "", "1 2"}) {
            m_redis->ask({"HSET", Keyspace().history("search", now / 60), minute, "5 5 5 5"});
        }
        QCOMPARE(sum(read("search", 48h)).requests(), std::uint64_t {7});
    }

    void aHistoryOfAnotherTypeIsAnError()
    {
        m_redis->ask({"SET", Keyspace().history("search", minuteNow() / 60), "a string"});
        const auto traffic = read("search", 48h);
        QVERIFY2(traffic.error.contains(QLatin1String("WRONGTYPE")), qPrintable(traffic.error));
    }

    void needsNoLibraryAndLoadsNone()
    {
        put(minuteNow(), "7 0 0 0");
        QCOMPARE(sum(read("search", 10min)).allowed, std::uint64_t {7});
        QVERIFY(m_redis->ask({"FUNCTION", "LIST"}).items.empty());
    }

    void knowsSinceWhenRedisRunsAndLimitsLiveInIt()
    {
        const auto now = minuteNow();
        const auto edited = [&](std::int64_t minute) { m_redis->ask({"XADD", Keyspace().audit, std::to_string(minute * 60'000) + "-1", "policy", "search"}); };
        const auto none = since(std::chrono::minutes(now - 60));
        QVERIFY(!none.trace && none.up && none.up->count() >= now && none.up->count() <= now + 2);
        edited(now - 3000);
        edited(now - 90);
        edited(now - 30);
        edited(now - 10);
        QCOMPARE(since(std::chrono::minutes(now - 20)).trace->count(), now - 30); // the last one before: limits lived there by then
        QCOMPARE(since(std::chrono::minutes(now - 60)).trace->count(), now - 90);
        QCOMPARE(since(std::chrono::minutes(now - 5000)).trace->count(), now - 3000);
    }

    void whatItMayNotAskItDoesNotKnow()
    {
        m_redis->ask({"ACL", "SETUSER", "half", "on", ">pw", "~*", "&*", "+@all", "-info", "-xrevrange"});
        auto url = m_redis->url();
        url.user = "half";
        url.password = "pw";
        Link link(url);
        TrafficStore store(link.connection);
        const auto known = Link::wait<RecordedSince>([&](auto done) { store.readSince(std::chrono::minutes(0), done); });
        QVERIFY(!known.up && !known.trace);
    }

private:
    RecordedSince since(std::chrono::minutes first)
    {
        Link link(m_redis->url());
        TrafficStore store(link.connection);
        return Link::wait<RecordedSince>([&](auto done) { store.readSince(first, done); });
    }

    std::int64_t minuteNow() { return std::stoll(m_redis->ask({"TIME"}).items[0].text) / 60; }

    void put(std::int64_t minute, const std::string &text)
    {
        m_redis->ask({"HSET", Keyspace().history("search", minute / 60), std::to_string(minute % 60), text});
    }

    TrafficStore::Traffic read(const std::string &policy, std::chrono::minutes span, const Partitions &partitions = Partitions())
    {
        Link link(m_redis->url());
        TrafficStore store(link.connection, partitions);
        return Link::wait<TrafficStore::Traffic>([&](auto done) { store.read(policy, span, done); });
    }

    static MinuteCounts sum(const TrafficStore::Traffic &traffic)
    {
        MinuteCounts total;
        for (const auto &minute : traffic.minutes) {
            total.add(minute);
        }
        return total;
    }

    std::unique_ptr<TestRedis> m_redis;
};

QTEST_GUILESS_MAIN(TrafficStoreTest)
#include "tst_TrafficStore.moc"
