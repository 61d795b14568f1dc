// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/Dice.h"

#include "engine/EditEffect.h"
#include "engine/EditWitness.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

using namespace rateguard;
using namespace std::chrono_literals;

// What happened in each second, of everything that an edit may touch: policies as such, and their keys.
struct World
{
    using Subject = std::pair<std::string, std::optional<std::string>>;

    std::vector<SecondCounts> last(const Subject &subject, Instant now)
    {
        std::vector<SecondCounts> all;
        if (unheard.contains(subject)) {
            return all;
        }
        const auto end = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
        for (auto second = end - 120; second < end; ++second) {
            all.push_back(seconds[subject][second]);
            all.back().second = second;
        }
        return all;
    }

    EditWitness::Seconds asOf(Instant now)
    {
        return [this, now](const std::string &policy, const std::optional<std::string> &key) { return last({policy, key}, now); };
    }

    std::map<Subject, std::map<std::int64_t, SecondCounts>> seconds;
    std::set<Subject> unheard;
};

class EditWitnessTest : public QObject
{
    Q_OBJECT

private slots:
    void tellsWhatAKeysEditDidToThatKey()
    {
        World world;
        fill(world, {"search", "ann"}, -120s, 0s, 1, 10);
        fill(world, {"search", "ann"}, 0s, 300s, 5, 0);
        const std::vector entries {edit(0s, "search", "ann", "1 limit 0 300/60000")};
        EditWitness witness;
        for (auto now = t0 + 1s; now < t0 + 60s; now += 1s) {
            witness.look(entries, now, world.asOf(now));
        }
        const auto *effect = witness.find(entries[0]);
        QVERIFY(effect && effect->basis == EditHistory::Basis::Key && !effect->end && effect->isOpen);
        QCOMPARE(effect->before, 60s);
        QCOMPARE(effect->after, 59s);
        QCOMPARE(effect->rejectedBefore, 600.0);
        QCOMPARE(effect->requestsBefore, 660.0);
        QCOMPARE(effect->rejectedAfter, 0.0);
        QCOMPARE(effect->requestsAfter, 300.0);
        QVERIFY(witness.isWatching());
    }

    void anEditThatHeldForSecondsHasAnEffectToo()
    {
        World world;
        fill(world, {"search", std::nullopt}, -120s, 20s, 0, 10);
        fill(world, {"search", std::nullopt}, 20s, 40s, 10, 0);
        fill(world, {"search", std::nullopt}, 40s, 300s, 0, 10);
        std::vector entries {edit(20s, "search")};
        EditWitness witness;
        const auto look = [&](Instant now) { witness.look(entries, now, world.asOf(now)); };
        look(t0 + 43s); // the news of the next edit come late
        QCOMPARE(witness.find(entries[0])->after, 23s);
        entries.insert(entries.begin(), edit(40s, "search"));
        entries[0].version = 8;
        look(t0 + 44s);
        const auto first = *witness.find(entries[1]);
        QCOMPARE(first.after, 20s);
        QVERIFY(first.rejectedBefore == 600 && first.rejectedAfter == 0 && first.end);
        QVERIFY(first.end->cause == EditHistory::End::Cause::Edit && first.end->version == 8 && first.end->after == 20s);
        const auto second = *witness.find(entries[0]);
        QVERIFY(second.before == 20s && second.rejectedBefore == 0 && second.rejectedAfter == 600 && !second.end);
    }

    void whatEndsByItselfIsMeasuredUntilThen()
    {
        World world;
        fill(world, {"search", "ann"}, -120s, 600s, 0, 2);
        auto ban = edit(0s, "search", "ann", "1 ban " + std::to_string((t0 + 30s).time_since_epoch() / Duration(1)));
        EditWitness witness;
        for (auto now = t0; now < t0 + 90s; now += 10s) {
            witness.look({ban}, now, world.asOf(now));
            QCOMPARE(witness.find(ban)->end.has_value(), now >= t0 + 30s);
        }
        QCOMPARE(witness.find(ban)->after, 30s);
        QVERIFY(!witness.isWatching() && !witness.find(ban)->isOpen); // and the memory is given back
    }

    void whatABanDoesIsMeasuredUntilThePolicyOrItsUseChanges()
    {
        World world;
        fill(world, {"search", "ann"}, -120s, 600s, 0, 2);
        const auto ban = edit(0s, "search", "ann", "1 ban 0");
        auto reset = edit(20s, "search", "ann", "reset");
        EditWitness witness;
        witness.look({reset, ban}, t0 + 50s, world.asOf(t0 + 50s));
        QVERIFY(witness.find(ban)->after == 20s && witness.find(ban)->end == (EditHistory::End {EditHistory::End::Cause::Edit, false, 0, 20s}));
        auto limit = edit(10s, "search");
        limit.version = 7;
        EditWitness other;
        other.look({limit, ban}, t0 + 50s, world.asOf(t0 + 50s));
        QVERIFY(other.find(ban)->after == 10s && other.find(ban)->end == (EditHistory::End {EditHistory::End::Cause::Edit, true, 7, 10s}));
    }

    void whatWeDidNotHearCountsForNothing()
    {
        World world;
        fill(world, {"search", "ann"}, -120s, 600s, 0, 2);
        for (auto second = secondOf(t0 - 10s); second < secondOf(t0 + 10s); ++second) {
            world.seconds[{"search", "ann"}][second].gap = true;
        }
        const std::vector entries {edit(0s, "search", "ann")};
        EditWitness witness;
        witness.look(entries, t0 + 30s, world.asOf(t0 + 30s));
        QCOMPARE(witness.find(entries[0])->before, 50s);
        QCOMPARE(witness.find(entries[0])->after, 20s);
        QCOMPARE(witness.find(entries[0])->rejectedAfter, 120.0);
    }

    void silenceBeforeTrafficBeganCountsForNothing()
    {
        World world;
        fill(world, {"search", std::nullopt}, -120s, -40s, 0, 0);
        fill(world, {"search", std::nullopt}, -40s, 600s, 10, 5);
        const std::vector entries {edit(0s, "search")};
        EditWitness witness;
        witness.look(entries, t0 + 30s, world.asOf(t0 + 30s));
        QCOMPARE(witness.find(entries[0])->before, 40s);
        QCOMPARE(witness.find(entries[0])->rejectedBefore, 300.0);
        // Of what comes in bursts, silence is a part; and all of it is all that is known.
        fill(world, {"search", std::nullopt}, -120s, 0s, 0, 0);
        EditWitness none;
        none.look(entries, t0 + 30s, world.asOf(t0 + 30s));
        QCOMPARE(none.find(entries[0])->before, 60s);
        for (const auto burst : {-41s, -21s, -1s}) {
            fill(world, {"search", std::nullopt}, burst, burst + 1s, 10, 5);
        }
        EditWitness bursts;
        bursts.look(entries, t0 + 30s, world.asOf(t0 + 30s));
        QCOMPARE(bursts.find(entries[0])->before, 60s);
        QCOMPARE(bursts.find(entries[0])->rejectedBefore, 15.0);
    }

    // Maria raises the limit, which changes nothing; half a minute later nightly gets a limit of its own, which does.
    void aLaterKeysTurnEndsWhatIsMeasuredOfThePolicy()
    {
        World world;
        fill(world, {"search", std::nullopt}, -120s, 30s, 10, 7);
        fill(world, {"search", std::nullopt}, 30s, 600s, 10, 1);
        auto nightly = edit(30s + 500ms, "search", "nightly", "4 limit 0 300/60000");
        nightly.version = 4;
        const auto maria = edit(0s, "search");
        EditWitness witness;
        for (auto now = t0; now < t0 + 300s; now += 7s) {
            const auto entries = now < nightly.at ? std::vector {maria} : std::vector {nightly, maria};
            witness.look(entries, now, world.asOf(now));
        }
        const auto *effect = witness.find(maria);
        QVERIFY(effect->before == 60s && effect->after == 30s && effect->without.empty() && !effect->isOpen);
        QVERIFY(effect->rejectedBefore == 420 && effect->rejectedAfter == 420);
        QVERIFY(effect->end == (EditHistory::End {EditHistory::End::Cause::Edit, false, 4, 30s, "nightly"}));
    }

    void aKeyThatTurnedCloseByIsLeftOutAndTheRestIsTold()
    {
        for (const auto after : {-3s, 3s}) {
            World world;
            fill(world, {"search", std::nullopt}, -120s, after, 10, 7);
            fill(world, {"search", std::nullopt}, after, 600s, 10, 1);
            fill(world, {"search", "nightly"}, -120s, after, 1, 6);
            fill(world, {"search", "nightly"}, after, 600s, 1, 0);
            const auto nightly = edit(after, "search", "nightly", "4 limit 0 300/60000");
            const auto maria = edit(0s, "search");
            const auto entries = after < 0s ? std::vector {maria, nightly} : std::vector {nightly, maria};
            EditWitness witness;
            for (auto now = t0 + 5s; now < t0 + 300s; now += 7s) {
                witness.look(entries, now, world.asOf(now));
            }
            const auto *effect = witness.find(maria);
            QVERIFY(effect->before == 60s && effect->after == 299s && effect->without == std::vector<std::string> {"nightly"} && !effect->end);
            QVERIFY(effect->rejectedBefore == 60 && effect->rejectedAfter == 60 && effect->requestsBefore == 600 + 60 - 60);
            QCOMPARE(witness.find(nightly)->rejectedBefore, 360.0); // its own is told as ever
        }
    }

    void aBanThatEndsMeanwhileIsATurnToo()
    {
        World world;
        fill(world, {"search", std::nullopt}, -120s, 600s, 10, 7);
        const auto ban = edit(-100s, "search", "nightly", "4 ban " + std::to_string((t0 + 50s).time_since_epoch() / Duration(1)));
        const auto maria = edit(0s, "search");
        EditWitness witness;
        witness.look({maria, ban}, t0 + 45s, world.asOf(t0 + 45s));
        QVERIFY(!witness.find(maria)->end && witness.find(maria)->after == 45s);
        witness.look({maria, ban}, t0 + 70s, world.asOf(t0 + 70s));
        QVERIFY(witness.find(maria)->after == 50s && witness.find(maria)->end == (EditHistory::End {EditHistory::End::Cause::Time, false, 0, 50s, "nightly"}));
    }

    void keysOfOtherPoliciesAreNoTurn()
    {
        World world;
        fill(world, {"search", std::nullopt}, -120s, 600s, 10, 7);
        EditWitness witness;
        const std::vector entries {edit(40s, "api", "nightly", ""), edit(0s, "search")};
        witness.look(entries, t0 + 59s, world.asOf(t0 + 59s));
        QVERIFY(!witness.find(entries[1])->end && witness.find(entries[1])->after == 59s);
    }

    void aFloodOfBansLeavesOutSomeKeysOnly()
    {
        World world;
        fill(world, {"search", std::nullopt}, -120s, 600s, 10, 7);
        std::vector entries {edit(0s, "search")};
        for (std::size_t i = 0; i < EditWitness::maxWithout; ++i) {
            entries.insert(entries.begin(), edit(std::chrono::milliseconds(8000 + i), "search", std::to_string(i), "4 ban 0"));
        }
        EditWitness witness;
        witness.look(entries, t0 + 50s, world.asOf(t0 + 50s));
        QVERIFY(witness.find(entries.back())->after == 50s && witness.find(entries.back())->without.size() == EditWitness::maxWithout);
        entries.insert(entries.begin(), edit(9s, "search", "one more", "4 ban 0"));
        witness.look(entries, t0 + 51s, world.asOf(t0 + 51s));
        QVERIFY(witness.find(entries.back())->after == 9s && witness.find(entries.back())->end->key == "one more");
    }

    void editsFromBeforeWeCameHaveNoWitness()
    {
        World world;
        const std::vector entries {edit(0s, "search", "ann")};
        EditWitness witness;
        witness.look(entries, t0 + EditWitness::before, world.asOf(t0));
        QVERIFY(!witness.find(entries[0]) && !witness.isWatching());
    }

    void aFloodOfEditsIsBounded()
    {
        World world;
        std::vector<AuditEntry> entries;
        EditWitness witness;
        for (int i = 0; i < 500; ++i) {
            entries.insert(entries.begin(), edit(std::chrono::milliseconds(i), "search", std::to_string(i)));
        }
        for (int i = 0; i < 3; ++i) {
            witness.look(entries, t0 + 1s, world.asOf(t0));
        }
        std::size_t known = 0;
        for (const auto &entry : entries) {
            known += witness.find(entry) != nullptr;
        }
        QCOMPARE(known, EditWitness::capacity);
        QVERIFY(witness.find(entries.front()));
    }

    // Against adding up the seconds that count, one after the other, of a world in which anything happens.
    void agreesWithAddingUp()
    {
        Dice dice(seedOfTheDay());
        int told = 0;
        int bounded = 0;
        for (int round = 0; round < 60; ++round) {
            World world;
            for (const auto &subject : subjects()) {
                if (subject.second && dice.oneIn(6)) {
                    world.unheard.insert(subject);
                }
                for (auto second = secondOf(t0 - 200s); second < secondOf(t0 + 800s); ++second) {
                    auto &one = world.seconds[subject][second];
                    one.allowed = static_cast<std::uint32_t>(dice(0, 9));
                    one.rejected = static_cast<std::uint32_t>(dice(0, 9));
                    one.wouldReject = static_cast<std::uint32_t>(dice(0, 1));
                    one.gap = dice.oneIn(9);
                    if (subject.second) { // a policy does what its keys do, and more
                        auto &all = world.seconds[{subject.first, std::nullopt}][second];
                        all.allowed += one.allowed;
                        all.rejected += one.rejected;
                        all.wouldReject += one.wouldReject;
                    }
                }
            }
            std::vector<AuditEntry> made; // oldest first
            auto at = 0ms;
            for (auto i = dice(1, 12); i > 0; --i) {
                at += std::chrono::milliseconds(dice.oneIn(4) ? 0 : dice(0, dice.oneIn(2) ? 20'000 : 90'000));
                const auto &[policy, key] = subjects()[static_cast<std::size_t>(dice(0, 3))];
                made.push_back(edit(at, policy, key, anything(dice, key.has_value(), t0 + at + Duration(dice(1, 90'000)))));
                made.back().version = static_cast<std::uint64_t>(i);
            }
            EditWitness witness;
            std::vector<AuditEntry> known; // newest first
            std::size_t next = 0;
            for (auto now = t0; now < t0 + 700s; now += std::chrono::seconds(dice(1, 20))) {
                for (; next < made.size() && made[next].at <= now; ++next) {
                    known.insert(known.begin(), made[next]);
                }
                witness.look(known, now, world.asOf(now));
                for (std::size_t i = 0; i < known.size(); ++i) {
                    if (now < known[i].at + 600s && !QTest::currentTestFailed()) {
                        check(world, known, i, now, witness.find(known[i]));
                        told += witness.find(known[i])->after > 0s && !witness.find(known[i])->without.empty();
                        bounded += witness.find(known[i])->end && witness.find(known[i])->end->key;
                    }
                }
            }
        }
        QVERIFY(told > 100 && bounded > 100); // that happened as well
    }

private:
    static constexpr Instant t0 {1'700'000'000s};

    static std::int64_t secondOf(Instant at) { return std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count(); }

    static const std::vector<World::Subject> &subjects()
    {
        static const std::vector<World::Subject> all {{"a", std::nullopt}, {"a", "k"}, {"a", "l"}, {"b", "k"}};
        return all;
    }

    static AuditEntry edit(std::chrono::milliseconds after, const std::string &policy, std::optional<std::string> key = std::nullopt, const std::string &made = "x")
    {
        AuditEntry entry;
        entry.at = t0 + after;
        entry.policy = policy;
        entry.key = std::move(key);
        entry.before = "1 enforce log 5/1000";
        entry.after = made;
        return entry;
    }

    static void fill(World &world, const World::Subject &subject, std::chrono::seconds from, std::chrono::seconds to, std::uint32_t allowed, std::uint32_t rejected)
    {
        for (auto second = secondOf(t0 + from); second < secondOf(t0 + to); ++second) {
            world.seconds[subject][second] = {second, allowed, rejected};
        }
    }

    static std::string anything(Dice &dice, bool ofKey, Instant until)
    {
        const auto ms = std::to_string(until.time_since_epoch() / Duration(1));
        switch (dice(0, 3)) {
        case 0: return ofKey ? "1 ban " + ms : "1 shadow log 5/1000 until:" + ms + ":enforce";
        case 1: return ofKey ? "reset" : "";
        default: return "x";
        }
    }

    // What held for an edit's subject at a time, as far as the edits from `first` on made it: how many there were, and
    // whether what the latest of the limit and of the key set had ended by itself.
    static std::array<std::size_t, 3> stateAt(Instant at, const std::vector<AuditEntry> &known, std::size_t first, const AuditEntry &entry)
    {
        std::array<std::size_t, 3> state {};
        std::array<bool, 2> isLatest {true, true};
        for (auto i = first; i < known.size(); ++i) {
            const auto &other = known[i];
            if (other.policy != entry.policy || (other.key && other.key != entry.key) || other.at > at) {
                continue;
            }
            ++state[0];
            const bool ofKey = other.key.has_value();
            if (!other.isReset() && std::exchange(isLatest[ofKey], false)) {
                const auto rule = parseRule(other.after);
                const auto ban = parseOverride(other.after);
                const auto end = ofKey ? (ban ? ban->until : std::nullopt) : (rule ? rule->until : std::nullopt);
                state[1 + ofKey] = end && *end <= at;
            }
        }
        return state;
    }

    // When something else began to hold for a key of the policy alone, up to `now`: where what held a moment before is not what holds.
    static std::map<std::string, std::set<Instant>> turnsOf(const std::string &policy, const std::vector<AuditEntry> &known, Instant now)
    {
        std::set<Instant> times;
        for (const auto &other : known) {
            const auto set = parseOverride(other.after);
            times.insert({other.at, set && set->until ? *set->until : other.at});
        }
        std::map<std::string, std::set<Instant>> turns;
        for (const auto &[ofPolicy, key] : subjects()) {
            std::vector<AuditEntry> its;
            std::copy_if(known.begin(), known.end(), std::back_inserter(its), [&, k = key](const AuditEntry &one) { return one.policy == policy && k && one.key == k; });
            for (const auto at : times) {
                if (ofPolicy == policy && key && at <= now && !its.empty() && stateAt(at, its, 0, its[0]) != stateAt(at - 1us, its, 0, its[0])) {
                    turns[*key].insert(at);
                }
            }
        }
        return turns;
    }

    // Every second is looked at by itself: does it lie wholly on one side, and was all the same at its far end? Of a policy: no
    // key turned between it and the edit either, but those that turned close by and were heard, which are taken out.
    static void check(World &world, const std::vector<AuditEntry> &known, std::size_t index, Instant now, const EditHistory::Effect *effect)
    {
        const auto &entry = known[index];
        QVERIFY(effect);
        std::set<std::string> without;
        std::set<Instant> bounds;
        if (!entry.key) {
            for (const auto &[key, times] : turnsOf(entry.policy, known, now)) {
                const bool isClose = std::any_of(times.begin(), times.end(), [&](Instant at) { return at > entry.at - 20s && at < entry.at + 20s; });
                if (isClose && !world.unheard.contains({entry.policy, key})) {
                    without.insert(key);
                } else {
                    bounds.insert(times.begin(), times.end());
                }
            }
        }
        double sums[2] {};
        double requests[2] {};
        int counts[2] {};
        for (const auto &one : world.seconds[{entry.policy, entry.key}]) {
            const Instant begin {std::chrono::seconds(one.first)};
            const Instant end = begin + 1s;
            if (one.second.gap || world.unheard.contains({entry.policy, entry.key}) || end > now || begin < entry.at - EditWitness::before
                || (begin < entry.at) != (end <= entry.at)) {
                continue;
            }
            const bool isAfter = begin >= entry.at;
            auto matters = isAfter
                ? stateAt(end - 1us, known, 0, entry) == stateAt(entry.at, known, index, entry)
                : stateAt(begin, known, index + 1, entry) == stateAt(entry.at, known, index + 1, entry);
            for (const auto at : bounds) {
                matters &= isAfter ? at < entry.at || at >= end : at > entry.at || at <= begin;
            }
            auto rejected = one.second.rejected;
            auto all = one.second.allowed + one.second.rejected + one.second.wouldReject;
            for (const auto &key : without) {
                const auto &its = world.seconds[{entry.policy, key}][one.first];
                matters &= !its.gap;
                rejected -= its.rejected;
                all -= its.allowed + its.rejected + its.wouldReject;
            }
            if (matters) {
                sums[isAfter] += rejected;
                requests[isAfter] += all;
                ++counts[isAfter];
            }
        }
        QCOMPARE(std::set<std::string>(effect->without.begin(), effect->without.end()), without);
        QCOMPARE(effect->before.count(), counts[0]);
        QCOMPARE(effect->after.count(), counts[1]);
        QVERIFY(qFuzzyCompare(1 + effect->rejectedBefore, 1 + (counts[0] ? sums[0] * 60 / counts[0] : 0)));
        QVERIFY(qFuzzyCompare(1 + effect->rejectedAfter, 1 + (counts[1] ? sums[1] * 60 / counts[1] : 0)));
        QVERIFY(qFuzzyCompare(1 + effect->requestsBefore, 1 + (counts[0] ? requests[0] * 60 / counts[0] : 0)));
        QVERIFY(qFuzzyCompare(1 + effect->requestsAfter, 1 + (counts[1] ? requests[1] * 60 / counts[1] : 0)));
        if (const auto turn = bounds.lower_bound(entry.at); turn != bounds.end()) {
            QVERIFY(effect->end && effect->end->after <= *turn - entry.at);
        }
    }
};

QTEST_GUILESS_MAIN(EditWitnessTest)
#include "tst_EditWitness.moc"
