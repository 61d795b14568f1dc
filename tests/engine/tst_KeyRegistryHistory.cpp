// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "KnownKeys.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

class KeyRegistryHistoryTest : public QObject
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

    void remembersTheLastMinuteOfAKeyThatCameAgain()
    {
        KeyRegistry keys;
        keys.record(decided(t0, "once"));
        keys.record(decided(t0, "bob"));
        keys.record(decided(t0 + 1s, "bob", Verdict::Rejected));
        keys.record(decided(t0 + 1s, "bob", Verdict::WouldReject));
        const auto minute = keys.minute(keys.find("login", "bob"), t0 + 2s);
        QCOMPARE(minute.size(), std::size_t {60});
        QVERIFY(minute[58] == (MinuteSlice {1, 0}) && minute[59] == (MinuteSlice {0, 2, false, 1}));
        QVERIFY(keys.minute(keys.find("login", "once"), t0 + 2s).empty());
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
};

QTEST_APPLESS_MAIN(KeyRegistryHistoryTest)
#include "tst_KeyRegistryHistory.moc"
