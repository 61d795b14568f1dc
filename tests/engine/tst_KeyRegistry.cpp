// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/KeyRegistry.h"

#include <QTest>

#include "engine/Dice.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include <unistd.h>

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

// A key as it was found.
struct Found
{
    std::string policy;
    std::string key;
    KeyRow row;
    std::uint32_t born = 0;
};

// All keys at one moment.
struct Known : Snapshot
{
    std::vector<Found> keys;

    const KeyRow *find(std::string_view policy, std::string_view key) const
    {
        const auto found = std::find_if(keys.begin(), keys.end(), [&](const Found &it) { return it.policy == policy && it.key == key; });
        return found == keys.end() ? nullptr : &found->row;
    }
};

DecisionEvent decided(Instant at, std::string_view key, Verdict verdict = Verdict::Allowed, std::uint32_t used = 1)
{
    return {at, "login", key, verdict, 1, used, Duration(0), {10, 60s}, 1, Why::Limit};
}

// As the feed does it: forget what is idle, then look at all that there is.
Known collected(KeyRegistry &keys, Instant now)
{
    Known known;
    keys.collect(now, known);
    KeyView view;
    for (std::uint32_t id = 0; id < keys.places(); ++id) {
        if (keys.look(id, now, view)) {
            known.keys.push_back({std::string(view.policy), std::string(view.key), view.row, view.born});
        }
    }
    return known;
}

std::size_t residentBytes()
{
    std::size_t total = 0;
    std::size_t resident = 0;
    auto *file = std::fopen("/proc/self/statm", "r");
    const int read = std::fscanf(file, "%zu %zu", &total, &resident);
    std::fclose(file);
    return read == 2 ? resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) : 0;
}

} // namespace

class KeyRegistryTest : public QObject
{
    Q_OBJECT

    const Instant t0 {1'700'000'000s};

private slots:
    void knowsTheSecondsOfAPolicyAndWhetherTheyAreAll()
    {
        KeyRegistry keys({.maxKeys = 2, .maxPolicies = 2});
        QVERIFY(!keys.policyHistory("login") && !keys.knowsPolicy("login"));
        for (int i = 0; i < 30; ++i) { // also those of keys that there is no room for
            keys.record(decided(t0 + std::chrono::milliseconds(100 * i), std::to_string(i % 3), i % 2 ? Verdict::Rejected : Verdict::Allowed));
        }
        const auto *history = keys.policyHistory("login");
        QVERIFY(history);
        const auto seconds = history->last(3, t0 + 3s);
        for (const auto &second : seconds) {
            QVERIFY(second.allowed == 5 && second.rejected == 5);
        }
        QCOMPARE(keys.policiesCrowded(), Instant());
        auto event = decided(t0 + 3s, "x");
        event.policy = "second";
        keys.record(event);
        QCOMPARE(keys.policiesCrowded(), Instant());
        event.policy = "third";
        keys.record(event); // there is no room to remember that one
        QVERIFY(keys.policiesCrowded() == event.at && !keys.knowsPolicy("third"));
    }

    void knowsWhenKeysMayHaveBeenLeftOut()
    {
        KeyRegistry keys({.maxKeys = 2});
        keys.record(decided(t0, "ann"));
        keys.record(decided(t0, "bob"));
        QCOMPARE(keys.crowded(), Instant());
        keys.record(decided(t0 + 1s, "eve")); // turned away
        QCOMPARE(keys.crowded(), t0 + 1s);
        keys.record(decided(t0 + 200s, "eve")); // takes the place of another
        QCOMPARE(keys.crowded(), t0 + 200s);
        collected(keys, t0 + 100s); // the clock was set back
        QCOMPARE(keys.crowded(), t0 + 100s);
    }

    void aHistoryLentLateKnowsNothingOfBefore()
    {
        KeyRegistry keys({.maxHistories = 1});
        for (int i = 0; i < 5; ++i) {
            keys.record(decided(t0 + std::chrono::seconds(i), "ann"));
            keys.record(decided(t0 + std::chrono::seconds(i), "bob"));
        }
        const auto *history = keys.history("login", "bob"); // ann's
        QVERIFY(history);
        for (const auto &second : history->last(10, t0 + 10s)) {
            QCOMPARE(second.gap, second.second <= (t0 + 4s).time_since_epoch() / 1s);
        }
    }

    void aKeyTakesLittleMemory();

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

    void remembersTheLastMinuteOfAKeyThatCameAgain()
    {
        KeyRegistry keys;
        keys.record(decided(t0, "once"));
        keys.record(decided(t0, "bob"));
        keys.record(decided(t0 + 1s, "bob", Verdict::Rejected));
        keys.record(decided(t0 + 1s, "bob", Verdict::WouldReject));
        const auto minute = keys.minute(keys.find("login", "bob"), t0 + 2s);
        QCOMPARE(minute.size(), std::size_t {60});
        QVERIFY(minute[58] == (MinuteSlice {1, 0}) && minute[59] == (MinuteSlice {0, 2}));
        QVERIFY(keys.minute(keys.find("login", "once"), t0 + 2s).empty());
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

    void showsTheHistoryOfAKey()
    {
        KeyRegistry keys;
        keys.record(decided(t0, "bob"));
        keys.record(decided(t0 + 1s, "bob", Verdict::Rejected));
        QVERIFY(!keys.history("login", "nobody"));
        const auto seconds = keys.history("login", "bob")->last(2, t0 + 2s);
        QCOMPARE(seconds[0].allowed, 1u);
        QCOMPARE(seconds[1].rejected, 1u);
    }

    void lendsAHistoryToTheKeyAskedFor()
    {
        KeyRegistry keys(KeyRegistry::Options {.maxHistories = 1});
        for (const auto *name : {"bob", "bob", "ann"}) {
            keys.record(decided(t0, name));
        }
        QCOMPARE(keys.history("login", "ann")->last(1, t0 + 1s)[0].allowed, 1u);
        keys.record(decided(t0 + 1s, "ann"));
        QCOMPARE(keys.history("login", "ann")->last(1, t0 + 2s)[0].allowed, 1u);
        QVERIFY(keys.history("login", "bob"));
        QVERIFY(!KeyRegistry(KeyRegistry::Options {.maxHistories = 0}).history("login", "bob"));
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

    void agreesWithANaiveModel();
    void staysFlatUnderAMillionKeys();
};

namespace {

// The same promises, kept the slow way: every event of every key, keys in the order of last use.
struct Model
{
    struct Seen
    {
        Instant at;
        Verdict verdict;
    };
    struct Key
    {
        std::string policy;
        std::string name;
        std::vector<Seen> events;
        DecisionEvent newest;
    };

    KeyRegistry::Options options;
    std::vector<Key> keys; // least recently used first
    std::uint64_t others = 0;
    Instant since;

    void record(const DecisionEvent &event)
    {
        auto key = std::find_if(keys.begin(), keys.end(), [&](const Key &k) { return k.policy == event.policy && k.name == event.key; });
        if (key == keys.end()) {
            if (keys.size() >= options.maxKeys) {
                if (event.at - keys.front().newest.at <= 10s) {
                    ++others;
                    return;
                }
                keys.erase(keys.begin());
            }
            keys.push_back({std::string(event.policy), std::string(event.key), {}, event});
        } else {
            std::rotate(key, key + 1, keys.end());
        }
        auto &now = keys.back();
        now.events.push_back({event.at, event.verdict});
        if (event.at >= now.newest.at) {
            now.newest = event;
        }
    }

    void forget(Instant now)
    {
        while (!keys.empty() && now - keys.front().newest.at > options.idle) {
            keys.erase(keys.begin());
        }
    }

    Rates rates(const Key &key, Instant now) const
    {
        const auto current = std::chrono::floor<std::chrono::seconds>(now);
        const auto newest = std::chrono::floor<std::chrono::seconds>(key.newest.at);
        const auto from = std::max(current, newest) - 4s;
        Counts counts;
        for (const auto &seen : key.events) {
            if (seen.at >= from) {
                ++(seen.verdict == Verdict::Allowed ? counts.allowed : seen.verdict == Verdict::Rejected ? counts.rejected : counts.wouldReject);
            }
        }
        const auto covered = std::max(1.0, std::chrono::duration<double>(now - std::max<Instant>(from, since)).count());
        const auto rate = [covered](std::uint64_t count) { return static_cast<double>(count) / covered; };
        return {rate(counts.allowed), rate(counts.rejected), rate(counts.wouldReject)};
    }
};

bool near(const Rates &a, const Rates &b)
{
    return std::abs(a.allowed - b.allowed) + std::abs(a.rejected - b.rejected) + std::abs(a.wouldReject - b.wouldReject) < 1e-9;
}

} // namespace

void KeyRegistryTest::agreesWithANaiveModel()
{
    Dice dice(seedOfTheDay());
    for (int round = 0; round < 20; ++round) {
        KeyRegistry::Options options;
        options.maxKeys = static_cast<std::size_t>(dice(1, 60));
        options.idle = std::chrono::seconds(dice(11, 40));
        options.maxHistories = static_cast<std::size_t>(dice(0, 30));
        KeyRegistry keys(options);
        Model model {options, {}, 0, {}};
        auto now = t0;
        const auto names = dice(1, 120);
        for (int step = 0; step < 300; ++step) {
            now += std::chrono::microseconds(dice(1'000'000, dice.oneIn(5) ? 20'000'000 : 2'000'000));
            for (auto i = dice(0, 40); i > 0; --i) {
                const auto key = std::to_string(dice(dice(0, names - 1), names - 1)); // the higher, the busier
                auto e = decided(now - std::chrono::microseconds(dice(0, 900'000)), key, static_cast<Verdict>(dice(0, 2)), static_cast<std::uint32_t>(dice(0, 10)));
                e.policy = dice.oneIn(2) ? "login" : "search";
                e.limit.window = std::chrono::seconds(dice(1, 15));
                if (model.since == Instant()) {
                    model.since = e.at;
                }
                keys.record(e);
                e.key = {}; // the registry must not keep the view
                e.key = key;
                model.record(e);
            }
            model.forget(now);
            const auto out = collected(keys, now);
            QCOMPARE(out.keys.size(), model.keys.size());
            QCOMPARE(out.keysKnown, std::uint64_t {model.keys.size()});
            QCOMPARE(out.otherRequests, model.others);
            for (const auto &key : model.keys) {
                const auto *row = out.find(key.policy, key.name);
                QVERIFY(row);
                QVERIFY(near(row->rates, model.rates(key, now)));
                const bool over = now - key.newest.at >= key.newest.limit.window;
                QCOMPARE(row->used, over ? 0u : key.newest.used);
                QCOMPARE(row->lastSeen, key.newest.at);
                QCOMPARE(row->total.requests(), std::uint64_t {key.events.size()});
                const auto expected = row->rates.rejected > 0 ? KeyState::Throttled : row->rates.wouldReject > 0 ? KeyState::Shadowed
                    : row->used >= 8                                                                            ? KeyState::Near
                    : row->rates.requests() > 0                                                                 ? KeyState::Active
                                                                                                                : KeyState::Quiet;
                QVERIFY(row->state == expected);
            }
            keys.history("login", std::to_string(dice(0, names)));
        }
    }
}

// First, while nothing freed earlier can be used again.
void KeyRegistryTest::aKeyTakesLittleMemory()
{
    const auto before = residentBytes();
    KeyRegistry keys(KeyRegistry::Options {.maxHistories = 0});
    for (int i = 0; i < 100'000; ++i) {
        keys.record(decided(t0, "client-" + std::to_string(i)));
    }
    const auto each = static_cast<double>(residentBytes() - before) / 100'000;
    qInfo("%.0f bytes a key with its text of about 18 bytes, without history", each);
#ifndef __SANITIZE_ADDRESS__
    QVERIFY(each < 240);
#endif
}

void KeyRegistryTest::staysFlatUnderAMillionKeys()
{
    const auto before = residentBytes();
    KeyRegistry keys;
    auto now = t0;
    std::size_t early = 0;
    std::size_t most = 0;
    for (std::uint64_t i = 0; i < 10'000'000; ++i) {
        now += 20us; // 50,000 a second
        keys.record(decided(now, "client-" + std::to_string(i * 2654435761 % 1'000'000)));
        if (i % 50'000 == 49'999) {
            collected(keys, now);
            most = std::max(most, residentBytes());
            early = i < 2'000'000 ? most : early;
        }
    }
    qInfo("ten million events of a million keys: at most %.1f MB more than before, %.1f MB of it after two million",
        static_cast<double>(most - before) / 1e6, static_cast<double>(early - before) / 1e6);
    QCOMPARE(keys.size(), std::size_t {100'000});
#ifndef __SANITIZE_ADDRESS__
    QVERIFY(most - before < 120'000'000);
    QVERIFY(most - early < 20'000'000);
#endif
}

QTEST_APPLESS_MAIN(KeyRegistryTest)
#include "tst_KeyRegistry.moc"
