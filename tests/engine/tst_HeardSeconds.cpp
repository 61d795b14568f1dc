// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/HeardSeconds.h"

#include "engine/Dice.h"

#include <map>

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

constexpr Instant t0 {1'700'000'000s};
constexpr std::size_t span = TrafficHistory::defaultSeconds;

std::int64_t secondOf(Instant at)
{
    return std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count();
}

DecisionEvent decided(Instant at, std::string_view policy, std::string_view key)
{
    return {at, policy, key, Verdict::Rejected, 1, 1, Duration(0), {10, 60s}, 1, Why::Limit};
}

// The seconds before `end`, all of them listened to.
std::vector<SecondCounts> listened(Instant end)
{
    std::vector<SecondCounts> all(span);
    for (std::size_t i = 0; i < span; ++i) {
        all[i].second = secondOf(end) - static_cast<std::int64_t>(span - i);
    }
    return all;
}

} // namespace

class HeardSecondsTest : public QObject
{
    Q_OBJECT

private slots:
    void aKeyThatWasTurnedAwayIsNotKnown()
    {
        KeyRegistry keys({.maxKeys = 1});
        keys.record(decided(t0, "login", "ann"));
        keys.record(decided(t0 + 500ms, "login", "eve"));
        for (auto end = t0 + 1s; end < t0 + 500ms + 122s; end += 100ms) {
            for (const auto &second : heardSeconds(keys, "login", "eve", listened(end), end)) {
                QVERIFY2(second.gap || second.second > secondOf(t0), qPrintable(QString::number((end - t0) / 1ms)));
            }
        }
        QVERIFY(!heardSeconds(keys, "login", "eve", listened(t0 + 122s), t0 + 122s).empty()); // by now it is long ago
    }

    void aPolicyThatThereWasNoRoomForIsNotKnown()
    {
        KeyRegistry keys({.idle = 121s, .maxPolicies = 1});
        keys.record(decided(t0, "login", "ann"));
        keys.record(decided(t0 + 9s, "search", "ann"));
        const auto end = t0 + 125s;
        Snapshot unused;
        keys.collect(end, unused); // there is room again
        for (const auto &second : heardSeconds(keys, "search", {}, listened(end), end)) {
            QVERIFY(second.gap || second.second != secondOf(t0 + 9s));
        }
        keys.record(decided(end, "search", "ann")); // and now it is in there
        for (const auto &second : heardSeconds(keys, "search", {}, listened(end + 1s), end + 1s)) {
            QVERIFY(second.gap || second.second != secondOf(t0 + 9s));
        }
    }

    // Few places, few histories, and more keys than either.
    void neverCallsZeroWhatWasNotCounted()
    {
        Dice dice(seedOfTheDay());
        for (int round = 0; round < 20; ++round) {
            KeyRegistry keys({.maxKeys = static_cast<std::size_t>(dice(1, 4)), .idle = std::chrono::seconds(dice(121, 200)),
                .maxHistories = static_cast<std::size_t>(dice(1, 3)), .maxPolicies = static_cast<std::size_t>(dice(1, 3))});
            std::map<std::string, std::map<std::int64_t, std::uint32_t>> came;
            std::size_t known = 0;
            Instant now = t0 + std::chrono::milliseconds(dice(0, 999));
            for (int i = 0; i < 400; ++i) {
                now += std::chrono::milliseconds(dice.oneIn(30) ? dice(0, 60'000) : dice(0, 1500));
                const std::string policy(1, static_cast<char>('p' + dice(0, 3)));
                const std::string key(1, static_cast<char>('a' + dice(0, 4)));
                keys.record(decided(now, policy, key));
                ++came[policy + ':' + key][secondOf(now)];
                ++came[policy][secondOf(now)];
                if (dice.oneIn(3)) {
                    Snapshot unused;
                    keys.collect(now, unused);
                }
                for (int ask = 0; ask < 2; ++ask) {
                    const std::string ofPolicy(1, static_cast<char>('p' + dice(0, 3)));
                    const auto ofKey = ask ? std::optional<std::string>() : std::string(1, static_cast<char>('a' + dice(0, 4)));
                    for (const auto &second : heardSeconds(keys, ofPolicy, ofKey, listened(now), now)) {
                        known += !second.gap;
                        const auto wanted = came[ofKey ? ofPolicy + ':' + *ofKey : ofPolicy][second.second];
                        QVERIFY2(second.gap || second.rejected == wanted,
                            qPrintable(QString::fromStdString(ofPolicy + ':' + ofKey.value_or("(all)")) + QStringLiteral(" %1 s ago: %2, not %3").arg(secondOf(now) - second.second).arg(second.rejected).arg(wanted)));
                    }
                }
            }
            QVERIFY(known > 0); // something is
        }
    }
};

QTEST_APPLESS_MAIN(HeardSecondsTest)
#include "tst_HeardSeconds.moc"
