// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/Link.h"

#include "redis/AuditLog.h"

using namespace rateguard;

class AuditLogTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_redis = std::make_unique<TestRedis>(); }
    void cleanup() { m_redis.reset(); }

    void tellsEveryFieldAsItWasWritten()
    {
        const std::string hostile("<b>\x1b[31m\xff\0\r\n", 13);
        call({"FCALL", "rateguard_set", "2", "{rateguard:0}:limits", "{rateguard:0}:audit", "search", "5/1000", "", "0", hostile, hostile});
        call({"FCALL", "rateguard_override", "1", "{rateguard:0}:limits", "search", hostile, "ban", "", "", "ann", "bad"});
        call({"FCALL", "rateguard_reset", "2", "{rateguard:0}:limits", "{rateguard:0}:log:search:" + hostile, "search", "ann", ""});
        call({"FCALL", "rateguard_set", "2", "{rateguard:0}:limits", "{rateguard:0}:audit", "search", "unset", "", "1", "ann", "over"});
        const auto page = read({}, 10);
        QVERIFY(page.error.isEmpty() && page.isComplete);
        QCOMPARE(page.entries.size(), std::size_t {4});
        auto entries = page.entries;
        for (auto &entry : entries) {
            QVERIFY(entry.at.time_since_epoch().count() > 0);
            entry.at = {};
        }
        const auto limit = std::string("1 enforce log 5/1000");
        QVERIFY(entries[0].version == 2 && entries[0].after.empty() && entries[0].before.starts_with(limit) && entries[0].reason == "over");
        QVERIFY(entries[1].isReset() && entries[1].key == hostile);
        QVERIFY(entries[2] == (AuditEntry {{}, "search", hostile, 1, "", "1 ban 0", "ann", "bad"}));
        QVERIFY(entries[3] == (AuditEntry {{}, "search", {}, 1, "", limit, hostile, hostile}));
    }

    void mergesPartitionsByTime()
    {
        // The same policies everywhere, and more than one page in each.
        Link link(m_redis->url());
        for (int i = 0; i < 1500; ++i) {
            link.connection.call({"XADD", Partitions("rateguard", 3)[static_cast<std::size_t>(i * 7 % 3)].audit, std::to_string(1000 + i / 2) + "-*", "policy",
                                     i % 5 == 0 ? "other" : "search", "version", std::to_string(i), "author", "tester"},
                {});
        }
        link.call({"PING"});
        const auto all = read({}, 2000, 3);
        QVERIFY(all.isComplete);
        QCOMPARE(all.entries.size(), std::size_t {1500});
        for (std::size_t i = 1; i < all.entries.size(); ++i) {
            QVERIFY(all.entries[i - 1].at >= all.entries[i].at);
        }
        const auto some = read("other", 250, 3);
        QVERIFY(!some.isComplete);
        QCOMPARE(some.entries.size(), std::size_t {250});
        QVERIFY(std::all_of(some.entries.begin(), some.entries.end(), [](const AuditEntry &e) { return e.policy == "other"; }));
        QCOMPARE(some.entries.front().version, std::uint64_t {1495});
        QCOMPARE(read("other", 301, 3).entries.size(), std::size_t {300});
        QVERIFY(read("nowhere", 5, 3).isComplete);
        QCOMPARE(read({}, 1500, 3).isComplete, true);
        QCOMPARE(read({}, 1499, 3).isComplete, false);
    }

    void odditiesDoNoHarm()
    {
        m_redis->ask({"XADD", "{rateguard:0}:audit", "5-1", "policy", "search", "version", "-3x", "\xff", "\xff"});
        m_redis->ask({"XADD", "{rateguard:0}:audit", "18446744073709551615-7", "nothing", "known"});
        const auto page = read({}, 10);
        QVERIFY(page.error.isEmpty());
        QCOMPARE(page.entries.size(), std::size_t {2});
        QVERIFY(page.entries[0].policy.empty() && page.entries[1].version == 0);
        m_redis->ask({"DEL", "{rateguard:0}:audit"});
        m_redis->ask({"SET", "{rateguard:0}:audit", "a string"});
        QVERIFY(read({}, 10).error.contains(QLatin1String("WRONGTYPE")));
    }

    void saysThatTheConnectionBroke()
    {
        Link link(m_redis->url());
        AuditLog log(link.connection, Partitions("rateguard", 3));
        std::optional<AuditLog::Page> page;
        log.read({}, 10, [&](const AuditLog::Page &p) { page = p; });
        link.connection.close();
        QVERIFY(page && page->failure.isLost() && !page->error.isEmpty());
    }

private:
    void call(const Connection::Arguments &arguments)
    {
        const auto reply = Link(m_redis->url()).call(arguments);
        QVERIFY2(!reply.isError(), reply.text.c_str());
    }

    AuditLog::Page read(const std::string &policy, std::size_t count, std::uint32_t partitions = 1)
    {
        Link link(m_redis->url());
        AuditLog log(link.connection, Partitions("rateguard", partitions));
        return Link::wait<AuditLog::Page>([&](auto done) { log.read(policy, count, done); });
    }

    std::unique_ptr<TestRedis> m_redis;
};

QTEST_GUILESS_MAIN(AuditLogTest)
#include "tst_AuditLog.moc"
