// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/FeedViewer.h"

#include <QFile>

using namespace rateguard;
using namespace std::chrono_literals;

class FeedDetailTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_redis = std::make_unique<TestRedis>(); }
    void cleanup() { m_redis.reset(); }

    void tellsAllAboutTheKeyThatIsAskedFor()
    {
        FeedViewer viewer(m_redis->url());
        setLimit(*m_redis, "5/60000 100/3600000");
        QVERIFY(!viewer.last.detail);
        check(*m_redis, "ann", 3);
        check(*m_redis, "ann", 3);
        viewer.look("ann");
        QTRY_VERIFY(detail(viewer, "ann") && detail(viewer, "ann")->lastRejection);
        auto found = *detail(viewer, "ann");
        QVERIFY2(found.error.empty(), found.error.c_str());
        QVERIFY(found.next && found.next->allowed() && found.next->remaining == 2);
        QCOMPARE(found.admitted.size(), std::size_t {3});
        QVERIFY(found.at - found.admitted.front() < 10s && found.admitted.front() <= found.admitted.back() && !found.isCut);
        QVERIFY(found.lastRejection->cost == 3 && found.lastRejection->limit == (Limit {5, 60s}) && !found.lastRejection->shadow);
        QVERIFY(found.row.total.requests() == 2 && found.row.limit == 5);
        QVERIFY(!found.override);
        // It follows what happens, once a second.
        check(*m_redis, "ann", 2);
        QTRY_VERIFY_WITH_TIMEOUT(detail(viewer, "ann")->admitted.size() == 5 && !detail(viewer, "ann")->next->allowed(), 3000);
        // Nothing of this was counted, or has left a trace.
        QCOMPARE(m_redis->ask({"LLEN", Keyspace().log("search", "ann")}).integer, std::int64_t {5});
        viewer.request.wantsDetail = false;
        QTRY_VERIFY(!viewer.last.detail);
    }

    void changesWithTheKeyAndWithItsEdits()
    {
        FeedViewer viewer(m_redis->url());
        setLimit(*m_redis, "5/60000");
        check(*m_redis, "ann", 5);
        viewer.look("ann");
        QTRY_VERIFY(detail(viewer, "ann"));
        viewer.look("bob");
        QTRY_VERIFY(detail(viewer, "bob"));
        QVERIFY(detail(viewer, "bob")->admitted.empty() && detail(viewer, "bob")->row.total.requests() == 0);
        viewer.look("ann");
        QTRY_VERIFY(detail(viewer, "ann"));
        // An edit is seen at once, not at the next second.
        for (std::uint64_t i = 1; i <= 10; ++i) {
            const auto before = viewer.last.now;
            auto edit = banOf(i, "ann");
            edit.kind = i % 2 == 1 ? std::optional(Override::Kind::Ban) : std::nullopt;
            viewer.feed.submit(edit);
            QTRY_COMPARE(detail(viewer, "ann")->override.has_value(), i % 2 == 1);
            m_delays.push_back(viewer.last.now - before);
        }
        std::sort(m_delays.begin(), m_delays.end());
        QVERIFY2(m_delays[5] < 500ms, "edits are seen at the next second only");
        override(*m_redis, "ann", "limit 50/60000");
        QTRY_VERIFY(detail(viewer, "ann")->override && detail(viewer, "ann")->next->why == Why::Override && detail(viewer, "ann")->next->remaining == 45);
        QCOMPARE(detail(viewer, "ann")->admitted.size(), std::size_t {5});
    }

    void beginsTheRunOfRejectionsAnewWithAnEditOfTheKey()
    {
        FeedViewer viewer(m_redis->url());
        setLimit(*m_redis, "1/60000");
        viewer.look("ann");
        QTRY_VERIFY(detail(viewer, "ann"));
        const auto reject = [&](std::uint32_t limit) -> std::optional<Rejection> {
            const auto isNew = [&] { return detail(viewer, "ann")->lastRejection && detail(viewer, "ann")->lastRejection->limit.count == limit; };
            check(*m_redis, "ann", limit);
            check(*m_redis, "ann", limit);
            return QTest::qWaitFor(isNew) ? detail(viewer, "ann")->lastRejection : std::nullopt;
        };
        const auto first = reject(1);
        QVERIFY(first && first->orLonger); // we have not listened for long
        override(*m_redis, "ann", "limit 5/60000");
        const auto own = reject(5);
        QVERIFY(own && own->why == Why::Override && own->since > first->at && !own->orLonger);
        // Another one of its own, which decisions do not tell from the first.
        override(*m_redis, "ann", "limit 9/60000");
        QTRY_VERIFY(detail(viewer, "ann")->override && detail(viewer, "ann")->override->limit.front().count == 9);
        const auto other = reject(9);
        QVERIFY(other && other->version == own->version && other->since > own->at && !other->orLonger);
        override(*m_redis, "ann", "none");
        QTRY_VERIFY(!detail(viewer, "ann")->override);
        const auto lifted = reject(1);
        QVERIFY(lifted && lifted->why == Why::Limit && lifted->since > other->at && !lifted->orLonger);
    }

    void showsTheNewestOfVeryMany()
    {
        FeedViewer viewer(m_redis->url());
        setLimit(*m_redis, "9000/3600000");
        check(*m_redis, "ann", 3000);
        viewer.look("ann");
        QTRY_VERIFY(detail(viewer, "ann"));
        QCOMPARE(detail(viewer, "ann")->admitted.size(), KeyDetail::maxStamps);
        QVERIFY(detail(viewer, "ann")->isCut);
    }

    void aBucketRemembersNoSingleUnits()
    {
        FeedViewer viewer(m_redis->url());
        setLimit(*m_redis, "bucket 5/60000");
        check(*m_redis, "ann", 3);
        viewer.look("ann");
        QTRY_VERIFY(detail(viewer, "ann"));
        QVERIFY(detail(viewer, "ann")->error.empty() && detail(viewer, "ann")->admitted.empty() && detail(viewer, "ann")->next->remaining == 2);
    }

    void findsAKeyInItsPartition()
    {
        m_redis->ask({"HSET", "rateguard:config", "partitions", "4"});
        const Partitions partitions("rateguard", 4);
        FeedViewer viewer(m_redis->url());
        for (const auto &names : partitions) {
            m_redis->ask({"FCALL", "rateguard_set", "2", names.limits, names.audit, "search", "5/60000", "", "", "tester", ""});
        }
        QTRY_VERIFY(viewer.last.history && viewer.last.history->entries.size() == 4);
        for (int i = 0; i < 8; ++i) {
            const auto key = "client-" + std::to_string(i);
            const auto &names = partitions.of(key);
            m_redis->ask({"FCALL", "rateguard_check", "2", names.limits, names.log("search", key), "search", "3"});
            viewer.feed.submit(banOf(static_cast<std::uint64_t>(i), key, 0));
            viewer.look(key);
            QTRY_VERIFY(detail(viewer, key) && detail(viewer, key)->override);
            QVERIFY(detail(viewer, key)->admitted.size() == 3 && detail(viewer, key)->next->why == Why::Ban);
        }
        QTRY_COMPARE(viewer.last.overrides->all.size(), std::size_t {8});
        QTRY_COMPARE(viewer.last.history->entries.size(), std::size_t {12});
    }

    void saysWhyItKnowsNothing()
    {
        FeedViewer viewer(m_redis->url());
        viewer.look("ann", "nowhere");
        QTRY_VERIFY(detail(viewer, "ann"));
        QVERIFY(!detail(viewer, "ann")->next && !detail(viewer, "ann")->error.empty());

        // The name that events give it is not the name that Redis knows it by.
        setLimit(*m_redis, "1/60000");
        check(*m_redis, std::string(300, 'k'), 2);
        QTRY_COMPARE(viewer.last.keysKnown, std::uint64_t {1});
        std::string shortened;
        viewer.request.table.count = 1;
        QTRY_VERIFY(!viewer.last.table.held.empty());
        shortened = viewer.last.table.held[0].key;
        viewer.look(shortened);
        QTRY_VERIFY(detail(viewer, shortened));
        const auto found = *detail(viewer, shortened);
        QVERIFY2(!found.next && found.error.find("real name") != std::string::npos, found.error.c_str());
        QVERIFY(found.lastRejection && found.row.total.rejected == 1);
    }

    void aViewerMayAskForAllOfIt()
    {
        FeedViewer bringsTheLibrary(m_redis->url());
        setLimit(*m_redis, "5/60000");
        check(*m_redis, "ann", 3);
        QFile file(QStringLiteral(RATEGUARD_SOURCE_DIR "/resources/redis/acl/viewer.acl"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        Connection::Arguments arguments {"ACL", "SETUSER", "eve", "on", ">secret"};
        for (const auto &line : file.readAll().replace("PREFIX", "rateguard").split('\n')) {
            for (const auto &word : line.startsWith('#') ? QByteArrayList() : line.simplified().split(' ')) {
                if (!word.isEmpty()) {
                    arguments.push_back(word.toStdString());
                }
            }
        }
        QCOMPARE(m_redis->ask(arguments).text, std::string("OK"));
        auto url = m_redis->url();
        url.user = "eve";
        url.password = "secret";
        FeedOptions options;
        options.readOnly = true;
        FeedViewer viewer(url, options);
        viewer.look("ann");
        QTRY_VERIFY(detail(viewer, "ann"));
        QVERIFY2(detail(viewer, "ann")->error.empty(), detail(viewer, "ann")->error.c_str());
        QCOMPARE(detail(viewer, "ann")->admitted.size(), std::size_t {3});
        QTRY_VERIFY(viewer.last.history && viewer.last.overrides && viewer.last.health.memoryUsed > 0 && viewer.last.health.eventLag);
        QVERIFY(viewer.last.history->error.empty() && viewer.last.history->entries.size() == 1 && viewer.last.overrides->error.empty());
        QVERIFY2(viewer.last.link.detail.empty(), viewer.last.link.detail.c_str());
        QCOMPARE(m_redis->ask({"ACL", "LOG"}).items.size(), std::size_t {0});
    }

private:
    // Nothing of another key is ever shown.
    static std::shared_ptr<const KeyDetail> detail(const FeedViewer &viewer, const std::string &key)
    {
        return viewer.last.detail && viewer.last.detail->key == key ? viewer.last.detail : nullptr;
    }

    std::unique_ptr<TestRedis> m_redis;
    std::vector<std::chrono::microseconds> m_delays;
};

QTEST_GUILESS_MAIN(FeedDetailTest)
#include "tst_FeedDetail.moc"
