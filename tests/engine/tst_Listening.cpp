// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/KeyRegistry.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

// When we listened, and what the figures of keys make of it.
class ListeningTest : public QObject
{
    Q_OBJECT

    const Instant t0 {1'700'000'000s};

    static DecisionEvent decided(Instant at, Verdict verdict = Verdict::Allowed)
    {
        return {at, "login", "bob", verdict, 1, 1, Duration(0), {10, 60s}, 1, Why::Limit};
    }
    // Ten a second, evenly, in [from, to).
    static void fill(KeyRegistry &keys, Instant from, Instant to)
    {
        for (auto at = from; at < to; at += 100ms) {
            keys.record(decided(at));
        }
    }
    static Rates ratesOf(KeyRegistry &keys, Instant now)
    {
        KeyView view;
        return keys.look(keys.find("login", "bob"), now, view) ? view.row.rates : Rates();
    }

private slots:
    void countsFromTheBeginningOn()
    {
        const Listening listening(t0);
        QVERIFY(listening.within(t0 - 10s, t0 + 3s) == 3s);
        QVERIFY(listening.within(t0 - 10s, t0 - 3s) == 0s);
        QVERIFY(!listening.isWhole(t0 - 1s, t0 + 1s) && listening.isWhole(t0, t0 + 1s));
    }

    void beginsWhereTheFirstGapEndsOrTheFirstEventCame()
    {
        Listening gap;
        gap.gap(Instant(), t0);
        gap.heard(t0 + 1s);
        QVERIFY(gap.within(t0 - 1h, t0 + 2s) == 2s);
        Listening event;
        event.heard(t0);
        event.heard(t0 - 1s);
        QVERIFY(event.within(t0 - 1h, t0 + 2s) == 2s);
    }

    void leavesOutGaps()
    {
        Listening listening(t0);
        listening.gap(t0 + 10s, t0 + 12s);
        listening.gap(t0 + 11s, t0 + 13s); // the connection was lost while it was silent: no second counts twice
        listening.gap(t0 + 20s, t0 + 20s + 500ms);
        QVERIFY(listening.within(t0, t0 + 30s) == 26s + 500ms);
        QVERIFY(listening.within(t0 + 11s, t0 + 12s) == 0s);
        QVERIFY(listening.within(t0 + 12s + 500ms, t0 + 14s) == 1s);
        QVERIFY(listening.isWhole(t0 + 13s, t0 + 20s) && !listening.isWhole(t0 + 20s, t0 + 21s));
    }

    void remembersTwoMinutesOfGaps()
    {
        Listening listening(t0);
        for (int i = 0; i < 1000; ++i) {
            listening.gap(t0 + i * 1s, t0 + i * 1s + 100ms);
        }
        QVERIFY(listening.within(t0 + 900s, t0 + 1000s) == 90s);
        QVERIFY(listening.within(t0, t0 + 100s) == 100s); // long ago
    }

    void goesOnWhenTheClockIsSetBack()
    {
        Listening listening(t0);
        listening.gap(t0 + 10s, t0 + 20s);
        QVERIFY(listening.within(t0 - 1h, t0 - 1h + 5s) == 5s);
        listening.gap(t0 - 1h + 2s, t0 - 1h + 4s);
        QVERIFY(listening.within(t0 - 1h, t0 - 1h + 5s) == 3s);
        QVERIFY(Listening(Instant::max()).within(t0, t0 + 5s) == 5s);
        QVERIFY(Listening(Instant::min()).within(t0, t0 + 5s) == 5s);
    }

    void ratesAreOfTheTimeThatWasHeard_data()
    {
        QTest::addColumn<int>("outage"); // ms
        QTest::addColumn<int>("after"); // ms since it is over
        for (const int outage : {300, 1000, 2500, 20'000}) {
            for (const int after : {1000, 1500, 2000, 3000, 4000, 6000}) {
                QTest::addRow("%d ms away, back for %d ms", outage, after) << outage << after;
            }
        }
    }
    void ratesAreOfTheTimeThatWasHeard()
    {
        QFETCH(int, outage);
        QFETCH(int, after);
        KeyRegistry keys;
        const auto lost = t0 + 8s;
        const auto back = lost + std::chrono::milliseconds(outage);
        const auto now = back + std::chrono::milliseconds(after);
        fill(keys, t0, lost);
        keys.gap(lost, back);
        fill(keys, back, now);
        QVERIFY2(std::abs(ratesOf(keys, now).allowed - 10) < 1e-6, qPrintable(QString::number(ratesOf(keys, now).allowed)));
        QCOMPARE(keys.policyRates("login", now).allowed, ratesOf(keys, now).allowed);
    }

    void aKeyThatCameRightAfterAnOutageIsNotTakenForASlowOne()
    {
        KeyRegistry keys;
        keys.gap(Instant(), t0);
        keys.gap(t0 + 10s, t0 + 20s);
        keys.record(decided(t0 + 21s));
        keys.record(decided(t0 + 21s));
        QCOMPARE(ratesOf(keys, t0 + 22s).allowed, 1.0); // two in the two seconds since
    }

    void aMinuteShowsWhatWasNotHeard()
    {
        KeyRegistry keys;
        keys.gap(Instant(), t0 + 500ms);
        fill(keys, t0 + 1s, t0 + 30s);
        keys.gap(t0 + 30s, t0 + 40s + 300ms);
        fill(keys, t0 + 41s, t0 + 50s);
        const auto minute = keys.minute(keys.find("login", "bob"), t0 + 50s);
        QCOMPARE(minute.size(), std::size_t {60});
        for (std::size_t i = 0; i < minute.size(); ++i) {
            const auto second = static_cast<int>(i) - 10; // since t0
            const bool gap = second < 1 || (second >= 30 && second <= 40);
            QCOMPARE(minute[i].gap, gap);
            QCOMPARE(minute[i].allowed, gap ? 0u : 10u);
        }
    }

    void aMinuteOfAKeyThatHadNoRoomBeginsWhereItGotSome()
    {
        KeyRegistry keys(KeyRegistry::Options {.maxHistories = 1});
        keys.gap(Instant(), t0 - 1h);
        for (auto at = t0; at < t0 + 10s; at += 1s) {
            auto other = decided(at);
            other.key = "ann";
            keys.record(other);
            keys.record(decided(at));
        }
        QVERIFY(keys.history("login", "bob")); // takes it from her
        keys.record(decided(t0 + 20s));
        const auto minute = keys.minute(keys.find("login", "bob"), t0 + 21s);
        QVERIFY(minute[40].gap && minute[47].gap && !minute[49].gap && !minute[59].gap);
        QCOMPARE(minute[59].allowed, 1u);
    }
};

QTEST_APPLESS_MAIN(ListeningTest)
#include "tst_Listening.moc"
