// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/Link.h"

#include "redis/OverrideStore.h"

using namespace rateguard;
using namespace std::chrono_literals;
using Status = OverrideOutcome::Status;

class OverrideStoreTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_redis = std::make_unique<TestRedis>(); }
    void cleanup() { m_redis.reset(); }

    void setsListsAndTakesAway()
    {
        Desk desk(*m_redis);
        const auto banned = desk.apply(ban("alice", 1h));
        QVERIFY2(banned.status == Status::Applied && banned.version == 1 && !banned.before, banned.message.c_str());
        QVERIFY(banned.after && banned.after->kind == Override::Kind::Ban && banned.after->until > banned.appliedAt + 59min);
        auto own = ban("bob", {});
        own.kind = Override::Kind::Limit;
        own.limit = Limits(5, 60s);
        QCOMPARE(desk.apply(own).after->limit.front(), (Limit {5, 60s}));
        const auto listed = desk.list("search");
        QVERIFY(listed.error.isEmpty() && listed.damaged.empty() && !listed.isCut);
        QCOMPARE(listed.all.size(), std::size_t {2});
        QVERIFY(listed.all[0] == (KeyOverride {"search", "alice", *banned.after}));
        QVERIFY(desk.list("other").all.empty());

        auto none = ban("alice", {});
        none.kind.reset();
        const auto lifted = desk.apply(none);
        QVERIFY(lifted.status == Status::Applied && !lifted.after && lifted.before == banned.after);
        QCOMPARE(desk.list({}).all.size(), std::size_t {1});
        const auto again = desk.apply(none);
        QVERIFY(again.status == Status::Refused && again.cause == EditOutcome::Cause::Value);
    }

    void theSlowerOfTwoIsToldAndChangesNothing()
    {
        Desk desk(*m_redis);
        desk.apply(ban("alice", {}));
        auto late = ban("alice", {});
        late.kind = Override::Kind::Exempt;
        late.expectedVersion = 0;
        const auto conflict = desk.apply(late);
        QVERIFY(conflict.status == Status::Conflict && conflict.version == 1 && conflict.after->kind == Override::Kind::Ban);
        QVERIFY2(conflict.message.find("version 1") != std::string::npos, conflict.message.c_str());
        late.expectedVersion = 1;
        QVERIFY(desk.apply(late).status == Status::Applied);
        late.key = "nobody";
        const auto missing = desk.apply(late);
        QVERIFY(missing.status == Status::Conflict && missing.version == 0 && !missing.after);
    }

    void aLostAnswerIsUnknown()
    {
        Desk desk(*m_redis);
        std::optional<OverrideOutcome> outcome;
        desk.store.apply(ban("alice", {}), [&](const OverrideOutcome &o) { outcome = o; });
        desk.link.connection.close();
        QVERIFY(outcome && outcome->status == Status::Unknown);
        QVERIFY(!desk.list({}).error.isEmpty());
    }

    void hostileKeysComeBackAsTheyWent()
    {
        Desk desk(*m_redis, 3);
        const std::vector<std::string> keys {std::string("a\0b", 3), "\xff\x1b[31m\r\n", "with:colons:{and}braces", "", "*?[a]", std::string(5000, 'x')};
        for (const auto &key : keys) {
            QVERIFY(desk.apply(ban(key, {})).status == Status::Applied);
        }
        std::vector<std::string> found;
        for (const auto &one : desk.list("search").all) {
            found.push_back(one.key);
        }
        auto sorted = keys;
        std::sort(sorted.begin(), sorted.end());
        QVERIFY(found == sorted);
        for (const auto &key : keys) {
            QVERIFY(desk.peek(key)->why == Why::Ban);
        }
    }

    void whatCannotBeReadIsReportedAndWhatHasEndedIsLeftOut()
    {
        Desk desk(*m_redis);
        desk.apply(ban("alice", {}));
        const Keyspace names;
        m_redis->ask({"HSET", names.overrides, "search:damaged", "rubbish \xff", "no colon", "1 ban 0", "bad name:k", "1 ban 0", "search:over", "9 ban 1000",
            "search:later", "10 teapot 0"});
        const auto listed = desk.list({});
        QVERIFY(listed.error.isEmpty());
        QCOMPARE(listed.all.size(), std::size_t {1});
        QCOMPARE(listed.damaged, (std::vector<std::string> {"bad name:k", "no colon", "search:damaged", "search:later"}));
        m_redis->ask({"DEL", names.overrides});
        m_redis->ask({"SET", names.overrides, "a string"});
        QVERIFY(!desk.list({}).error.isEmpty());
    }

    void countsPerPolicyOverAllPartitions()
    {
        Desk desk(*m_redis, 3);
        for (int i = 0; i < 20; ++i) {
            desk.apply(ban("client-" + std::to_string(i), {}));
        }
        const auto counts = Link::wait<std::map<std::string, std::uint64_t>>([&](auto done) { desk.store.count({"search", "other"}, done); });
        QCOMPARE(counts, (std::map<std::string, std::uint64_t> {{"search", 20}}));
        QCOMPARE(desk.list("search").all.size(), std::size_t {20});
        QVERIFY(m_redis->ask({"HLEN", "{rateguard:1}:overrides"}).integer > 2);
    }

    void readsThousandsInPieces()
    {
        Desk desk(*m_redis);
        Connection::Arguments arguments {"HSET", "{rateguard:0}:overrides"};
        for (int i = 0; i < 20'000; ++i) {
            arguments.insert(arguments.end(), {"search:k" + std::to_string(i), "1 ban 0"});
        }
        m_redis->ask(arguments);
        QCOMPARE(desk.list("search").all.size(), std::size_t {20'000});
    }

    // A default is registered in the partition that was asked for it, and the key may live in another.
    void aPolicyThatOneKeyRegisteredIsKnownToAll()
    {
        Desk desk(*m_redis, 3);
        m_redis->ask({"FCALL", "rateguard_check", "2", "{rateguard:1}:limits", "{rateguard:1}:log:fresh:k", "fresh", "1", "5/60000"});
        for (int i = 0; i < 10; ++i) {
            auto edit = ban("client-" + std::to_string(i), {});
            edit.policy = "fresh";
            QVERIFY(desk.apply(edit).status == Status::Applied);
        }
        auto unknown = ban("k", {});
        unknown.policy = "nowhere";
        const auto refused = desk.apply(unknown);
        QVERIFY(refused.status == Status::Refused && refused.cause == EditOutcome::Cause::Value);
    }

    void resetForgetsAndPeekCountsNothing()
    {
        Desk desk(*m_redis, 3);
        const auto names = Partitions("rateguard", 3).of("alice");
        m_redis->ask({"FCALL", "rateguard_check", "2", names.limits, names.log("search", "alice"), "search", "7"});
        QCOMPARE(desk.peek("alice")->remaining, 93U);
        QCOMPARE(desk.peek("alice")->remaining, 93U);
        const auto reset = [&] { return Link::wait<Reply>([&](auto done) { desk.store.reset("search", "alice", "tester", "why", done); }); };
        QCOMPARE(reset().integer, std::int64_t {1});
        QCOMPARE(reset().integer, std::int64_t {0});
        QCOMPARE(desk.peek("alice")->remaining, 100U);
        QVERIFY(!desk.peek("alice", "nowhere"));
    }

private:
    struct Desk
    {
        explicit Desk(TestRedis &redis, std::uint32_t partitions = 1)
            : link(redis.url())
            , store(link.connection, link.library, Partitions("rateguard", partitions))
        {
            for (const auto &names : Partitions("rateguard", partitions)) {
                link.call({"FCALL", "rateguard_set", "2", names.limits, names.audit, "search", "100/60000", "enforce", "", "tester", ""});
            }
        }

        OverrideOutcome apply(const OverrideEdit &edit)
        {
            return Link::wait<OverrideOutcome>([&](auto done) { store.apply(edit, done); });
        }
        OverrideStore::Listed list(const std::string &policy)
        {
            return Link::wait<OverrideStore::Listed>([&](auto done) { store.list(policy, done); });
        }
        std::optional<Decision> peek(const std::string &key, const std::string &policy = "search")
        {
            using Answer = std::optional<Decision>;
            return Link::wait<Answer>([&](auto done) { store.peek(policy, key, 1, [done](const Answer &decision, const Reply &) { done(decision); }); });
        }

        Link link;
        OverrideStore store;
    };

    static OverrideEdit ban(const std::string &key, std::optional<Duration> span)
    {
        OverrideEdit edit;
        edit.policy = "search";
        edit.key = key;
        edit.kind = Override::Kind::Ban;
        edit.span = span;
        edit.author = "tester";
        return edit;
    }

    std::unique_ptr<TestRedis> m_redis;
};

QTEST_GUILESS_MAIN(OverrideStoreTest)
#include "tst_OverrideStore.moc"
