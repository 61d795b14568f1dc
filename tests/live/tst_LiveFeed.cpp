// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/Edits.h"
#include "support/TestRedis.h"

#include "feed/LiveFeed.h"
#include "redis/RedisLimiter.h"

#include <QElapsedTimer>

#include <algorithm>
#include <csignal>

using namespace rateguard;
using namespace std::chrono_literals;
using Status = EditOutcome::Status;

// Draws nothing, but asks as a window does: one snapshot, then the next.
class Viewer : public QObject
{
public:
    explicit Viewer(const RedisUrl &url, const FeedOptions &options = {})
        : feed(options)
    {
        connect(&feed, &LiveFeed::snapshotReady, this, [this] {
            if (const auto snapshot = feed.take()) {
                last = *snapshot;
                edits.insert(edits.end(), snapshot->edits.begin(), snapshot->edits.end());
                for (const auto &second : snapshot->all) {
                    sawGap |= second.gap;
                }
            }
            feed.request(request);
        });
        request.table.count = 100;
        feed.watch(url);
        feed.request(request);
    }

    const KeyRow *row(const std::string &key) const
    {
        for (const auto &entry : last.table.held) {
            if (entry.key == key) {
                return &entry.row;
            }
        }
        return nullptr;
    }

    // Whether the last minute of the key has a hole between two seconds that were heard.
    bool hasHole(const std::string &key) const
    {
        for (const auto &entry : last.table.held) {
            const auto heard = [](const MinuteSlice &slice) { return !slice.gap; };
            const auto from = std::find_if(entry.minute.begin(), entry.minute.end(), heard);
            const auto hole = std::find_if_not(from, entry.minute.end(), heard);
            if (entry.key == key && std::find_if(hole, entry.minute.end(), heard) != entry.minute.end()) {
                return true;
            }
        }
        return false;
    }

    bool waitLive() const
    {
        return QTest::qWaitFor([this] { return last.link.state == LinkState::Live && last.started; }, 10'000);
    }

    LiveFeed feed;
    SnapshotRequest request;
    Snapshot last;
    std::vector<EditOutcome> edits;
    bool sawGap = false;
};

class LiveFeedTest : public QObject
{
    Q_OBJECT

private slots:
    void countsEveryDecision()
    {
        TestRedis redis;
        Viewer viewer(redis.url());
        QVERIFY(viewer.waitLive());
        viewer.request.hasSelected = true;
        viewer.request.selectedPolicy = "search";
        viewer.request.selectedKey = "ann";
        Service service(redis.url());
        service.ask("search", "ann", 130, {100, 60s});
        service.ask("search", "ben", 7, {100, 60s});
        QTRY_COMPARE(viewer.last.total.requests(), std::uint64_t {137});
        QCOMPARE(viewer.last.total.allowed, std::uint64_t {107});
        QCOMPARE(viewer.last.total.rejected, std::uint64_t {30});
        QTRY_VERIFY(viewer.row("ann") && viewer.row("ann")->state == KeyState::Throttled);
        QVERIFY(viewer.row("ann")->used == 100 && viewer.row("ann")->limit == 100);
        QCOMPARE(viewer.row("ben")->state, KeyState::Active);
        QTRY_COMPARE(viewer.last.policies.size(), std::size_t {1});
        QTRY_VERIFY(viewer.last.selectedKnown);
        const auto sum = [](const std::vector<SecondCounts> &seconds) {
            std::uint64_t total = 0;
            for (const auto &second : seconds) {
                total += second.allowed + second.rejected;
            }
            return total;
        };
        QTRY_COMPARE(sum(viewer.last.all), std::uint64_t {137});
        QCOMPARE(sum(viewer.last.selected), std::uint64_t {130});
        QCOMPARE(viewer.last.batchesLost, std::uint64_t {0});
        QVERIFY(viewer.last.lag < 100ms);
    }

    void coversTheSpanThatIsAskedFor()
    {
        TestRedis redis;
        Viewer viewer(redis.url());
        QVERIFY(viewer.waitLive());
        Service service(redis.url());
        service.ask("search", "ann", 9, {100, 60s});
        QTRY_VERIFY(viewer.row("ann"));
        for (const auto &[span, step] : {std::pair<std::chrono::seconds, std::chrono::seconds>(30s, 1s), {10min, 1s}, {1h, 10s}, {6h, 60s}}) {
            viewer.request.hasSelected = true;
            viewer.request.selectedPolicy = "search";
            viewer.request.selectedKey = "ann";
            viewer.request.span = span;
            QTRY_COMPARE(viewer.last.span, span);
            QCOMPARE(viewer.last.step, step);
            QCOMPARE(static_cast<std::int64_t>(viewer.last.all.size()), span / step);
            QCOMPARE(viewer.last.selected.size(), viewer.last.all.size());
            for (const auto &slices : {viewer.last.all, viewer.last.selected}) {
                QVERIFY(slices.front().gap);
                QCOMPARE(slices.front().cause, GapCause::NotWatching);
            }
        }
    }

    void showsTheTailOfABurstWithinATenthOfASecond()
    {
        TestRedis redis;
        Viewer viewer(redis.url());
        QVERIFY(viewer.waitLive());
        Service service(redis.url());
        QElapsedTimer clock;
        std::vector<qint64> delays;
        for (std::uint64_t i = 1; i <= 21; ++i) {
            service.ask("search", "ann", 1, {100, 60s});
            clock.start();
            QTRY_COMPARE(viewer.last.total.requests(), i);
            delays.push_back(clock.elapsed());
        }
        std::sort(delays.begin(), delays.end());
        qInfo("decision to snapshot: median %lld ms, worst %lld ms", delays[10], delays.back());
        QVERIFY(delays[10] <= 100);
    }

    void anEditActsOnTheNextDecisionAndSaysWhen()
    {
        TestRedis redis;
        Viewer viewer(redis.url());
        QVERIFY(viewer.waitLive());
        Service service(redis.url());
        service.ask("search", "ann", 60, {100, 60s});
        QTRY_COMPARE(viewer.last.policies.size(), std::size_t {1});
        viewer.feed.submit(editOf(5, {50, 60s}, 1, Mode::Enforce, "too much"));
        QTRY_VERIFY(!viewer.edits.empty());
        QVERIFY(viewer.edits[0].status == Status::Applied && viewer.edits[0].after.version == 2 && !viewer.edits[0].firstDecisionAfter);
        QCOMPARE(service.ask("search", "ann", 1, {100, 60s}), 0);
        QTRY_COMPARE(viewer.edits.size(), std::size_t {2});
        QVERIFY(viewer.edits[1].id == 5 && viewer.edits[1].firstDecisionAfter && *viewer.edits[1].firstDecisionAfter < 10s);
        QTRY_COMPARE(viewer.last.policies[0].rule.limit.front().count, 50u);
    }

    void seesTheEditsOfOthers()
    {
        TestRedis redis;
        Viewer viewer(redis.url());
        QVERIFY(viewer.waitLive());
        Service service(redis.url());
        service.ask("search", "ann", 1, {100, 60s});
        QTRY_COMPARE(viewer.last.policies.size(), std::size_t {1});
        const Keyspace names;
        redis.ask({"FCALL", "rateguard_set", "2", names.limits, names.audit, "search", "7/1000", "shadow", "", "else", ""});
        QTRY_COMPARE_WITH_TIMEOUT(viewer.last.policies[0].rule.version, std::uint64_t {2}, 1000);
    }

    void redisDiesAndComesBack()
    {
        TestRedis redis({QStringLiteral("--appendonly"), QStringLiteral("yes"), QStringLiteral("--appendfsync"), QStringLiteral("always")});
        Viewer viewer(redis.url());
        QVERIFY(viewer.waitLive());
        Service service(redis.url());
        service.ask("search", "ann", 3, {100, 60s});
        QTRY_COMPARE(viewer.last.total.requests(), std::uint64_t {3});
        viewer.feed.submit(editOf(1, {50, 60s}, 1, Mode::Enforce, ""));
        QTRY_VERIFY(!viewer.edits.empty() && viewer.edits[0].status == Status::Applied);
        QTRY_VERIFY(!viewer.last.all.back().gap); // a whole second was heard

        redis.crash();
        QTRY_VERIFY_WITH_TIMEOUT(viewer.last.link.state == LinkState::Lost, 2000);
        QVERIFY(!viewer.last.link.detail.empty());
        const auto frozen = viewer.last.rates;
        QVERIFY(frozen.requests() > 0);
        QVERIFY(!viewer.hasHole("ann"));
        viewer.feed.submit(editOf(2, {40, 60s}, 2, Mode::Enforce, ""));
        QTRY_VERIFY(viewer.edits.back().id == 2 && viewer.edits.back().status == Status::Refused);
        QTest::qWait(1100);
        QCOMPARE(viewer.last.rates, frozen); // what we cannot know does not become zero
        redis.start();
        QTRY_VERIFY_WITH_TIMEOUT(viewer.last.link.state == LinkState::Live, 10'000);
        QTRY_COMPARE(viewer.last.policies.size(), std::size_t {1});
        QCOMPARE(viewer.last.policies[0].rule, (Rule {{50, 60s}, Mode::Enforce, 2}));
        QVERIFY(viewer.last.lostLimits.empty());
        QVERIFY(viewer.sawGap);
        Service again(redis.url());
        again.ask("search", "ann", 2, {100, 60s});
        QTRY_COMPARE(viewer.last.total.requests(), std::uint64_t {5});
        QTRY_VERIFY(viewer.hasHole("ann")); // not a calm time
    }

    // What waits in Redis when the connection breaks waits there still when it is back.
    void countsNoDecisionTwiceWhenTheConnectionBreaks()
    {
        TestRedis redis;
        Viewer viewer(redis.url());
        QVERIFY(viewer.waitLive());
        Service service(redis.url());
        std::uint64_t made = 0;
        for (int i = 0; i < 3; ++i) {
            made += 3;
            service.ask("search", "ann", 3, {100, 60s});
            QTRY_COMPARE(viewer.last.total.requests(), made);
            redis.ask({"CLIENT", "KILL", "TYPE", "pubsub"});
            QTRY_VERIFY(viewer.last.link.state != LinkState::Live);
            QTRY_VERIFY_WITH_TIMEOUT(viewer.last.link.state == LinkState::Live, 10'000);
            made += 1;
            service.ask("search", "ann", 1, {100, 60s});
            QTRY_VERIFY(viewer.last.total.requests() >= made);
            QCOMPARE(viewer.last.total.requests(), made);
            QVERIFY(viewer.row("ann") && viewer.row("ann")->total.requests() == made);
        }
        QCOMPARE(viewer.last.batchesLost, std::uint64_t {0});
    }

    // Whoever comes late finds what the keys have used so far, without a request.
    void findsWhatLivingKeysHaveUsedBefore()
    {
        TestRedis redis;
        Service service(redis.url());
        service.ask("search", "ann", 90, {100, 60s});
        service.ask("search", "bob", 1, {100, 60s});
        service.ask("search", std::string("\0:{x}", 5), 100, {100, 60s});
        Viewer viewer(redis.url());
        QVERIFY(viewer.waitLive());
        QTRY_COMPARE(viewer.last.keysKnown, std::uint64_t {3});
        QTRY_VERIFY(viewer.row("ann") && viewer.row("bob") && viewer.row(std::string("\0:{x}", 5)));
        QVERIFY(viewer.row("ann")->used == 90 && viewer.row("ann")->limit == 100 && viewer.row("ann")->state == KeyState::Near);
        QCOMPARE(viewer.row("bob")->used, 1u);
        QCOMPARE(viewer.row(std::string("\0:{x}", 5))->used, 100u);
        QCOMPARE(viewer.last.total.requests(), std::uint64_t {0});
    }

    void watchesAllPartitionsAndGivesTheirEditsToEach()
    {
        TestRedis redis;
        redis.ask({"HSET", "rateguard:config", "prefix", "shop", "partitions", "4"});
        redis.ask({"HSET", "shop:config", "partitions", "4"});
        Viewer viewer(redis.url());
        QVERIFY(viewer.waitLive());
        const Partitions partitions("shop", 4);
        viewer.feed.submit(editOf(1, {5, 60s}, 0));
        QTRY_VERIFY(!viewer.edits.empty());
        QVERIFY(viewer.edits[0].status == Status::Applied && viewer.edits[0].copies == 4 && viewer.edits[0].partitions == 4);
        for (int i = 0; i < 40; ++i) {
            const auto key = "client-" + std::to_string(i);
            const auto &names = partitions.of(key);
            redis.ask({"FCALL", "rateguard_check", "2", names.limits, names.log("search", key), "search"});
        }
        QTRY_COMPARE(viewer.last.total.allowed, std::uint64_t {40});
        QCOMPARE(viewer.last.keysKnown, std::uint64_t {40});
        // A partition that lost its data gets its copy back.
        redis.ask({"DEL", partitions[2].limits});
        QTRY_COMPARE_WITH_TIMEOUT(redis.ask({"HGET", partitions[2].limits, "search"}).text, std::string("1 enforce log 5/60000"), 15'000);
        // What was taken away in the first is no loss, and goes everywhere.
        auto unset = editOf(2, {}, 1);
        unset.unset = true;
        viewer.feed.submit(unset);
        QTRY_COMPARE(viewer.last.policies.size(), std::size_t {0});
        QVERIFY(viewer.last.lostLimits.empty());
        QCOMPARE(redis.ask({"HGET", partitions[3].limits, "search"}).type, Reply::Type::Nil);
    }

    void saysSoWhenANewerLibrarySpeaksAnotherFormat()
    {
        TestRedis redis;
        Viewer viewer(redis.url());
        QVERIFY(viewer.waitLive());
        redis.ask({"PUBLISH", Keyspace().events, "RG 3 1 1 0 1700000000000 "});
        QTRY_VERIFY2(viewer.last.link.detail.find("newer RateGuard") != std::string::npos, viewer.last.link.detail.c_str());
        QCOMPARE(viewer.last.messagesMalformed, std::uint64_t {1});
        Service service(redis.url());
        service.ask("search", "ann", 1, {100, 60s});
        QTRY_VERIFY(viewer.last.link.detail.empty());
    }

    void countsWhatServicesLetInOnTheirOwn()
    {
        TestRedis redis;
        Service service(redis.url());
        service.ask("search", "ann", 1, {100, 60s});
        Viewer viewer(redis.url());
        QVERIFY(viewer.waitLive());
        redis.ask({"FCALL", "rateguard_unchecked", "1", Keyspace().limits, "search", "17"});
        QTRY_COMPARE(viewer.last.total.unchecked, std::uint64_t {17});
    }

    void offersToRestoreLimitsThatRedisForgot()
    {
        TestRedis redis; // without persistence
        Viewer viewer(redis.url());
        QVERIFY(viewer.waitLive());
        viewer.feed.submit(editOf(1, {50, 60s}, std::nullopt, Mode::Shadow, ""));
        QTRY_COMPARE(viewer.last.policies.size(), std::size_t {1});
        redis.crash();
        QTRY_VERIFY(viewer.last.link.state == LinkState::Lost);
        redis.start();
        QTRY_COMPARE_WITH_TIMEOUT(viewer.last.lostLimits, (std::vector<std::string> {"search"}), 10'000);
        viewer.feed.restore({"search"});
        QTRY_COMPARE(viewer.last.policies.size(), std::size_t {1});
        QCOMPARE(viewer.last.policies[0].rule, (Rule {{50, 60s}, Mode::Shadow, 2}));
        QTRY_VERIFY(viewer.last.lostLimits.empty());
    }

    void anEditWhoseAnswerIsLostIsLookedUp()
    {
        TestRedis redis({QStringLiteral("--appendonly"), QStringLiteral("yes"), QStringLiteral("--appendfsync"), QStringLiteral("always")});
        Viewer viewer(redis.url());
        QVERIFY(viewer.waitLive());
        viewer.feed.submit(editOf(1, {50, 60s}, 0, Mode::Enforce, ""));
        QTRY_VERIFY(!viewer.edits.empty());
        ::kill(static_cast<pid_t>(redis.server().processId()), SIGSTOP);
        viewer.feed.submit(editOf(2, {40, 60s}, 1, Mode::Enforce, ""));
        QTest::qWait(100);
        redis.crash();
        QTRY_VERIFY(viewer.edits.back().id == 2 && viewer.edits.back().status == Status::Unknown);
        redis.start();
        QTRY_VERIFY_WITH_TIMEOUT(viewer.edits.back().status == Status::Refused, 10'000); // it had not been made
        QVERIFY2(viewer.edits.back().message.find("Apply it again") != std::string::npos, viewer.edits.back().message.c_str());
        const auto now = viewer.last.now;
        QTRY_VERIFY(viewer.last.now > now + 500ms);
        QCOMPARE(std::count_if(viewer.edits.begin(), viewer.edits.end(), [](const EditOutcome &it) { return it.id == 2 && it.status == Status::Refused; }), 1); // told once
    }

    void readOnlyWritesNothing()
    {
        TestRedis redis;
        FeedOptions options;
        options.readOnly = true;
        Viewer viewer(redis.url(), options);
        QTRY_VERIFY(viewer.last.link.state == LinkState::Live);
        viewer.feed.submit(editOf(1, {50, 60s}, std::nullopt, Mode::Enforce, ""));
        QTRY_VERIFY(!viewer.edits.empty() && viewer.edits[0].status == Status::Refused);
        QVERIFY(!viewer.last.link.mayEdit);
        QCOMPARE(redis.ask({"DBSIZE"}).integer, std::int64_t {0});
        QCOMPARE(redis.ask({"FUNCTION", "LIST"}).items.size(), std::size_t {0});
        QTRY_VERIFY(viewer.last.link.detail.find("library") != std::string::npos);
        Service service(redis.url()); // a service brings the library
        service.ask("search", "ann", 2, {100, 60s});
        service.ask("search", "ann", 2, {100, 60s});
        QTRY_VERIFY(viewer.last.total.requests() >= 2);
    }

    void countsMessagesThatAreNotItsOwn()
    {
        TestRedis redis;
        Viewer viewer(redis.url());
        QVERIFY(viewer.waitLive());
        const Keyspace names;
        redis.ask({"PUBLISH", names.events, "<html>"});
        redis.ask({"PUBLISH", names.events, std::string("RG\x02", 3)});
        redis.ask({"PUBLISH", names.events, std::string(1'000'000, 'x')});
        QTRY_COMPARE(viewer.last.messagesMalformed, std::uint64_t {3});
        QCOMPARE(viewer.last.total.requests(), std::uint64_t {0});
    }

    void switchesToAnotherRedis()
    {
        TestRedis one;
        TestRedis two;
        Viewer viewer(one.url());
        QVERIFY(viewer.waitLive());
        Service(one.url()).ask("search", "ann", 3, {100, 60s});
        QTRY_COMPARE(viewer.last.total.requests(), std::uint64_t {3});
        viewer.feed.watch(two.url());
        QTRY_VERIFY(viewer.last.link.state == LinkState::Live && viewer.last.link.endpoint == two.url().display().toStdString() && viewer.last.started);
        Service(two.url()).ask("search", "ben", 2, {100, 60s});
        QTRY_COMPARE(viewer.last.total.requests(), std::uint64_t {2});
    }

private:
    struct Service
    {
        explicit Service(const RedisUrl &url)
            : connection(url, "service")
            , library(connection)
            , limiter(library)
        {
            connection.open();
            if (!QTest::qWaitFor([this] { return connection.isLive(); })) {
                qFatal("no connection");
            }
        }

        // How many of `count` requests were allowed.
        int ask(const char *policy, const std::string &key, int count, const Limits &fallback)
        {
            int answers = 0;
            int allowed = 0;
            for (int i = 0; i < count; ++i) {
                limiter.check(policy, key, 1, fallback, [&](const RedisLimiter::Answer &answer) {
                    ++answers;
                    allowed += answer.error.empty() && answer.decision.allowed();
                });
            }
            if (!QTest::qWaitFor([&] { return answers == count; })) {
                qFatal("no answers");
            }
            return allowed;
        }

        Connection connection;
        Library library;
        RedisLimiter limiter;
    };
};

QTEST_GUILESS_MAIN(LiveFeedTest)
#include "tst_LiveFeed.moc"
