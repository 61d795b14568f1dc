// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/FeedViewer.h"

#include "redis/ServerInfo.h"

#include <csignal>

using namespace rateguard;
using namespace std::chrono_literals;

class FeedHealthTest : public QObject
{
    Q_OBJECT

private slots:
    void measuresTheWayOfTheEventsAndTheMemory()
    {
        TestRedis redis;
        FeedViewer viewer(redis.url());
        QTRY_VERIFY(viewer.last.health.eventLag && viewer.last.health.memoryUsed > 0);
        QVERIFY(*viewer.last.health.eventLag > 0us && *viewer.last.health.eventLag < 1s);
        QVERIFY(viewer.last.health.memoryMost > viewer.last.health.memoryUsed); // as PrivateRedis starts it
        QCOMPARE(viewer.last.health.evictionPolicy, std::string("noeviction"));
        QVERIFY(viewer.last.health.warnings.empty());
        // A Redis that hangs shows in the lag, long before its answer comes.
        ::kill(static_cast<pid_t>(redis.server().processId()), SIGSTOP);
        QTRY_VERIFY_WITH_TIMEOUT(*viewer.last.health.eventLag > 1200ms, 4000);
        ::kill(static_cast<pid_t>(redis.server().processId()), SIGCONT);
        QTRY_VERIFY_WITH_TIMEOUT(viewer.last.health.eventLag && *viewer.last.health.eventLag < 1s, 5000);
        redis.crash();
        QTRY_VERIFY(!viewer.last.health.eventLag);
    }

    // Of whatever is measured by a clock that is set meanwhile, an hour would be a part.
    void theRoundTripIsThatOfOnePlainCallWhateverTheServersClockSays()
    {
        TestRedis redis;
        auto library = Library::text();
        const auto replace = [&](const std::string &text, const std::string &by) {
            const auto at = library.find(text);
            QVERIFY2(at != std::string::npos, text.c_str());
            library.replace(at, text.size(), by);
        };
        replace("local VERSION = ", "local VERSION = 9");
        replace("return { format('%d', us), p.count", "return { format('%d', us + 3600000000), p.count");
        QVERIFY(!redis.ask({"FUNCTION", "LOAD", library}).isError());
        redis.ask({"HSET", "rateguard:config", "partitions", "2"});
        FeedViewer viewer(redis.url());
        QTRY_VERIFY(viewer.last.link.roundTrip > 0us);
        QVERIFY2(viewer.last.link.roundTrip < 1s, std::to_string(viewer.last.link.roundTrip.count()).c_str());
        QVERIFY(viewer.last.now > std::chrono::system_clock::now() + 50min);
    }

    void warnsOfWhatEndangersTheLimits()
    {
        TestRedis redis({QStringLiteral("--maxmemory"), QStringLiteral("100mb"), QStringLiteral("--maxmemory-policy"), QStringLiteral("allkeys-lru")});
        FeedViewer viewer(redis.url());
        QTRY_COMPARE(viewer.last.health.warnings.size(), std::size_t {1});
        QVERIFY2(contains(viewer.last.health.warnings[0], "noeviction"), viewer.last.health.warnings[0].c_str());
        QCOMPARE(viewer.last.health.memoryMost, std::uint64_t {100} << 20);
    }

    void whoeverMayNotAskHearsNothingOfIt()
    {
        TestRedis redis;
        redis.ask({"ACL", "SETUSER", "default", "-info"});
        FeedViewer viewer(redis.url());
        QTRY_VERIFY(viewer.last.health.eventLag);
        QVERIFY(viewer.last.health.memoryUsed == 0 && viewer.last.health.warnings.empty());
        QVERIFY2(viewer.last.link.detail.empty(), viewer.last.link.detail.c_str());
    }

    void saysThatAReplicaTakesNoEdits()
    {
        TestRedis replica;
        replica.ask({"REPLICAOF", "127.0.0.1", "1"}); // nobody is there
        FeedOptions options;
        options.readOnly = true; // or the library would have to be written
        FeedViewer viewer(replica.url(), options);
        QTRY_COMPARE(viewer.last.health.warnings.size(), std::size_t {2});
        QVERIFY2(contains(viewer.last.health.warnings[0], "127.0.0.1:1"), viewer.last.health.warnings[0].c_str());
        QVERIFY2(contains(viewer.last.health.warnings[1], "lost its primary"), viewer.last.health.warnings[1].c_str());
    }

    void warnings_data()
    {
        QTest::addColumn<QByteArray>("info");
        QTest::addColumn<QByteArray>("word"); // of the only warning; empty: none
        QTest::newRow("nothing known") << QByteArray() << QByteArray();
        QTest::newRow("rubbish") << QByteArray("\n\r:\nmaxmemory\nrole\n\xff\0:1") << QByteArray();
        QTest::newRow("no limit of memory") << QByteArray("used_memory:5\r\nmaxmemory:0\r\nmaxmemory_policy:allkeys-lru\r\n") << QByteArray();
        QTest::newRow("evicts the least recently used") << QByteArray("maxmemory:10\r\nmaxmemory_policy:allkeys-lru\r\n") << QByteArray("allkeys-lru");
        QTest::newRow("evicts at random") << QByteArray("maxmemory:10\r\nmaxmemory_policy:volatile-random\r\n") << QByteArray("volatile-random");
        QTest::newRow("evicts what ends soonest") << QByteArray("maxmemory:10\r\nmaxmemory_policy:volatile-ttl\r\n") << QByteArray();
        QTest::newRow("evicts nothing") << QByteArray("maxmemory:10\r\nmaxmemory_policy:noeviction\r\n") << QByteArray();
        QTest::newRow("memory at 90 %") << QByteArray("used_memory:900\r\nmaxmemory:1000\r\n") << QByteArray();
        QTest::newRow("memory above 90 %") << QByteArray("used_memory:951\r\nmaxmemory:1000\r\n") << QByteArray("95 %");
        QTest::newRow("replica") << QByteArray("role:slave\r\nslave_read_only:1\r\nmaster_host:h\r\nmaster_port:7\r\nmaster_link_status:up\r\n") << QByteArray("h:7");
        QTest::newRow("replica that takes writes") << QByteArray("role:slave\r\nslave_read_only:0\r\nmaster_link_status:up\r\n") << QByteArray();
        QTest::newRow("cannot save") << QByteArray("rdb_last_bgsave_status:err\r\naof_last_write_status:ok\r\n") << QByteArray("disk");
        QTest::newRow("many clients") << QByteArray("connected_clients:9500\r\nmaxclients:10000\r\n") << QByteArray("9500 of at most 10000");
        QTest::newRow("some clients") << QByteArray("connected_clients:100\r\nmaxclients:10000\r\n") << QByteArray();
    }

    void warnings()
    {
        QFETCH(QByteArray, info);
        QFETCH(QByteArray, word);
        const auto found = parseServerInfo(info.toStdString()).warnings();
        QCOMPARE(found.size(), word.isEmpty() ? std::size_t {0} : std::size_t {1});
        QVERIFY2(word.isEmpty() || contains(found[0], word.toStdString()), found.empty() ? "" : found[0].c_str());
    }

    void knowsSinceWhenTheServerRuns()
    {
        QVERIFY(parseServerInfo("uptime_in_seconds:713\r\n").uptime == std::chrono::seconds(713));
        QVERIFY(!parseServerInfo("uptime_in_seconds:\r\n").uptime && !parseServerInfo("").uptime);
    }

private:
    static bool contains(const std::string &text, const std::string &word) { return text.find(word) != std::string::npos; }
};

QTEST_GUILESS_MAIN(FeedHealthTest)
#include "tst_FeedHealth.moc"
