// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/FeedViewer.h"

#include "engine/EditWitness.h"

#include <algorithm>

using namespace rateguard;
using namespace std::chrono_literals;

class FeedHistoryTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_redis = std::make_unique<TestRedis>(); }
    void cleanup() { m_redis.reset(); }

    void tellsTheEditsOfOthersAtOnceAndThoseFromBefore()
    {
        {
            FeedViewer first(m_redis->url()); // which brings the library
            QTRY_VERIFY(first.last.history);
            QVERIFY(first.last.history->entries.empty() && first.last.history->isComplete && first.last.history->error.empty());
        }
        setLimit(*m_redis, "5/1000");
        FeedViewer viewer(m_redis->url());
        QTRY_VERIFY(viewer.last.history && viewer.last.history->entries.size() == 1);
        override(*m_redis, "ann", "ban");
        setLimit(*m_redis, "7/1000");
        QTRY_COMPARE_WITH_TIMEOUT(viewer.last.history->entries.size(), std::size_t {3}, 3000);
        const auto &entries = viewer.last.history->entries;
        QVERIFY(!entries[0].key && entries[0].version == 2 && entries[0].author == "tester" && entries[0].reason == "because");
        QVERIFY(entries[1].key == "ann" && entries[1].author == "else");
        QCOMPARE(viewer.last.history->effects.size(), std::size_t {3});
    }

    void theSamePointerMeansThatNothingHasChanged()
    {
        FeedViewer viewer(m_redis->url());
        setLimit(*m_redis, "5/1000");
        QTRY_VERIFY(viewer.last.history && viewer.last.history->entries.size() == 1);
        const auto before = viewer.last.history;
        m_redis->ask({"PUBLISH", Keyspace().changes, "search 1"}); // a read that finds the same
        const auto now = viewer.last.now;
        QTRY_VERIFY(viewer.last.now > now + 1s);
        QCOMPARE(viewer.last.history, before);
    }

    void tellsWhatABanDidToTheKeyAlone()
    {
        FeedViewer viewer(m_redis->url());
        setLimit(*m_redis, "1000/60000");
        QTRY_VERIFY(viewer.last.history);
        traffic(viewer, 4s);
        override(*m_redis, "ann", "ban");
        traffic(viewer, 4s);
        override(*m_redis, "ann", "none");
        const auto effect = [&](std::size_t i) { return viewer.last.history->entries.size() == 3 ? viewer.last.history->effects[i] : EditHistory::Effect(); };
        QTRY_VERIFY(effect(1).end);
        QVERIFY(effect(1).after == 0s && effect(1).end->cause == EditHistory::End::Cause::Removal); // less than five seconds tell nothing
        traffic(viewer, 9s);
        QTRY_VERIFY(effect(0).after >= EditWitness::enough);
        const auto lifted = effect(0);
        QVERIFY(lifted.basis == EditHistory::Basis::Key && !lifted.end && lifted.isOpen && lifted.before >= 2s && lifted.before <= 5s);
        QVERIFY(lifted.rejectedBefore > 0 && lifted.rejectedBefore == lifted.requestsBefore);
        QVERIFY(lifted.requestsAfter > 0 && lifted.rejectedAfter == 0);
    }

    void whatABanDidIsNotToldOfTheLimitThatWasEditedBeforeIt()
    {
        FeedViewer viewer(m_redis->url());
        setLimit(*m_redis, "1000/60000");
        QTRY_VERIFY(viewer.last.history);
        traffic(viewer, 5s);
        setLimit(*m_redis, "2000/60000");
        traffic(viewer, 2s);
        override(*m_redis, "ann", "ban");
        traffic(viewer, 9s);
        const auto effect = [&](std::size_t i) { return viewer.last.history->entries.size() == 3 ? viewer.last.history->effects[i] : EditHistory::Effect(); };
        QTRY_VERIFY(effect(0).after >= EditWitness::enough && effect(1).after >= EditWitness::enough);
        const auto ban = effect(0);
        QVERIFY(ban.basis == EditHistory::Basis::Key && ban.rejectedBefore == 0 && ban.rejectedAfter > 0);
        const auto limit = effect(1);
        QVERIFY(limit.basis == EditHistory::Basis::Policy && limit.without == std::vector<std::string> {"ann"} && !limit.end);
        QVERIFY(limit.requestsBefore > 0 && limit.requestsAfter > 0 && limit.rejectedBefore == 0 && limit.rejectedAfter == 0);
    }

    void aKeyThatThereWasNoRoomForIsNotTakenForSilent()
    {
        FeedOptions options;
        options.maxKeys = 1;
        FeedViewer viewer(m_redis->url(), options);
        setLimit(*m_redis, "1000/60000");
        check(*m_redis, "bob"); // takes the place, and holds it
        QTRY_VERIFY(viewer.last.keysKnown == 1 && viewer.last.history);
        traffic(viewer, 3s);
        override(*m_redis, "ann", "ban");
        traffic(viewer, 7s);
        override(*m_redis, "ann", "none");
        traffic(viewer, 3s);
        QTRY_VERIFY(viewer.last.history->entries.size() == 3 && viewer.last.history->effects[1].end);
        const auto &ban = viewer.last.history->effects[1];
        QVERIFY(viewer.last.otherRequests > 50 && ban.basis != EditHistory::Basis::Key && ban.after == 0s && ban.before == 0s);
    }

    void theTimeInWhichWeWereDeafIsNotTakenForSilence()
    {
        FeedViewer viewer(m_redis->url());
        setLimit(*m_redis, "1000/60000");
        traffic(viewer, 2s);
        override(*m_redis, "ann", "ban");
        traffic(viewer, 4s);
        const auto gapsSince = [&](Instant from, bool gaps) {
            return std::count_if(viewer.last.all.begin(), viewer.last.all.end(), [&](const SecondCounts &one) {
                const Instant begin {std::chrono::seconds(one.second)};
                return begin >= from && begin + 1s <= viewer.last.history->entries[0].at && one.gap == gaps;
            });
        };
        m_redis->ask({"CLIENT", "KILL", "TYPE", "pubsub"});
        QTRY_VERIFY(viewer.last.link.state != LinkState::Live);
        QTRY_COMPARE_WITH_TIMEOUT(viewer.last.link.state, LinkState::Live, 10'000);
        traffic(viewer, 6s);
        override(*m_redis, "ann", "none");
        QTRY_COMPARE(viewer.last.history->entries.size(), std::size_t {3});
        QTRY_VERIFY_WITH_TIMEOUT(viewer.last.now > viewer.last.history->entries[0].at + 5s, 20'000); // nothing is added to it any more
        QTRY_VERIFY(viewer.last.history->effects[1].end);
        const auto banned = viewer.last.history->entries[1].at;
        QVERIFY(gapsSince(banned, true) > 0);
        QTRY_COMPARE(viewer.last.history->effects[1].after.count(), gapsSince(banned, false));
        const auto ban = viewer.last.history->effects[1];
        QVERIFY(ban.basis == EditHistory::Basis::Key && ban.rejectedAfter == ban.requestsAfter && ban.rejectedAfter > 0);
    }

    void comparesTheMinutesBeforeAndAfter()
    {
        FeedViewer viewer(m_redis->url());
        setLimit(*m_redis, "100/60000");
        const auto now = std::stoll(m_redis->ask({"TIME"}).items[0].text) / 60;
        const auto edit = [&](std::int64_t ago) {
            m_redis->ask({"XADD", Keyspace().audit, std::to_string((now - ago) * 60'000) + "-1", "policy", "search", "version", "1", "old", "1 enforce log 5/1000",
                "new", "2 enforce log 6/1000", "author", "x"});
        };
        // An audit from before: the stream takes only ids that grow, so it is written anew.
        m_redis->ask({"DEL", Keyspace().audit});
        for (std::int64_t ago = 1; ago <= 50; ++ago) {
            const auto minute = now - ago;
            m_redis->ask({"HSET", Keyspace().history("search", minute / 60), std::to_string(minute % 60), ago > 30 ? "90 10 0 0" : "60 40 0 0"});
        }
        edit(30);
        m_redis->ask({"PUBLISH", Keyspace().changes, "search 2"});
        QTRY_VERIFY(viewer.last.history && viewer.last.history->entries.size() == 1 && viewer.last.history->effects[0].after == 10min);
        const auto effect = viewer.last.history->effects[0];
        QCOMPARE(effect.before, 600s);
        QCOMPARE(effect.rejectedBefore, 10.0);
        QCOMPARE(effect.rejectedAfter, 40.0);
        QCOMPARE(effect.requestsBefore, 100.0);
        QCOMPARE(effect.requestsAfter, 100.0);

        // One that nobody knows the minutes after of yet; what was known of the other stays.
        edit(3);
        m_redis->ask({"PUBLISH", Keyspace().changes, "search 3"});
        QTRY_VERIFY(viewer.last.history->entries.size() == 2 && viewer.last.history->effects[0].after > 0s);
        QVERIFY(viewer.last.history->effects[0].after == 2min || viewer.last.history->effects[0].after == 3min); // a minute may end meanwhile
        QCOMPARE(viewer.last.history->effects[0].before, 600s);
        QVERIFY(viewer.last.history->effects[1] == effect);
    }

    void takesTheNewestOfMany()
    {
        FeedViewer viewer(m_redis->url());
        m_redis->ask({"EVAL", "for i = 1, 700 do redis.call('XADD', KEYS[1], i .. '-1', 'policy', 'search', 'version', i) end", "1", Keyspace().audit});
        m_redis->ask({"PUBLISH", Keyspace().changes, "search 1"});
        QTRY_VERIFY(viewer.last.history && viewer.last.history->entries.size() == 500);
        QVERIFY(!viewer.last.history->isComplete);
        QCOMPARE(viewer.last.history->entries.front().version, std::uint64_t {700});
    }

    void whoeverMayNotReadItIsToldWhatToDoAndSeesAllElse()
    {
        FeedViewer bringsTheLibrary(m_redis->url());
        m_redis->ask({"ACL", "SETUSER", "default", "-xrevrange"});
        FeedViewer viewer(m_redis->url());
        QTRY_VERIFY(viewer.last.history && !viewer.last.history->error.empty());
        QVERIFY2(viewer.last.history->error.find("acl print viewer") != std::string::npos, viewer.last.history->error.c_str());
        setLimit(*m_redis, "5/1000");
        check(*m_redis, "ann");
        QTRY_COMPARE(viewer.last.total.allowed, std::uint64_t {1});
        QCOMPARE(viewer.last.link.state, LinkState::Live);
        QVERIFY2(viewer.last.link.detail.empty(), viewer.last.link.detail.c_str());
        m_redis->ask({"ACL", "SETUSER", "default", "+xrevrange"});
        m_redis->ask({"PUBLISH", Keyspace().changes, "search 1"});
        QTRY_VERIFY(viewer.last.history->error.empty() && viewer.last.history->entries.size() == 1);
    }

private:
    // Of two keys of a policy, ten a second each.
    void traffic(const FeedViewer &viewer, std::chrono::seconds span)
    {
        for (const auto end = viewer.last.now + span; viewer.last.now < end;) {
            check(*m_redis, "ann", 1);
            check(*m_redis, "bob", 1);
            QTest::qWait(100);
        }
    }

    std::unique_ptr<TestRedis> m_redis;
};

QTEST_GUILESS_MAIN(FeedHistoryTest)
#include "tst_FeedHistory.moc"
