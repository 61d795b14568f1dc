// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "KnownKeys.h"

#include "engine/Dice.h"

#include <cmath>

using namespace rateguard;
using namespace std::chrono_literals;

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
        Instant counted;
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
            keys.push_back({std::string(event.policy), std::string(event.key), {}, event, event.at});
        } else {
            std::rotate(key, key + 1, keys.end());
        }
        auto &now = keys.back();
        now.events.push_back({event.at, event.verdict});
        if (event.at >= now.newest.at) {
            now.newest = event;
            now.counted = event.verdict == Verdict::Allowed || event.at - now.counted >= event.limit.window ? event.at : now.counted;
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

class KeyRegistryModelTest : public QObject
{
    Q_OBJECT

    const Instant t0 {1'700'000'000s};

private slots:
    void agreesWithANaiveModel()
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
                    const bool over = now - key.counted >= key.newest.limit.window;
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
};

QTEST_APPLESS_MAIN(KeyRegistryModelTest)
#include "tst_KeyRegistryModel.moc"
