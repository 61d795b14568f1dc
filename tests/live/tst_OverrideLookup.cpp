// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/Calls.h"
#include "support/Link.h"

#include "redis/OverrideLookup.h"

using namespace rateguard;
using namespace std::chrono_literals;
using Status = OverrideOutcome::Status;

class OverrideLookupTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_redis = std::make_unique<TestRedis>();
        Link(m_redis->url()).call({"FCALL_RO", "rateguard_version", "0"}); // brings the library
        setLimit(*m_redis, "5/60000");
    }
    void cleanup() { m_redis.reset(); }

    void whatHoldsAsWishedWasMade()
    {
        override(*m_redis, "ann", "limit 3/1000", "60000");
        auto edit = limitOf("ann", {3, 1s});
        edit.span = 1min;
        edit.expectedVersion = 0;
        const auto outcome = find(edit);
        QVERIFY2(outcome.status == Status::Applied && outcome.version == 1 && outcome.after && outcome.id == 9, outcome.message.c_str());
        edit.expectedVersion.reset();
        QCOMPARE(find(edit).status, Status::Applied);
        QCOMPARE(find(liftOf("bob")).status, Status::Applied); // nothing is there, as wished
    }

    void whatHadEndedBeforeWasNotMade()
    {
        override(*m_redis, "ann", "limit 3/1000", "60000"); // Redis holds it until it is swept
        const Instant later {std::chrono::seconds(std::stoll(m_redis->ask({"TIME"}).items[0].text)) + 2min};
        auto edit = limitOf("ann", {3, 1s});
        edit.span = 1min;
        edit.expectedVersion = 0;
        QCOMPARE(find(edit, later).status, Status::Refused);
        edit.limit = Limits(Limit {4, 1s});
        QCOMPARE(find(edit, later).status, Status::Refused);
    }

    void whatStillStandsAsItWasSeenWasNotMade()
    {
        auto edit = limitOf("ann", {3, 1s});
        edit.expectedVersion = 0;
        QCOMPARE(find(edit).status, Status::Refused);
        override(*m_redis, "ann", "limit 3/1000");
        edit.expectedVersion = 1; // the same again: its version would be another
        QCOMPARE(find(edit).status, Status::Refused);
        auto lift = liftOf("ann");
        lift.expectedVersion = 1;
        const auto outcome = find(lift);
        QVERIFY2(outcome.status == Status::Refused && outcome.message.find("Apply it again") != std::string::npos, outcome.message.c_str());
    }

    void anythingElseIsForPeopleToLookAt()
    {
        override(*m_redis, "ann", "ban");
        auto edit = limitOf("ann", {3, 1s});
        edit.expectedVersion = 0;
        auto outcome = find(edit);
        QVERIFY2(outcome.status == Status::Conflict && outcome.version == 1 && outcome.after->kind == Override::Kind::Ban, outcome.message.c_str());
        edit.expectedVersion.reset();
        QCOMPARE(find(edit).status, Status::Conflict);
        edit.key = "bob";
        edit.expectedVersion = 4; // and now there is none
        outcome = find(edit);
        QVERIFY(outcome.status == Status::Conflict && outcome.version == 0 && !outcome.after);
    }

    void whatWasMadeAndThenReplacedWasMade()
    {
        auto edit = limitOf("ann", {3, 1s});
        edit.author = "else";
        edit.reason = "because";
        edit.expectedVersion = 0;
        override(*m_redis, "ann", "limit 3/1000"); // its answer is lost
        override(*m_redis, "ann", "ban");
        auto outcome = find(edit);
        QVERIFY(outcome.isReplaced);
        QVERIFY2(outcome.status == Status::Applied && outcome.version == 1 && outcome.after->version == 2, outcome.message.c_str());
        override(*m_redis, "ann", "none");
        outcome = find(edit);
        QVERIFY(outcome.status == Status::Applied && outcome.isReplaced && outcome.version == 1 && !outcome.after);
        edit.expectedVersion = 1; // another of the same kind, which was not made
        QCOMPARE(find(edit).status, Status::Conflict);
        auto lift = liftOf("ann");
        lift.author = "else";
        lift.reason = "because";
        lift.expectedVersion = 2;
        override(*m_redis, "ann", "exempt");
        outcome = find(lift);
        QVERIFY(outcome.status == Status::Applied && outcome.isReplaced && outcome.version == 3 && outcome.after->kind == Override::Kind::Exempt);
        QCOMPARE(find(lift, Instant(std::chrono::hours(24 * 365 * 100))).status, Status::Conflict); // made before this one was sent
    }

    void theAuditTellsOfAReset()
    {
        auto edit = liftOf("ann");
        edit.reset = true;
        edit.reason = "fresh start";
        QCOMPARE(find(edit).status, Status::Refused);
        const Keyspace names;
        m_redis->ask({"FCALL", "rateguard_reset", "2", names.limits, names.log("search", "ann"), "search", "somebody", "fresh start"});
        QCOMPARE(find(edit).status, Status::Refused); // not ours
        m_redis->ask({"FCALL", "rateguard_reset", "2", names.limits, names.log("search", "ann"), "search", "tester", "fresh start"});
        const auto outcome = find(edit);
        QVERIFY(outcome.status == Status::Applied && outcome.appliedAt.time_since_epoch().count() > 0);
        QCOMPARE(find(edit, Instant(outcome.appliedAt + 2s)).status, Status::Refused); // an earlier one
    }

    void amongManyEditsOfOtherKeysItIsFound()
    {
        auto edit = liftOf("ann");
        edit.reset = true;
        const Keyspace names;
        m_redis->ask({"FCALL", "rateguard_reset", "2", names.limits, names.log("search", "ann"), "search", "tester", ""});
        m_redis->ask({"EVAL", "for i = 1, 1100 do redis.call('XADD', KEYS[1], '*', 'policy', 'search', 'key', 'client-' .. i, 'version', i, 'old', '', 'new', i .. ' ban 0', 'author', 'x', 'reason', '') end",
            "1", Keyspace().audit});
        const auto outcome = find(edit);
        QVERIFY2(outcome.status == Status::Applied, outcome.message.c_str());
    }

    void amongTooManyEditsNobodyLooks()
    {
        m_redis->ask({"EVAL", "for i = 1, 1001 do redis.call('XADD', KEYS[1], '*', 'policy', 'search', 'key', 'ann', 'version', i, 'old', '', 'new', i .. ' ban 0', 'author', 'x', 'reason', '') end",
            "1", Keyspace().audit});
        auto edit = liftOf("ann");
        edit.reset = true;
        const auto outcome = find(edit);
        QVERIFY2(outcome.status == Status::Unknown && outcome.message.find("history") != std::string::npos, outcome.message.c_str());
    }

    void whoeverCannotAskStillDoesNotKnow()
    {
        m_redis->ask({"ACL", "SETUSER", "default", "-hget", "-xrevrange"});
        auto edit = limitOf("ann", {3, 1s});
        QVERIFY(find(edit).status == Status::Unknown && !find(edit).message.empty());
        m_redis->ask({"ACL", "SETUSER", "default", "+hget"});
        override(*m_redis, "ann", "ban"); // ours, and replaced, or somebody else's
        QVERIFY(find(edit).status == Status::Unknown && !find(edit).message.empty());
        edit.reset = true;
        QVERIFY(find(edit).status == Status::Unknown && !find(edit).message.empty());
    }

private:
    static OverrideEdit liftOf(const std::string &key)
    {
        OverrideEdit edit;
        edit.id = 9;
        edit.policy = "search";
        edit.key = key;
        edit.author = "tester";
        return edit;
    }

    static OverrideEdit limitOf(const std::string &key, const Limit &limit)
    {
        auto edit = liftOf(key);
        edit.kind = Override::Kind::Limit;
        edit.limit = limit;
        return edit;
    }

    OverrideOutcome find(const OverrideEdit &edit, Instant sent = {})
    {
        Link link(m_redis->url());
        OverrideStore store(link.connection, link.library);
        OverrideLookup lookup(link.connection, store);
        return Link::wait<OverrideOutcome>([&](auto done) { lookup.find(edit, sent, done); });
    }

    std::unique_ptr<TestRedis> m_redis;
};

QTEST_GUILESS_MAIN(OverrideLookupTest)
#include "tst_OverrideLookup.moc"
