// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/RecordedSince.h"

#include <QTest>

#include <vector>

using namespace rateguard;
using namespace std::chrono_literals;

class RecordedSinceTest : public QObject
{
    Q_OBJECT

private slots:
    void whatWasRecordedIsKnown()
    {
        const RecordedSince nothing;
        QVERIFY(nothing.isKnown({5min, 0, 0, 0, 1}) && !nothing.isKnown(quiet(5min)));
    }

    void aMinuteBeforeRedisWasStartedIsNotKnown()
    {
        RecordedSince since;
        since.up = 100min;
        since.found(50min);
        QVERIFY(!since.isKnown(quiet(99min)) && since.isKnown(quiet(100min)) && since.isKnown({60min, 1, 0, 0, 0}));
    }

    void aMinuteBeforeTheFirstTraceIsNotKnown()
    {
        RecordedSince since;
        since.up = 10min;
        QVERIFY(!since.isKnown(quiet(60min)));
        since.found(70min);
        since.found(50min);
        since.found(80min);
        QVERIFY(!since.isKnown(quiet(49min)) && since.isKnown(quiet(50min)) && since.isKnown(quiet(60min)));
    }

    void theFirstMinuteWithRequestsIsATrace()
    {
        RecordedSince since;
        since.up = 0min;
        since.findIn(std::vector<MinuteCounts> {quiet(1min), quiet(2min)});
        QVERIFY(!since.trace);
        since.findIn(std::vector<MinuteCounts> {quiet(1min), {2min, 0, 1, 0, 0}, {3min, 1, 0, 0, 0}});
        QVERIFY(since.trace == 2min);
    }

    void whoMayNotAskHowLongRedisRunsKnowsNoQuietMinute()
    {
        RecordedSince since;
        since.found(0min);
        QVERIFY(!since.isKnown(quiet(60min)));
    }

private:
    static MinuteCounts quiet(std::chrono::minutes minute) { return {minute, 0, 0, 0, 0}; }
};

QTEST_APPLESS_MAIN(RecordedSinceTest)
#include "tst_RecordedSince.moc"
