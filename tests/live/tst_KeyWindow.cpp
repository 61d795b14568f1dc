// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/Dice.h"
#include "support/Calls.h"
#include "support/Link.h"

#include "redis/KeyWindow.h"

#include <set>

using namespace rateguard;
using namespace std::chrono_literals;

class KeyWindowTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_redis = std::make_unique<TestRedis>();
        Link(m_redis->url()).call({"FCALL_RO", "rateguard_version", "0"});
    }
    void cleanup() { m_redis.reset(); }

    // The library and this reader look at the same log one after the other: what both say must be the same, while units leave
    // the window all the time. Both looks fall into one millisecond, or the case does not count.
    void findsExactlyTheUnitsThatTheLimiterCounts()
    {
        Dice dice(seedOfTheDay());
        Link link(m_redis->url());
        KeyWindow window(link.connection);
        const Keyspace names;
        setLimit(*m_redis, "40/50");
        int compared = 0;
        std::set<std::size_t> seen;
        while (compared < 300 || seen.size() < 10) {
            check(*m_redis, "k", static_cast<int>(dice(1, 6)));
            // Everything in one go, between two looks at the clock.
            const auto before = std::make_shared<Instant>();
            const auto used = std::make_shared<std::uint32_t>();
            const auto log = std::make_shared<KeyWindow::Log>();
            const auto time = [&](const std::shared_ptr<Instant> &into) {
                link.connection.call({"TIME"}, [into](const Reply &reply) {
                    *into = Instant(std::chrono::seconds(std::stoll(reply.items[0].text)) + std::chrono::microseconds(std::stoll(reply.items[1].text)));
                });
            };
            time(before);
            link.library.call({"FCALL_RO", "rateguard_peek", "2", names.limits, names.log("search", "k"), "search"}, [used](const Reply &reply) {
                const auto decision = parseDecision(reply.text);
                *used = decision->limit - decision->remaining;
            });
            window.read("search", "k", 100, [log](const KeyWindow::Log &l) { *log = l; });
            const auto after = Link::wait<Instant>([&](auto done) {
                link.connection.call({"TIME"}, [done](const Reply &reply) {
                    done(Instant(std::chrono::seconds(std::stoll(reply.items[0].text)) + std::chrono::microseconds(std::stoll(reply.items[1].text))));
                });
            });
            if (std::chrono::floor<Duration>(*before) == std::chrono::floor<Duration>(after)) {
                ++compared;
                seen.insert(*used);
                QCOMPARE(log->inside(50ms).size(), std::size_t {*used});
                QVERIFY(!log->isCut(50ms));
            }
        }
    }

    void readsNoMoreThanItIsAskedFor()
    {
        Link link(m_redis->url());
        setLimit(*m_redis, "5000/3600000");
        for (int i = 0; i < 3; ++i) {
            check(*m_redis, "k", 1000);
        }
        const auto log = read(link, "k", 2000);
        QCOMPARE(log.admitted.size(), std::size_t {2001});
        QCOMPARE(log.inside(1h).size(), std::size_t {2000});
        QVERIFY(log.isCut(1h));
        const auto all = read(link, "k", 3000);
        QVERIFY(all.inside(1h).size() == 3000 && !all.isCut(1h));
        QVERIFY(all.inside(1h).front() <= all.inside(1h).back() && all.now - all.inside(1h).back() < 10s);
    }

    void knowsStampsOfWeeksAgoAndOfAClockThatWasSetBack()
    {
        Link link(m_redis->url());
        const auto now = std::stoll(m_redis->ask({"TIME"}).items[0].text) * 1000;
        const auto stamp = [](std::int64_t ms) { return std::to_string(static_cast<std::int32_t>(static_cast<std::uint32_t>(ms))); };
        constexpr std::int64_t day = 86'400'000;
        m_redis->ask({"RPUSH", Keyspace().log("search", "k"), stamp(now - 47 * day), stamp(now - 23 * day), stamp(now + day / 2), stamp(now)});
        const auto log = read(link, "k", 10);
        QCOMPARE(log.admitted.size(), std::size_t {4});
        QCOMPARE(log.admitted[0], Instant(Duration(now - 47 * day)));
        QCOMPARE(log.admitted[1], Instant(Duration(now - 23 * day)));
        QCOMPARE(log.admitted[2], Instant(Duration(now + day / 2)));
        QCOMPARE(log.inside(24 * 24h).size(), std::size_t {3});
    }

    void saysWhyThereIsNothing()
    {
        Link link(m_redis->url());
        const auto none = read(link, "nobody", 10);
        QVERIFY(none.error.isEmpty() && none.admitted.empty() && !none.isBucket);
        setLimit(*m_redis, "bucket 100/60000", "enforce", "bulk");
        check(*m_redis, "k", 1, "bulk");
        KeyWindow window(link.connection);
        const auto bucket = Link::wait<KeyWindow::Log>([&](auto done) { window.read("bulk", "k", 10, done); });
        QVERIFY(bucket.error.isEmpty() && bucket.isBucket && bucket.admitted.empty());
        link.connection.close();
        QVERIFY(read(link, "k", 10).failure.isLost());
    }

private:
    static KeyWindow::Log read(Link &link, const std::string &key, std::size_t most)
    {
        KeyWindow window(link.connection);
        return Link::wait<KeyWindow::Log>([&](auto done) { window.read("search", key, most, done); });
    }

    std::unique_ptr<TestRedis> m_redis;
};

QTEST_GUILESS_MAIN(KeyWindowTest)
#include "tst_KeyWindow.moc"
