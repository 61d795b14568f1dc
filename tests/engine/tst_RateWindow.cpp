// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/RateWindow.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

class RateWindowTest : public QObject
{
    Q_OBJECT

    const Instant t0 {1'700'000'000s};

    // `perSecond` events a second, evenly, in [from, to).
    static void fill(RateWindow &window, Instant from, Instant to, int perSecond, Verdict verdict = Verdict::Allowed)
    {
        for (auto at = from; at < to; at += std::chrono::microseconds(1'000'000 / perSecond)) {
            window.record(at, verdict);
        }
    }

private slots:
    void isZeroBeforeAnything() { QVERIFY(RateWindow().rates(t0, t0) == Rates()); }

    void isRightFromTheFirstSecondOn()
    {
        RateWindow window;
        for (auto at = t0; at < t0 + 12s; at += 250ms) {
            fill(window, at, at + 250ms, 100);
            const auto now = at + 250ms;
            if (now >= t0 + 1s) {
                QVERIFY2(std::abs(window.rates(now, t0).allowed - 100) < 1e-6, qPrintable(QString::number(window.rates(now, t0).allowed)));
            }
        }
    }

    void doesNotTurnOneRequestIntoAThousand()
    {
        RateWindow window;
        window.record(t0, Verdict::Allowed);
        QCOMPARE(window.rates(t0 + 1ms, t0).allowed, 1.0);
        QCOMPARE(window.rates(t0 + 4s, t0).allowed, 0.25);
    }

    void knowsThatTheTimeBeforeAKeyCameWasSilent()
    {
        RateWindow window;
        window.record(t0 + 500ms, Verdict::Rejected);
        QCOMPARE(window.rates(t0 + 500ms, t0 - 1h).rejected, 1 / 4.5);
    }

    void isExactlyZeroWhenQuiet()
    {
        RateWindow window;
        fill(window, t0, t0 + 3s, 100);
        QVERIFY(window.rates(t0 + 6999ms, t0).allowed > 0);
        QVERIFY(window.rates(t0 + 7s, t0) == Rates());
        QVERIFY(window.rates(t0 + 24h, t0) == Rates());
    }

    void keepsVerdictsApart()
    {
        RateWindow window;
        fill(window, t0, t0 + 4s, 10, Verdict::Allowed);
        fill(window, t0, t0 + 4s, 20, Verdict::Rejected);
        fill(window, t0, t0 + 4s, 40, Verdict::WouldReject);
        QVERIFY(window.rates(t0 + 4s, t0) == (Rates {10, 20, 40}));
    }

    void countsLateEventsWhereTheyBelong()
    {
        RateWindow window;
        window.record(t0 + 4s, Verdict::Allowed);
        window.record(t0, Verdict::Allowed);
        QCOMPARE(window.rates(t0 + 4s, t0 - 1h).allowed, 0.5);
        window.record(t0 - 1s, Verdict::Allowed); // too late
        QCOMPARE(window.rates(t0 + 4s, t0 - 1h).allowed, 0.5);
        QCOMPARE(window.rates(t0 + 5s, t0 - 1h).allowed, 0.25);
    }

    void forgetsOldLapsOfTheRing()
    {
        for (auto silence = 1s; silence < 20s; ++silence) {
            RateWindow window;
            fill(window, t0, t0 + 5s, 100);
            window.record(t0 + 4s + silence, Verdict::Allowed);
            const auto remembered = 100 * std::max<std::int64_t>(0, 5 - silence.count()) + 1;
            QCOMPARE(window.rates(t0 + 4s + silence, t0 - 1h).allowed, static_cast<double>(remembered) / 4);
        }
    }

    void survivesAClockSetBack()
    {
        RateWindow window;
        fill(window, t0, t0 + 5s, 100);
        fill(window, t0 - 1h, t0 - 1h + 4s, 10);
        QCOMPARE(window.rates(t0 - 1h + 4s, t0 - 1h).allowed, 10.0);
        QCOMPARE(window.rates(t0 - 1h + 4s, t0).allowed, 10.0); // of a time that is still to come
    }

    void survivesAStampThatLies()
    {
        RateWindow window;
        fill(window, t0, t0 + 5s, 100);
        window.record(Instant::max(), Verdict::Allowed);
        QVERIFY(window.rates(t0 + 5s, t0) == Rates());
        window.record(Instant::min(), Verdict::Allowed);
        fill(window, t0 + 5s, t0 + 9s, 100);
        QCOMPARE(window.rates(t0 + 9s, t0).allowed, 100.0);
    }

    void believesStampsALittleAheadOfNow()
    {
        RateWindow window;
        fill(window, t0, t0 + 5s, 100);
        QVERIFY(window.rates(t0 + 4s + 900ms, t0).allowed > 99);
        QVERIFY(window.rates(t0 + 3s + 900ms, t0).allowed > 99);
    }
};

QTEST_APPLESS_MAIN(RateWindowTest)
#include "tst_RateWindow.moc"
