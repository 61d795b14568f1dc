// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "KnownKeys.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

class KeyRegistryTest : public QObject
{
    Q_OBJECT

    const Instant t0 {1'700'000'000s};

private slots:
    void knowsAKeyByItsBytes()
    {
        KeyRegistry keys;
        keys.record(decided(t0, std::string_view("bob\0:{x}", 8), Verdict::Rejected, 10));
        const auto known = collected(keys, t0 + 100ms);
        QCOMPARE(known.keys.size(), std::size_t {1});
        QVERIFY(known.keys[0].policy == "login" && known.keys[0].key == std::string("bob\0:{x}", 8));
        const auto &row = known.keys[0].row;
        QVERIFY(row.state == KeyState::Throttled && row.used == 10 && row.limit == 10 && row.lastSeen == t0);
        QVERIFY(row.total == (Counts {0, 1, 0}));
        QCOMPARE(keys.find("login", std::string_view("bob\0:{x}", 8)), row.id);
        QCOMPARE(keys.find("login", "bob"), KeySource::none);
    }

    void namesThatRunTogetherStayApart()
    {
        KeyRegistry keys;
        auto one = decided(t0, "c");
        one.policy = "a:b";
        auto other = decided(t0, "b:c");
        other.policy = "a";
        keys.record(one);
        keys.record(other);
        const auto known = collected(keys, t0);
        QCOMPARE(known.keys.size(), std::size_t {2});
        QVERIFY(known.find("a:b", "c") && known.find("a", "b:c"));
    }

    void ratesOfAQuietKeyGoToZero()
    {
        KeyRegistry keys;
        keys.record(decided(t0, "bob"));
        QVERIFY(collected(keys, t0 + 1s).keys.at(0).row.rates.allowed > 0);
        QVERIFY(collected(keys, t0 + 4s).keys.at(0).row.rates.allowed > 0);
        const auto zero = collected(keys, t0 + 5s);
        QVERIFY(zero.keys.at(0).row.rates == Rates());
        QVERIFY(zero.keys.at(0).row.state == KeyState::Quiet);
    }

    void saysWhetherAnythingHappened()
    {
        KeyRegistry keys;
        keys.record(decided(t0, "bob"));
        collected(keys, t0);
        const auto before = keys.changes();
        collected(keys, t0 + 10s);
        QCOMPARE(keys.changes(), before);
        keys.record(decided(t0 + 11s, "bob"));
        QVERIFY(keys.changes() > before);
    }

    void emptiesTheWindowWhenItIsOver()
    {
        KeyRegistry keys;
        keys.record(decided(t0, "bob", Verdict::Allowed, 9));
        QVERIFY(collected(keys, t0 + 1s).keys.at(0).row.state == KeyState::Near);
        QCOMPARE(collected(keys, t0 + 30s).keys.at(0).row.used, 9u);
        QCOMPARE(collected(keys, t0 + 59s).keys.at(0).row.used, 9u);
        const auto over = collected(keys, t0 + 60s);
        QVERIFY(over.keys.at(0).row.used == 0 && over.keys.at(0).row.state == KeyState::Quiet);
    }

    // A client that fires bursts and then rests: what it was rejected for does not count, so it does not keep the window full.
    void whatIsRejectedKeepsNoWindowFull()
    {
        KeyRegistry keys;
        keys.record(decided(t0, "nightly-export", Verdict::Allowed, 10));
        keys.record(decided(t0 + 40s, "nightly-export", Verdict::Rejected, 10));
        QVERIFY(collected(keys, t0 + 50s).keys.at(0).row.state == KeyState::Near);
        QCOMPARE(collected(keys, t0 + 59'999ms).keys.at(0).row.used, 10u);
        const auto rested = collected(keys, t0 + 60s);
        QVERIFY(rested.keys.at(0).row.used == 0 && rested.keys.at(0).row.state == KeyState::Quiet);
    }

    void whatWasAdmittedUnheardCountsAllTheSame()
    {
        KeyRegistry keys;
        keys.record(decided(t0, "bob", Verdict::Allowed, 1));
        keys.record(decided(t0 + 70s, "bob", Verdict::Rejected, 10)); // it was filled by what we have not heard
        QCOMPARE(collected(keys, t0 + 100s).keys.at(0).row.used, 10u);
        QCOMPARE(collected(keys, t0 + 130s).keys.at(0).row.used, 0u);
    }

    void aBanIsKnownFromTheListAtOnce()
    {
        KeyRegistry keys;
        keys.record(decided(t0, "bob", Verdict::Rejected, 10));
        const auto stateOf = [&](Instant now) { return collected(keys, now).keys.at(0).row.state; };
        QVERIFY(stateOf(t0 + 1s) == KeyState::Throttled);
        const auto before = keys.changes();
        keys.setOverrides({{"login", "bob", {Override::Kind::Ban, {}, {}, 1}}, {"login", "ann", {Override::Kind::Exempt, {}, {}, 1}}});
        QVERIFY(keys.changes() > before);
        QVERIFY(stateOf(t0 + 1s) == KeyState::Banned);
        QVERIFY(stateOf(t0 + 70s) == KeyState::Banned); // even if it has given up
        keys.record(decided(t0 + 71s, "ann"));
        QVERIFY(collected(keys, t0 + 71s).find("login", "ann")->state == KeyState::Exempt); // was known before it came
        keys.setOverrides({});
        QVERIFY(stateOf(t0 + 71s) == KeyState::Quiet);
        QVERIFY(collected(keys, t0 + 71s).find("login", "ann")->state == KeyState::Active);
    }

    void aBanIsKnownFromItsRejectionsToo()
    {
        KeyRegistry keys;
        keys.record(decided(t0, "bob", Verdict::Allowed, 3));
        auto banned = decided(t0 + 1s, "bob", Verdict::Rejected, 10);
        banned.why = Why::Ban;
        keys.record(banned);
        const auto row = collected(keys, t0 + 1s).keys.at(0).row;
        QVERIFY(row.state == KeyState::Banned);
        QCOMPARE(row.used, 3u); // a ban tells nothing of what was used
        QVERIFY(collected(keys, t0 + 6s).keys.at(0).row.state == KeyState::Quiet);
        keys.record(banned);
        keys.record(decided(t0 + 2s, "bob", Verdict::Rejected, 10)); // it was lifted
        QVERIFY(collected(keys, t0 + 2s).keys.at(0).row.state == KeyState::Throttled);
    }

    void whoIsBannedButOnlyWatchedIsNotCalledBanned()
    {
        KeyRegistry keys;
        keys.setOverrides({{"login", "bob", {Override::Kind::Ban, {}, {}, 1}}});
        auto watched = decided(t0, "bob", Verdict::WouldReject, 10);
        watched.why = Why::Ban;
        keys.record(watched);
        QVERIFY(collected(keys, t0 + 1s).keys.at(0).row.state == KeyState::Shadowed);
        auto off = decided(t0 + 10s, "bob", Verdict::Allowed, 0);
        off.why = Why::Off;
        keys.record(off);
        QVERIFY(collected(keys, t0 + 11s).keys.at(0).row.state == KeyState::Active);
        QVERIFY(collected(keys, t0 + 20s).keys.at(0).row.state == KeyState::Banned);
    }

    void theRejectedShareIsOfTheLastMinute()
    {
        KeyRegistry keys;
        keys.record(decided(t0, "bob", Verdict::Rejected, 10));
        keys.record(decided(t0, "bob", Verdict::Allowed, 10));
        QCOMPARE(collected(keys, t0 + 30s).keys.at(0).row.rejectedShare(), std::optional(0.5));
        QCOMPARE(collected(keys, t0 + 70s).keys.at(0).row.rejectedShare(), std::optional<double>());
        keys.record(decided(t0 + 71s, "bob", Verdict::Allowed, 10));
        QCOMPARE(collected(keys, t0 + 71s).keys.at(0).row.rejectedShare(), std::optional(0.0));
    }

    void nearIsWhereTheReaderSaysItBegins()
    {
        KeyRegistry keys;
        keys.record(decided(t0, "bob", Verdict::Allowed, 7));
        QVERIFY(collected(keys, t0 + 1s).keys.at(0).row.state == KeyState::Active);
        keys.setNearShare(0.7);
        QVERIFY(collected(keys, t0 + 1s).keys.at(0).row.state == KeyState::Near);
    }

    void forgetsIdleKeysAndUsesTheirNumbersAgain()
    {
        KeyRegistry keys;
        keys.record(decided(t0, "bob"));
        const auto bob = collected(keys, t0).keys.at(0);
        QCOMPARE(collected(keys, t0 + 5min).keys.size(), std::size_t {1});
        QCOMPARE(collected(keys, t0 + 5min + 1ms).keys.size(), std::size_t {0});
        QCOMPARE(keys.size(), std::size_t {0});
        keys.record(decided(t0 + 6min, "ann"));
        const auto ann = collected(keys, t0 + 6min).keys.at(0);
        QCOMPARE(ann.row.id, bob.row.id);
        QVERIFY(ann.born > bob.born); // nobody takes one for the other
        QCOMPARE(keys.births(), ann.born);
    }

    void beyondTheCapCountsOthers()
    {
        KeyRegistry keys(KeyRegistry::Options {.maxKeys = 2});
        keys.record(decided(t0, "bob"));
        keys.record(decided(t0, "ann"));
        keys.record(decided(t0 + 1s, "eve", Verdict::Rejected));
        auto out = collected(keys, t0 + 1s);
        QVERIFY(out.keysKnown == 2 && out.otherRequests == 1 && out.otherRates.rejected == 1);
        QVERIFY(keys.policyRates("login", t0 + 1s).requests() == 3.0);
        keys.record(decided(t0 + 9s, "bob"));
        keys.record(decided(t0 + 10s, "eve"));
        keys.record(decided(t0 + 11s, "eve")); // ann was quiet for more than 10 s
        out = collected(keys, t0 + 11s);
        QVERIFY(out.find("login", "eve") && out.find("login", "bob") && !out.find("login", "ann"));
        QCOMPARE(out.otherRequests, std::uint64_t {2});
    }

    void letsGoOfStampsFromTheFuture()
    {
        KeyRegistry keys;
        keys.record(decided(t0 + 24h * 365, "liar"));
        keys.record(decided(t0, "bob"));
        collected(keys, t0);
        collected(keys, t0 + 5min + 2s);
        QCOMPARE(keys.size(), std::size_t {0});
    }

    void boundsThePolicies()
    {
        KeyRegistry keys(KeyRegistry::Options {.maxPolicies = 10});
        for (int i = 0; i < 100; ++i) {
            const auto name = std::to_string(i);
            auto e = decided(t0, "bob");
            e.policy = name;
            keys.record(e);
        }
        QVERIFY(keys.policyRates("9", t0).allowed > 0);
        QVERIFY(keys.policyRates("10", t0) == Rates());
        QCOMPARE(collected(keys, t0).keysKnown, std::uint64_t {100});
        collected(keys, t0 + 6min);
        auto e = decided(t0 + 6min, "bob");
        e.policy = "10";
        keys.record(e);
        QVERIFY(keys.policyRates("10", t0 + 6min).allowed > 0); // the others were forgotten
    }

    // The key of a late event stands behind a younger one in the queue to be forgotten.
    void aPolicyStaysAsLongAsItsKeys()
    {
        KeyRegistry keys;
        keys.record(decided(t0 + 100s, "bob"));
        auto late = decided(t0, "ann");
        late.policy = "late";
        keys.record(late);
        collected(keys, t0 + 6min);
        QCOMPARE(keys.size(), std::size_t {2});
        auto other = decided(t0 + 6min, "eve");
        other.policy = "other";
        keys.record(other);
        late.at = t0 + 6min;
        keys.record(late);
        QVERIFY(keys.policyRates("late", t0 + 6min) == keys.policyRates("other", t0 + 6min));
    }
};

QTEST_APPLESS_MAIN(KeyRegistryTest)
#include "tst_KeyRegistry.moc"
