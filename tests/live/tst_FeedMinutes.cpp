// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/Link.h"

#include "feed/MinuteReader.h"

using namespace rateguard;
using namespace std::chrono_literals;

class FeedMinutesTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_redis = std::make_unique<TestRedis>(); }
    void cleanup() { m_redis.reset(); }

    void sumsAllPoliciesMinuteByMinute()
    {
        const auto now = minuteNow();
        for (int i = 0; i < 3; ++i) {
            put("p" + std::to_string(i), now - 1, "1 2 3 4");
            put("p" + std::to_string(i), now - 359, "10 0 0 0");
            put("p" + std::to_string(i), now - 400, "10 0 0 0"); // too old
        }
        Link link(m_redis->url());
        MinuteReader reader(link.connection);
        reader.start({"p0", "p1", "p2"});
        QTRY_VERIFY(!reader.book().empty());
        const auto minutes = reader.book().since(0min);
        QCOMPARE(minutes.size(), std::size_t {2});
        const auto of = [&](std::int64_t minute) {
            const auto found = std::find_if(minutes.begin(), minutes.end(), [minute](const MinuteCounts &m) { return m.minute.count() == minute; });
            return found == minutes.end() ? MinuteCounts() : *found;
        };
        QVERIFY(of(now - 1) == (MinuteCounts {std::chrono::minutes(now - 1), 3, 6, 9, 12}));
        QCOMPARE(of(now - 359).allowed, std::uint64_t {30});
        QCOMPARE(reader.book().since(std::chrono::minutes(now - 5)).size(), std::size_t {1});
    }

    // A zero would say that it was quiet. This server was started a moment ago, so nobody knows.
    void aMinuteBeforeRedisWasStartedIsAGapUnlessItWasRecorded()
    {
        const auto now = minuteNow();
        put("p0", now - 100, "1 0 0 0");
        put("p0", now - 98, "1 0 0 0");
        Link link(m_redis->url());
        MinuteReader reader(link.connection);
        reader.start({"p0"});
        QTRY_VERIFY(!reader.book().empty());
        const auto minutes = reader.book().since(0min);
        QCOMPARE(minutes.size(), std::size_t {2});
        QVERIFY(minutes[0].minute.count() == now - 100 && minutes[1].minute.count() == now - 98);
    }

    void looksAtAllPoliciesOrAtNone()
    {
        const auto now = minuteNow();
        std::vector<std::string> policies;
        for (int i = 0; i < 60; ++i) {
            policies.push_back("p" + std::to_string(i));
            put(policies.back(), now - 1, "1 0 0 0");
        }
        Link link(m_redis->url());
        MinuteReader reader(link.connection);
        reader.start(policies);
        QTRY_VERIFY(!reader.book().empty());
        QCOMPARE(reader.book().since(std::chrono::minutes(now - 1)).front().allowed, std::uint64_t {60});
        MinuteReader overtaxed(link.connection);
        overtaxed.start(std::vector<std::string>(MinuteReader::maxPolicies + 1, "p0"));
        reader.start({"p0"});
        QTRY_COMPARE(reader.book().since(std::chrono::minutes(now - 1)).front().allowed, std::uint64_t {1});
        QVERIFY(overtaxed.book().empty()); // not a part of them
    }

    // Half of the policies would be a curve that lies.
    void aReadThatBreaksOffChangesNothing()
    {
        put("p0", minuteNow() - 1, "1 0 0 0");
        Link link(m_redis->url());
        MinuteReader reader(link.connection);
        reader.start({"p0", "p1"});
        reader.lost();
        reader.start({"p0"});
        QTRY_VERIFY(!reader.book().empty());
        QCOMPARE(reader.book().since(0min).size(), std::size_t {1});
        link.connection.close();
        reader.start({"p0", "p1"});
        QCOMPARE(reader.book().since(0min).size(), std::size_t {1});
    }

private:
    std::int64_t minuteNow() { return std::stoll(m_redis->ask({"TIME"}).items[0].text) / 60; }

    void put(const std::string &policy, std::int64_t minute, const std::string &text)
    {
        m_redis->ask({"HSET", Keyspace().history(policy, minute / 60), std::to_string(minute % 60), text});
    }

    std::unique_ptr<TestRedis> m_redis;
};

QTEST_GUILESS_MAIN(FeedMinutesTest)
#include "tst_FeedMinutes.moc"
