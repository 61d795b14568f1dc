// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/Calls.h"
#include "support/Edits.h"
#include "support/Link.h"

#include "redis/LimitLookup.h"
#include "redis/LimitStore.h"

#include <algorithm>

using namespace rateguard;
using namespace std::chrono_literals;
using Status = EditOutcome::Status;

class LimitLookupTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_redis = std::make_unique<TestRedis>();
        m_link = std::make_unique<Link>(m_redis->url());
        QCOMPARE(apply(edit(50, 0)).after.version, std::uint64_t {1});
    }
    void cleanup()
    {
        m_link.reset();
        m_redis.reset();
    }

    void whatHoldsWasMadeByTheEditWhoseNameIsInTheAudit()
    {
        apply(edit(60, 1));
        const auto outcome = find(edit(60, 1));
        QVERIFY2(outcome.status == Status::Applied, outcome.message.c_str());
        QVERIFY(outcome.after == (Rule {{60, 60s}, Mode::Enforce, 2}) && !outcome.replacedBy && outcome.id == 7 && outcome.policy == "search");
        auto twin = edit(60, 1);
        twin.author = "somebody else";
        QVERIFY(find(twin).status == Status::Conflict); // who wished for the same, and was slower
    }

    void whatRedisHasNotHeardOfWasNotMade()
    {
        const auto outcome = find(edit(60, 1));
        QVERIFY2(outcome.status == Status::Refused && outcome.message.find("Apply it again") != std::string::npos, outcome.message.c_str());
        auto create = edit(60, 0);
        create.policy = "other";
        QCOMPARE(find(create).status, Status::Refused);
        create.expectedVersion.reset();
        QCOMPARE(find(create).status, Status::Refused);
    }

    void whatSomebodyElseMadeInsteadIsAConflict()
    {
        apply(edit(80, 1));
        const auto outcome = find(edit(60, 1));
        QVERIFY2(outcome.status == Status::Conflict && outcome.after == (Rule {{80, 60s}, Mode::Enforce, 2}), outcome.message.c_str());
        apply(unset(2));
        QVERIFY(find(edit(60, 1)).status == Status::Conflict && find(edit(60, 1)).after.version == 0);
    }

    void whatWasMadeAndThenReplacedWasMade()
    {
        apply(edit(60, 1));
        setLimit(*m_redis, "80/60000", "shadow");
        auto outcome = find(edit(60, 1));
        QVERIFY2(outcome.status == Status::Applied, outcome.message.c_str());
        QCOMPARE(outcome.after, (Rule {{60, 60s}, Mode::Enforce, 2}));
        QVERIFY(outcome.replacedBy == (Rule {{80, 60s}, Mode::Shadow, 3}));
        setLimit(*m_redis, "unset", "");
        outcome = find(edit(60, 1));
        QVERIFY(outcome.status == Status::Applied && outcome.after.version == 2 && outcome.replacedBy == Rule {});
        setLimit(*m_redis, "90/60000"); // v5
        outcome = find(edit(60, 1));
        QVERIFY(outcome.status == Status::Applied && outcome.after.version == 2 && outcome.replacedBy->version == 5);
        QVERIFY(find(edit(50, 0)).replacedBy->version == 5); // of the first as well
    }

    void takingALimitAwayIsToldLikewise()
    {
        QVERIFY(find(unset(1)).status == Status::Refused);
        apply(unset(1));
        auto outcome = find(unset(1));
        QVERIFY(outcome.status == Status::Applied && outcome.after.version == 2 && !outcome.replacedBy);
        setLimit(*m_redis, "80/60000");
        outcome = find(unset(1));
        QVERIFY(outcome.status == Status::Applied && outcome.after.version == 2 && outcome.replacedBy->version == 3);
    }

    // Without a version to follow, only an edit that was made since is this one.
    void anOlderEditOfTheSameKindIsNotTheLostOne()
    {
        QVERIFY(find(edit(50, {})).status == Status::Applied);
        const Instant later {std::chrono::seconds(std::stoll(m_redis->ask({"TIME"}).items[0].text)) + 1h};
        QVERIFY(find(edit(50, {}), later).status == Status::Conflict);
        apply(unset(1));
        QVERIFY(find(edit(50, 0)).status == Status::Applied);
        QVERIFY(find(edit(50, 0), later).status == Status::Refused);
    }

    void amongTooManyEditsNobodyLooks()
    {
        apply(edit(60, {}));
        for (int i = 0; i < 300; ++i) {
            setLimit(*m_redis, std::to_string(100 + i) + "/60000");
        }
        const auto outcome = find(edit(60, 1));
        QVERIFY2(outcome.status == Status::Unknown && outcome.message.find("history") != std::string::npos, outcome.message.c_str());
    }

    // They have versions of their own, and stand in the same history.
    void editsOfKeysDoNotHideIt()
    {
        apply(edit(60, 1));
        m_redis->ask({"EVAL", "for i = 1, 300 do redis.call('XADD', KEYS[1], '*', 'policy', 'search', 'key', 'client-' .. i, 'version', i, 'old', '', 'new', i .. ' ban 0', 'author', 'x', 'reason', '') end",
            "1", Keyspace().audit});
        const auto outcome = find(edit(60, 1));
        QVERIFY2(outcome.status == Status::Applied && outcome.after.version == 2 && !outcome.replacedBy, outcome.message.c_str());
        auto twin = edit(60, 1);
        twin.author = "somebody else";
        QCOMPARE(find(twin).status, Status::Conflict);
    }

    // Redis keeps ten thousand edits, and some people fewer.
    void whatTheHistoryHasForgottenIsNotTold()
    {
        apply(edit(60, 1));
        setLimit(*m_redis, "80/60000");
        m_redis->ask({"XTRIM", Keyspace().audit, "MAXLEN", "1"}); // knows of the last one only
        auto outcome = find(edit(60, 1));
        QVERIFY2(outcome.status == Status::Unknown && outcome.after.version == 3 && !outcome.message.empty(), outcome.message.c_str());
        QCOMPARE(find(edit(80, 2)).status, Status::Conflict); // of which it is sure: somebody else's
        m_redis->ask({"DEL", Keyspace().audit});
        for (const auto &lost : {edit(80, 2), edit(60, {}), edit(60, 0)}) {
            outcome = find(lost);
            QVERIFY2(outcome.status == Status::Unknown, outcome.message.c_str());
        }
        QVERIFY(find(edit(80, 3)).status == Status::Refused); // it is as it was
    }

    void readsWhereEditsAreDecidedAndTwoAtOnce()
    {
        const Partitions many("rateguard", 4);
        LimitLookup lookup(m_link->connection, many);
        apply(edit(60, 1));
        std::vector<EditOutcome> outcomes;
        for (const auto &lost : {edit(60, 1), edit(70, 2)}) {
            lookup.find(lost, {}, [&](const EditOutcome &outcome) { outcomes.push_back(outcome); });
        }
        lookup.setPartitions(Partitions()); // meanwhile
        QTRY_COMPARE(outcomes.size(), std::size_t {2});
        std::sort(outcomes.begin(), outcomes.end(), [](const auto &a, const auto &b) { return a.status < b.status; });
        QVERIFY(outcomes[0].status == Status::Applied || outcomes[1].status == Status::Applied);
        QVERIFY(outcomes[0].status == Status::Refused || outcomes[1].status == Status::Refused);
    }

    void whoeverCannotAskStillDoesNotKnow()
    {
        apply(edit(60, 1));
        m_redis->ask({"ACL", "SETUSER", "default", "-xrevrange"});
        QVERIFY(find(edit(60, 1)).status == Status::Unknown && !find(edit(60, 1)).message.empty());
        m_redis->ask({"ACL", "SETUSER", "default", "-hget"});
        QVERIFY(find(edit(60, 1)).status == Status::Unknown && !find(edit(60, 1)).message.empty());
    }

    void whatRedisHasLostIsNotTold()
    {
        apply(edit(60, 1));
        m_redis->ask({"FLUSHALL"});
        const auto outcome = find(edit(60, 1));
        QVERIFY2(outcome.status == Status::Refused && outcome.message.find("lost") != std::string::npos, outcome.message.c_str());
    }

private:
    static LimitEdit edit(std::uint32_t count, std::optional<std::uint64_t> expected)
    {
        return editOf(7, {count, 60s}, expected, Mode::Enforce, "because \"<b>\"");
    }

    static LimitEdit unset(std::uint64_t expected)
    {
        auto wish = edit(1, expected);
        wish.unset = true;
        return wish;
    }

    EditOutcome apply(const LimitEdit &wish)
    {
        LimitStore store(m_link->connection, m_link->library);
        return Link::wait<EditOutcome>([&](auto done) { store.apply(wish, done); });
    }

    EditOutcome find(const LimitEdit &wish, Instant sent = {})
    {
        LimitLookup lookup(m_link->connection);
        return Link::wait<EditOutcome>([&](auto done) { lookup.find(wish, sent, done); });
    }

    std::unique_ptr<TestRedis> m_redis;
    std::unique_ptr<Link> m_link;
};

QTEST_GUILESS_MAIN(LimitLookupTest)
#include "tst_LimitLookup.moc"
