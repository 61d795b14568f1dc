// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/FeedViewer.h"
#include "support/Link.h"

#include <csignal>

using namespace rateguard;
using namespace std::chrono_literals;
using Status = OverrideOutcome::Status;

class FeedOverridesTest : public QObject
{
    Q_OBJECT

private slots:
    void listsWhatOthersAndWeDo()
    {
        TestRedis redis;
        FeedViewer viewer(redis.url());
        QTRY_VERIFY(viewer.last.overrides && viewer.last.overrides->all.empty());
        setLimit(redis, "5/1000");
        override(redis, "bob", "limit 3/1000");
        QTRY_COMPARE_WITH_TIMEOUT(viewer.last.overrides->all.size(), std::size_t {1}, 3000);
        viewer.feed.submit(banOf(7, "ann", 0));
        QTRY_COMPARE(viewer.keyEdits.size(), std::size_t {1});
        const auto &outcome = viewer.keyEdits[0];
        QVERIFY2(outcome.id == 7 && outcome.status == Status::Applied && outcome.version == 2, outcome.message.c_str());
        QVERIFY(outcome.key == "ann" && outcome.after && outcome.after->kind == Override::Kind::Ban && !outcome.before);
        QTRY_COMPARE_WITH_TIMEOUT(viewer.last.overrides->all.size(), std::size_t {2}, 3000);
        QCOMPARE(viewer.last.overrides->all[0].key, std::string("ann"));
        QCOMPARE(redis.ask({"XREVRANGE", Keyspace().audit, "+", "-", "COUNT", "1"}).items[0].items[1].items.back().text, std::string("why"));

        const auto same = viewer.last.overrides;
        redis.ask({"PUBLISH", Keyspace().changes, "search 1 ann"});
        const auto now = viewer.last.now;
        QTRY_VERIFY(viewer.last.now > now + 1s);
        QCOMPARE(viewer.last.overrides, same);
    }

    void whoIsBannedIsCalledSoInTheTableAtOnce()
    {
        TestRedis redis;
        FeedViewer viewer(redis.url());
        setLimit(redis, "2/60000");
        viewer.request.table.count = 10;
        const auto state = [&]() -> std::optional<KeyState> {
            const auto &held = viewer.last.table.held;
            return held.empty() ? std::nullopt : std::optional(held[0].row.state);
        };
        for (int i = 0; i < 5; ++i) {
            check(redis, "ann");
        }
        QTRY_COMPARE(state(), std::optional(KeyState::Throttled));
        QCOMPARE(viewer.last.throttledCount, std::uint64_t {1});
        viewer.feed.submit(banOf(1, "ann", 0));
        QTRY_COMPARE(state(), std::optional(KeyState::Banned)); // without another request
        QCOMPARE(viewer.last.throttledCount, std::uint64_t {0});
        viewer.request.table.filter = "state:throttled";
        QTRY_COMPARE(viewer.last.table.rows, 0U);
        viewer.request.table.filter = "state:banned";
        QTRY_COMPARE(viewer.last.table.rows, 1U);
        check(redis, "ann");
        QTRY_COMPARE(viewer.last.table.held.at(0).row.total.rejected, std::uint64_t {4});
        QCOMPARE(viewer.last.table.held.at(0).row.used, 2U); // and not what the ban says
        QCOMPARE(viewer.last.table.held.at(0).row.rejectedShare(), std::optional(4.0 / 6));
        override(redis, "ann", "none"); // somebody else lifts it
        QTRY_COMPARE_WITH_TIMEOUT(viewer.last.table.rows, 0U, 5000);
    }

    void whatABannedKeyHasUsedIsNotKnownToWhoComesLater()
    {
        TestRedis redis;
        Link(redis.url()).call({"FCALL_RO", "rateguard_version", "0"}); // brings the library, while nobody listens
        setLimit(redis, "10/60000");
        check(redis, "ann", 3);
        check(redis, "bob", 3);
        override(redis, "ann", "ban");
        FeedViewer viewer(redis.url());
        QTRY_VERIFY(viewer.row("bob") && viewer.row("bob")->used == 3);
        QTRY_VERIFY(viewer.row("ann") && viewer.row("ann")->state == KeyState::Banned);
        QVERIFY2(viewer.row("ann")->used == 0 && viewer.row("ann")->limit == 0, std::to_string(viewer.row("ann")->used).c_str());
    }

    void vanishWhenTheirTimeHasCome()
    {
        TestRedis redis;
        FeedViewer viewer(redis.url());
        setLimit(redis, "5/1000");
        override(redis, "ann", "ban");
        auto edit = banOf(1, "bob");
        edit.span = 1500ms;
        viewer.feed.submit(edit);
        QTRY_VERIFY(viewer.last.overrides && viewer.last.overrides->all.size() == 2);
        const auto until = *viewer.last.overrides->all[1].value.until;
        QTRY_COMPARE_WITH_TIMEOUT(viewer.last.overrides->all.size(), std::size_t {1}, 5000);
        QVERIFY(viewer.last.now >= until && viewer.last.now < until + 1s);
        QCOMPARE(viewer.last.overrides->all[0].key, std::string("ann"));
    }

    void theSlowerOfTwoIsToldAndAResetForgets()
    {
        TestRedis redis;
        FeedViewer viewer(redis.url());
        setLimit(redis, "5/60000");
        override(redis, "ann", "exempt");
        viewer.feed.submit(banOf(1, "ann", 0));
        QTRY_COMPARE(viewer.keyEdits.size(), std::size_t {1});
        QVERIFY(viewer.keyEdits[0].status == Status::Conflict && viewer.keyEdits[0].after->kind == Override::Kind::Exempt);
        check(redis, "bob", 5);
        OverrideEdit reset;
        reset.id = 2;
        reset.policy = "search";
        reset.key = "bob";
        reset.reset = true;
        reset.author = "tester";
        viewer.feed.submit(reset);
        QTRY_COMPARE(viewer.keyEdits.size(), std::size_t {2});
        QVERIFY2(viewer.keyEdits[1].status == Status::Applied && viewer.keyEdits[1].message.empty(), viewer.keyEdits[1].message.c_str());
        QVERIFY(viewer.keyEdits[1].appliedAt > viewer.last.now - 10s);
        QCOMPARE(check(redis, "bob", 5).text.substr(0, 3), std::string("1 0"));
    }

    void refusesWhatCannotBeDone()
    {
        TestRedis redis;
        FeedViewer viewer(redis.url());
        viewer.feed.submit(banOf(1, std::string(200, 'k') + '~' + std::string(40, 'a')));
        QTRY_COMPARE(viewer.keyEdits.size(), std::size_t {1});
        QVERIFY(viewer.keyEdits[0].status == Status::Refused && viewer.keyEdits[0].cause == EditOutcome::Cause::Value);
        viewer.feed.submit(banOf(2, "ann"));
        QTRY_COMPARE(viewer.keyEdits.size(), std::size_t {2});
        QVERIFY(viewer.keyEdits[1].status == Status::Refused && !viewer.keyEdits[1].message.empty()); // no such policy

        FeedOptions options;
        options.readOnly = true;
        FeedViewer reader(redis.url(), options);
        setLimit(redis, "5/1000");
        reader.feed.submit(banOf(3, "ann"));
        QTRY_COMPARE(reader.keyEdits.size(), std::size_t {1});
        QVERIFY(reader.keyEdits[0].status == Status::Refused);
        QVERIFY2(reader.keyEdits[0].message.find("read-only") != std::string::npos, reader.keyEdits[0].message.c_str());
        QCOMPARE(redis.ask({"EXISTS", Keyspace().overrides}).integer, std::int64_t {0});

        redis.crash();
        QTRY_VERIFY(viewer.last.link.state == LinkState::Lost);
        viewer.feed.submit(banOf(4, "ann"));
        QTRY_COMPARE(viewer.keyEdits.size(), std::size_t {3});
        QVERIFY(viewer.keyEdits[2].status == Status::Refused);
        QVERIFY2(viewer.keyEdits[2].message.find("no connection") != std::string::npos, viewer.keyEdits[2].message.c_str());
    }

    // A Redis that hangs: after 3 s nobody knows, and when it goes on, it tells.
    void saysThatItDoesNotKnowAndThenWhatBecameOfIt()
    {
        TestRedis redis;
        FeedViewer viewer(redis.url());
        setLimit(redis, "5/1000");
        ::kill(static_cast<pid_t>(redis.server().processId()), SIGSTOP);
        viewer.feed.submit(banOf(1, "ann"));
        QTRY_COMPARE_WITH_TIMEOUT(viewer.keyEdits.size(), std::size_t {1}, 5000);
        QVERIFY(viewer.keyEdits[0].status == Status::Unknown);
        QVERIFY2(viewer.keyEdits[0].message.find("may have been made") != std::string::npos, viewer.keyEdits[0].message.c_str());
        ::kill(static_cast<pid_t>(redis.server().processId()), SIGCONT);
        QTRY_COMPARE(viewer.keyEdits.back().status, Status::Applied);
        QCOMPARE(redis.ask({"XLEN", Keyspace().audit}).integer, std::int64_t {2}); // it was sent once
    }

    void anEditWhoseAnswerIsLostIsLookedUp()
    {
        TestRedis redis({QStringLiteral("--appendonly"), QStringLiteral("yes"), QStringLiteral("--appendfsync"), QStringLiteral("always")});
        FeedViewer viewer(redis.url());
        setLimit(redis, "5/1000");
        override(redis, "made", "ban"); // as if by the edit whose answer is lost
        OverrideEdit reset = banOf(3, "ann");
        reset.reset = true;
        ::kill(static_cast<pid_t>(redis.server().processId()), SIGSTOP);
        viewer.feed.submit(banOf(1, "made"));
        viewer.feed.submit(banOf(2, "ann", 0));
        viewer.feed.submit(reset);
        QTRY_COMPARE_WITH_TIMEOUT(viewer.keyEdits.size(), std::size_t {3}, 5000);
        redis.crash();
        redis.start();
        const auto last = [&](std::uint64_t id) {
            const auto found = std::find_if(viewer.keyEdits.rbegin(), viewer.keyEdits.rend(), [id](const OverrideOutcome &o) { return o.id == id; });
            return found == viewer.keyEdits.rend() ? OverrideOutcome() : *found;
        };
        QTRY_VERIFY_WITH_TIMEOUT(last(1).status == Status::Applied && last(2).status == Status::Refused && last(3).status == Status::Refused, 15'000);
        QVERIFY2(last(2).message.find("Apply it again") != std::string::npos, last(2).message.c_str());
        QCOMPARE(redis.ask({"XLEN", Keyspace().audit}).integer, std::int64_t {2}); // nothing was sent twice
    }

    void aResetWhoseAnswerIsLostStandsInTheAudit()
    {
        TestRedis redis;
        FeedViewer viewer(redis.url());
        setLimit(redis, "5/1000");
        OverrideEdit reset = banOf(1, "ann");
        reset.reset = true;
        // The answer comes to nobody, since the feed goes to another name of the same server meanwhile.
        ::kill(static_cast<pid_t>(redis.server().processId()), SIGSTOP);
        viewer.feed.submit(reset);
        const auto now = viewer.last.now;
        QTRY_VERIFY(viewer.last.now > now + 300ms);
        viewer.feed.watch(redis.url());
        QTRY_COMPARE(viewer.keyEdits.size(), std::size_t {1});
        QCOMPARE(viewer.keyEdits[0].status, Status::Unknown);
        ::kill(static_cast<pid_t>(redis.server().processId()), SIGCONT);
        QTRY_COMPARE_WITH_TIMEOUT(viewer.keyEdits.back().status, Status::Applied, 10'000);
    }
};

QTEST_GUILESS_MAIN(FeedOverridesTest)
#include "tst_FeedOverrides.moc"
