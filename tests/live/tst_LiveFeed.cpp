// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/Edits.h"
#include "support/FeedViewer.h"
#include "support/Service.h"

#include <QElapsedTimer>

#include <algorithm>

using namespace rateguard;
using namespace std::chrono_literals;
using Status = EditOutcome::Status;

class LiveFeedTest : public QObject
{
    Q_OBJECT

private slots:
    void countsEveryDecision()
    {
        TestRedis redis;
        FeedViewer viewer(redis.url());
        viewer.request.hasSelected = true;
        viewer.request.selectedPolicy = "search";
        viewer.request.selectedKey = "ann";
        Service service(redis.url());
        service.askTimes(130, "search", "ann", {100, 60s});
        service.askTimes(7, "search", "ben", {100, 60s});
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
        FeedViewer viewer(redis.url());
        Service service(redis.url());
        service.askTimes(9, "search", "ann", {100, 60s});
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
        FeedViewer viewer(redis.url());
        Service service(redis.url());
        QElapsedTimer clock;
        std::vector<qint64> delays;
        for (std::uint64_t i = 1; i <= 21; ++i) {
            service.askTimes(1, "search", "ann", {100, 60s});
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
        FeedViewer viewer(redis.url());
        Service service(redis.url());
        service.askTimes(60, "search", "ann", {100, 60s});
        QTRY_COMPARE(viewer.last.policies.size(), std::size_t {1});
        viewer.feed.submit(editOf(5, {50, 60s}, 1, Mode::Enforce, "too much"));
        QTRY_VERIFY(!viewer.edits.empty());
        QVERIFY(viewer.edits[0].status == Status::Applied && viewer.edits[0].after.version == 2 && !viewer.edits[0].firstDecisionAfter);
        QCOMPARE(service.askTimes(1, "search", "ann", {100, 60s}), 0);
        QTRY_COMPARE(viewer.edits.size(), std::size_t {2});
        QVERIFY(viewer.edits[1].id == 5 && viewer.edits[1].firstDecisionAfter && *viewer.edits[1].firstDecisionAfter < 10s);
        QTRY_COMPARE(viewer.last.policies[0].rule.limit.front().count, 50u);
    }

    void seesTheEditsOfOthers()
    {
        TestRedis redis;
        FeedViewer viewer(redis.url());
        Service service(redis.url());
        service.askTimes(1, "search", "ann", {100, 60s});
        QTRY_COMPARE(viewer.last.policies.size(), std::size_t {1});
        const Keyspace names;
        redis.ask({"FCALL", "rateguard_set", "2", names.limits, names.audit, "search", "7/1000", "shadow", "", "else", ""});
        QTRY_COMPARE_WITH_TIMEOUT(viewer.last.policies[0].rule.version, std::uint64_t {2}, 1000);
    }

    void findsWhatLivingKeysHaveUsedBefore()
    {
        TestRedis redis;
        Service service(redis.url());
        service.askTimes(90, "search", "ann", {100, 60s});
        service.askTimes(1, "search", "bob", {100, 60s});
        service.askTimes(100, "search", std::string("\0:{x}", 5), {100, 60s});
        FeedViewer viewer(redis.url());
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
        FeedViewer viewer(redis.url());
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
        FeedViewer viewer(redis.url());
        redis.ask({"PUBLISH", Keyspace().events, "RG 3 1 1 0 1700000000000 "});
        QTRY_VERIFY2(viewer.last.link.detail.find("newer RateGuard") != std::string::npos, viewer.last.link.detail.c_str());
        QCOMPARE(viewer.last.messagesMalformed, std::uint64_t {1});
        Service service(redis.url());
        service.askTimes(1, "search", "ann", {100, 60s});
        QTRY_VERIFY(viewer.last.link.detail.empty());
    }

    void countsWhatServicesLetInOnTheirOwn()
    {
        TestRedis redis;
        Service service(redis.url());
        service.askTimes(1, "search", "ann", {100, 60s});
        FeedViewer viewer(redis.url());
        redis.ask({"FCALL", "rateguard_unchecked", "1", Keyspace().limits, "search", "17"});
        QTRY_COMPARE(viewer.last.total.unchecked, std::uint64_t {17});
    }

    void readOnlyWritesNothing()
    {
        TestRedis redis;
        FeedOptions options;
        options.readOnly = true;
        FeedViewer viewer(redis.url(), options);
        QTRY_VERIFY(viewer.last.link.state == LinkState::Live);
        viewer.feed.submit(editOf(1, {50, 60s}, std::nullopt, Mode::Enforce, ""));
        QTRY_VERIFY(!viewer.edits.empty() && viewer.edits[0].status == Status::Refused);
        QVERIFY(!viewer.last.link.mayEdit);
        QCOMPARE(redis.ask({"DBSIZE"}).integer, std::int64_t {0});
        QCOMPARE(redis.ask({"FUNCTION", "LIST"}).items.size(), std::size_t {0});
        QTRY_VERIFY(viewer.last.link.detail.find("library") != std::string::npos);
        Service service(redis.url()); // a service brings the library
        service.askTimes(2, "search", "ann", {100, 60s});
        service.askTimes(2, "search", "ann", {100, 60s});
        QTRY_VERIFY(viewer.last.total.requests() >= 2);
    }

    void countsMessagesThatAreNotItsOwn()
    {
        TestRedis redis;
        FeedViewer viewer(redis.url());
        const Keyspace names;
        redis.ask({"PUBLISH", names.events, "<html>"});
        redis.ask({"PUBLISH", names.events, std::string("RG\x02", 3)});
        redis.ask({"PUBLISH", names.events, std::string(1'000'000, 'x')});
        QTRY_COMPARE(viewer.last.messagesMalformed, std::uint64_t {3});
        QCOMPARE(viewer.last.total.requests(), std::uint64_t {0});
    }
};

QTEST_GUILESS_MAIN(LiveFeedTest)
#include "tst_LiveFeed.moc"
