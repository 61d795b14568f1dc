// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/ServerClock.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

class ServerClockTest : public QObject
{
    Q_OBJECT

private slots:
    void followsTheServer()
    {
        ServerClock clock;
        const Instant server {1'600'000'000s};
        clock.observe(server, 200us);
        const auto off = clock.now() - server;
        QVERIFY(off >= 100us && off < 1s);
        QCOMPARE(clock.roundTrip(), 200us);
    }

    void believesQuickAnswersMoreThanSlowOnes()
    {
        ServerClock clock;
        clock.observe(Instant(1'600'000'000s), 200us);
        const auto before = clock.now();
        clock.observe(before - 40ms, 100ms); // half of the round trip makes this say: 10 ms later
        QVERIFY(clock.now() - before < 9ms);
    }

    void whatIsMeasuredWhileTheClockIsSetStaysWhatItIs()
    {
        ServerClock clock;
        const auto sent = clock.elapsed();
        clock.observe(Instant(1'600'000'000s), 200us);
        QVERIFY(clock.elapsed() - sent < 1min);
    }

    void onlyAPlainAnswerTellsTheRoundTrip()
    {
        ServerClock clock;
        clock.observe(Instant(1'600'000'000s), 80ms, false);
        QCOMPARE(clock.roundTrip(), 0us);
        clock.observe(Instant(1'600'000'000s), 200us);
        clock.observe(Instant(1'600'000'000s), 80ms, false);
        QCOMPARE(clock.roundTrip(), 200us);
    }

    void followsAStepOfTheServersClock()
    {
        ServerClock clock;
        clock.observe(Instant(1'600'000'000s), 200us);
        clock.observe(Instant(1'500'000'000s), 200us);
        QVERIFY(clock.now() < Instant(1'500'000'010s));
    }
};

QTEST_GUILESS_MAIN(ServerClockTest)
#include "tst_ServerClock.moc"
