// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/Link.h"

#include "feed/HistoryReader.h"

using namespace rateguard;
using namespace std::chrono_literals;

// A reader on a real Redis with an ear that hears what the test says, and a clock that the test sets.
struct Desk
{
    explicit Desk(const RedisUrl &url)
        : link(url)
        , now(std::stoll(link.call({"TIME"}).items[0].text) * 1s)
        , reader(link.connection, clock, [this](const std::string &, const std::optional<std::string> &) { return heard(); })
    {
        link.call({"FCALL", "rateguard_check", "2", Keyspace().limits, Keyspace().log("other", "k"), "other", "1", "5/1000"}); // brings the library
    }

    // Three rejections a second before the edit, one after it; the last two minutes of them.
    std::vector<SecondCounts> heard() const
    {
        std::vector<SecondCounts> seconds;
        if (isDeaf) {
            return seconds;
        }
        const auto end = std::chrono::floor<std::chrono::seconds>(clock.now().time_since_epoch()).count();
        for (auto second = end - 120; second < end; ++second) {
            seconds.push_back({second, 10, Instant(std::chrono::seconds(second)) < edited ? 3U : 1U});
        }
        return seconds;
    }

    void set(Instant at) { clock.observe(at, 0us); }
    void edit(Instant at, std::uint64_t version, const std::string &key = {})
    {
        edited = at;
        std::vector<std::string> command {"XADD", Keyspace().audit, std::to_string(at.time_since_epoch() / 1ms) + "-1", "policy", "search", "version", std::to_string(version),
            "old", "1 enforce log 5/1000", "new", "2 enforce log 6/1000", "author", "x"};
        if (!key.empty()) {
            command.insert(command.end(), {"key", key});
        }
        link.call(command);
    }
    // 100 requests a minute around the edit, of which 50 are rejected.
    void fillMinutes(Instant at)
    {
        const auto middle = std::chrono::floor<std::chrono::minutes>(at.time_since_epoch()).count();
        for (auto minute = middle - 10; minute <= middle + 10; ++minute) {
            link.call({"HSET", Keyspace().history("search", minute / 60), std::to_string(minute % 60), "50 50 0 0"});
        }
    }
    void mayReadMinutes(bool may)
    {
        if (may) { // what was asked until now was denied, so no answer comes late, of a time before the clock was set
            QVERIFY(QTest::qWaitFor([this] { return !link.call({"ACL", "LOG"}).items.empty(); }, 60'000));
            link.call({"ACL", "LOG", "RESET"});
        }
        link.call({"ACL", "SETUSER", "default", may ? "+hgetall" : "-hgetall"});
    }

    EditHistory::Effect effect(std::size_t i, std::size_t of)
    {
        const auto history = reader.current();
        return history && history->effects.size() == of ? history->effects[i] : EditHistory::Effect();
    }

    Link link;
    ServerClock clock;
    Instant now; // what Redis says it is
    Instant edited;
    bool isDeaf = false; // nothing is heard of what is asked for
    HistoryReader reader;
};

class HistoryReaderTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_redis = std::make_unique<TestRedis>(); }
    void cleanup() { m_redis.reset(); }

    void whatWasHeardGrowsUntilMinutesKnowMore()
    {
        Desk desk(m_redis->url());
        const auto at = std::chrono::floor<std::chrono::minutes>(desk.now) - 15min + 20s;
        desk.fillMinutes(at);
        desk.edit(at, 2);
        desk.mayReadMinutes(false);
        desk.set(at + 30s + 500ms);
        desk.reader.live();
        QTRY_VERIFY(desk.effect(0, 1).basis == EditHistory::Basis::Policy);
        const auto early = desk.effect(0, 1);
        QVERIFY(early.before == 60s && early.after >= 30s && early.after < 60s && early.isOpen && !early.end);
        QVERIFY(early.rejectedBefore == 180 && early.rejectedAfter == 60 && early.requestsAfter == 660);
        QTRY_VERIFY(desk.effect(0, 1).after > early.after); // by itself

        desk.mayReadMinutes(true);
        desk.set(desk.now);
        desk.reader.live();
        QTRY_VERIFY(desk.effect(0, 1).basis == EditHistory::Basis::Minutes);
        const auto late = desk.effect(0, 1);
        QVERIFY(late.before == 10min && late.after == 10min && late.rejectedBefore == 50 && late.rejectedAfter == 50 && !late.end && !late.isOpen);
    }

    void aKeysFiguresAreNeverThoseOfItsPolicy()
    {
        Desk desk(m_redis->url());
        const auto at = std::chrono::floor<std::chrono::minutes>(desk.now) - 15min + 20s;
        desk.fillMinutes(at);
        desk.edit(at - 5min, 1); // of the limit: known by minutes only, which tells when they were read
        desk.edit(at, 2, "ann");
        desk.mayReadMinutes(false);
        desk.set(at + 30s + 500ms);
        desk.reader.live();
        QTRY_VERIFY(desk.effect(0, 2).basis == EditHistory::Basis::Key);
        desk.mayReadMinutes(true);
        desk.set(desk.now);
        desk.reader.live();
        QTRY_VERIFY(desk.effect(1, 2).after == 4min && !desk.effect(0, 2).isOpen);
        QVERIFY(desk.effect(1, 2).end == (EditHistory::End {EditHistory::End::Cause::Edit, false, 2, 5min, "ann"}));
        const auto effect = desk.effect(0, 2);
        QVERIFY(effect.basis == EditHistory::Basis::Key && effect.rejectedBefore == 180 && effect.rejectedAfter == 60);
    }

    void aKeysEditIsToldByThatKeyFromTheFirstSecondOn()
    {
        Desk desk(m_redis->url());
        const auto at = std::chrono::floor<std::chrono::minutes>(desk.now) - 15min + 57s; // a minute ends at once
        desk.fillMinutes(at);
        desk.edit(at, 2, "ann");
        desk.set(at + 2s);
        desk.reader.live();
        QTRY_COMPARE(desk.effect(0, 1).before, 60s);
        for (auto effect = desk.effect(0, 1); effect.after == 0s; effect = desk.effect(0, 1)) {
            QVERIFY(effect.basis == EditHistory::Basis::Key && effect.rejectedBefore == 180 && effect.rejectedAfter == 0 && effect.isOpen && !effect.end);
            QVERIFY(!effect.expected || *effect.expected == at + 8s);
            QVERIFY(desk.clock.now() < at + 60s);
            QTest::qWait(50);
        }
        const auto effect = desk.effect(0, 1);
        QVERIFY(effect.basis == EditHistory::Basis::Key && effect.after >= EditWitness::enough && effect.rejectedAfter == 60 && !effect.expected);
    }

    void aKeyThatNobodyHeardIsToldByItsPolicyAsFarAsNoOtherKeyTurned()
    {
        Desk desk(m_redis->url());
        const auto at = std::chrono::floor<std::chrono::minutes>(desk.now) - 15min + 20s;
        desk.isDeaf = true;
        desk.fillMinutes(at);
        desk.edit(at, 2, "ann");
        desk.edit(at + 4min, 3, "bob");
        desk.mayReadMinutes(false);
        desk.set(at + 5s);
        desk.reader.live();
        QTRY_VERIFY(desk.effect(1, 2).isOpen && desk.effect(1, 2).expected == at + 8s);
        QVERIFY(desk.effect(1, 2).basis == EditHistory::Basis::Key && desk.effect(1, 2).before == 0s);
        desk.mayReadMinutes(true);
        desk.set(desk.now);
        desk.reader.live();
        QTRY_COMPARE(desk.effect(1, 2).after, 180s);
        const auto effect = desk.effect(1, 2);
        QVERIFY(effect.basis == EditHistory::Basis::Minutes && effect.before == 10min && !effect.isOpen);
        QVERIFY(effect.end == (EditHistory::End {EditHistory::End::Cause::Edit, false, 3, 240s, "bob"}));
    }

    void fewMinutesDoNotPushOutMoreSeconds()
    {
        Desk desk(m_redis->url());
        const auto at = std::chrono::floor<std::chrono::minutes>(desk.now) - 15min + 2s;
        desk.fillMinutes(at);
        desk.edit(at, 2);
        desk.edit(at + 125s, 3); // one whole minute lies between, and more seconds
        desk.edited = at;
        desk.mayReadMinutes(false);
        desk.set(at + 50s);
        desk.reader.live();
        QTRY_VERIFY(desk.effect(1, 2).basis == EditHistory::Basis::Policy);
        desk.set(at + 165s);
        QTRY_COMPARE(desk.effect(1, 2).after, 125s);
        desk.mayReadMinutes(true);
        desk.set(desk.now);
        desk.reader.live();
        QTRY_VERIFY(desk.effect(0, 2).basis == EditHistory::Basis::Minutes && desk.effect(0, 2).after == 10min && !desk.effect(1, 2).isOpen);
        const auto effect = desk.effect(1, 2);
        QVERIFY(effect.basis == EditHistory::Basis::Policy && effect.after == 125s && effect.rejectedAfter == 60);
        QVERIFY(effect.end == (EditHistory::End {EditHistory::End::Cause::Edit, true, 3, 125s}));
    }

    void ofTwoEditsInAMinuteThatNobodyHeardNoneIsToldByTheOther()
    {
        Desk desk(m_redis->url());
        const auto at = std::chrono::floor<std::chrono::minutes>(desk.now) - 15min + 20s;
        desk.fillMinutes(at);
        desk.edit(at, 2);
        desk.edit(at + 15s, 3);
        desk.set(desk.now);
        desk.reader.live();
        QTRY_COMPARE(desk.effect(0, 2).after, 600s);
        QCOMPARE(desk.effect(0, 2).before, 0s);
        const auto first = desk.effect(1, 2);
        QVERIFY(first.after == 0s && first.before == 600s && !first.isOpen);
        QVERIFY(first.end == (EditHistory::End {EditHistory::End::Cause::Edit, true, 3, 15s}));
    }

    void whatBecomesKnownLateIsTakenOutOfMinutesThatWereRead()
    {
        Desk desk(m_redis->url());
        const auto at = std::chrono::floor<std::chrono::minutes>(desk.now) - 15min + 20s;
        desk.fillMinutes(at);
        desk.edit(at, 2);
        desk.set(desk.now);
        desk.reader.live();
        QTRY_VERIFY(desk.effect(0, 1).after == 10min && !desk.effect(0, 1).isOpen);
        desk.edit(at + 5min, 3, "bob");
        desk.reader.changed();
        QTRY_COMPARE(desk.effect(1, 2).end, (EditHistory::End {EditHistory::End::Cause::Edit, false, 3, 5min, "bob"}));
        QTRY_COMPARE(desk.effect(1, 2).after, 240s);
    }

    void nothingIsAwaitedOfMinutesThatMayNotBeRead()
    {
        Desk desk(m_redis->url());
        desk.mayReadMinutes(false);
        desk.edit(desk.now - 90s, 2);
        desk.set(desk.now);
        desk.reader.live();
        QTRY_VERIFY(desk.reader.current() && desk.reader.current()->entries.size() == 1 && !desk.effect(0, 1).isOpen);
        QVERIFY(desk.effect(0, 1).after == 0s);
        desk.mayReadMinutes(true);
        desk.reader.live();
        QTRY_VERIFY(desk.effect(0, 1).isOpen || desk.effect(0, 1).after > 0s);
    }

private:
    std::unique_ptr<TestRedis> m_redis;
};

QTEST_GUILESS_MAIN(HistoryReaderTest)
#include "tst_HistoryReader.moc"
