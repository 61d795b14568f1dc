// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "KeyDesk.h"
#include "models/WindowFill.h"

#include <QTest>

using namespace rateguard;

class tst_WindowFill : public QObject
{
    Q_OBJECT

private slots:
    void countsWhatIsStillInTheWindow()
    {
        KeyDesk desk;
        const auto fills = windowFills(desk.detail, desk.policy.rule.limit, KeyDesk::now);
        QCOMPARE(fills.size(), std::size_t {1});
        QCOMPARE(fillText(fills[0]), QStringLiteral("60 of 60 used"));
        QVERIFY(fills[0].next == KeyDesk::now + 3200ms);
        const auto later = windowFills(desk.detail, desk.policy.rule.limit, KeyDesk::now + 4500ms); // the first two have left
        QCOMPARE(fillText(later[0]), QStringLiteral("58 of 60 used"));
        QVERIFY(!later[0].next);
    }

    void nothingIsAdmittedWhileTheKeyIsBanned()
    {
        KeyDesk desk;
        desk.detail.override = Override {Override::Kind::Ban, {}, KeyDesk::now + 1min, 1};
        QVERIFY(!windowFills(desk.detail, desk.policy.rule.limit, KeyDesk::now)[0].next);
        desk.detail.override->until = KeyDesk::now;
        QVERIFY(windowFills(desk.detail, desk.policy.rule.limit, KeyDesk::now)[0].next);
    }

    void countsDownToTheNextAdmission()
    {
        KeyDesk desk;
        const WindowFill fill = windowFills(desk.detail, desk.policy.rule.limit, KeyDesk::now).front();
        QCOMPARE(nextText(fill, KeyDesk::now), QStringLiteral("next admitted in 3.2 s"));
        QCOMPARE(nextText(fill, KeyDesk::now + 100ms), QStringLiteral("next admitted in 3.1 s"));
        QCOMPARE(nextText(fill, KeyDesk::now + 4s), QStringLiteral("next admitted now"));
    }

    void putsEachWindowBesideTheOthersTheLongestFirst()
    {
        KeyDesk desk;
        Limits limits {60, 1min};
        limits.push({1000, 1h});
        limits.push({5, 10s});
        const auto fills = windowFills(desk.detail, limits, KeyDesk::now);
        QCOMPARE(fills.size(), std::size_t {3});
        QCOMPARE(fills[0].limit.count, 1000U);
        QCOMPARE(fillText(fills[0]), QStringLiteral("60 of 1,000 used"));
        QCOMPARE(fillText(fills[2]), QStringLiteral("7 used, the limit is 5 now"));
        // Three of the seven must leave before another fits in.
        QVERIFY(fills[2].next == desk.detail.admitted[60 - 7 + 2] + 10s);
    }

    void aLimitOfItsOwnStandsForThePolicys()
    {
        KeyDesk desk;
        desk.detail.override = Override {Override::Kind::Limit, {30, 1min}, KeyDesk::now + 1min, 1};
        QCOMPARE(windowFills(desk.detail, desk.policy.rule.limit, KeyDesk::now)[0].limit.count, 30U);
        QCOMPARE(windowFills(desk.detail, desk.policy.rule.limit, KeyDesk::now + 1min)[0].limit.count, 60U); // it has ended
    }

    void stampsThatWereCutAreALowerBoundUnlessRedisSaidMore()
    {
        KeyDesk desk;
        desk.policy.rule.limit = {5000, 1min};
        desk.detail.isCut = true;
        desk.detail.next = Decision {Verdict::Allowed, 5000, 999, Duration(0), Duration(0), 1min, 3, Why::Limit};
        QCOMPARE(fillText(windowFills(desk.detail, desk.policy.rule.limit, KeyDesk::now)[0]), QStringLiteral("4,000 of 5,000 used"));
        desk.detail.next.reset();
        QCOMPARE(fillText(windowFills(desk.detail, desk.policy.rule.limit, KeyDesk::now)[0]), QStringLiteral("at least 60 of 5,000 used"));
        // A shorter window is within what was sent.
        QCOMPARE(fillText(windowFills(desk.detail, Limits(5000, 10s), KeyDesk::now)[0]), QStringLiteral("7 of 5,000 used"));
    }

    void aBucketHasNoStamps()
    {
        KeyDesk desk;
        desk.detail.admitted.clear();
        Limits bucket {60, 1min};
        bucket.algorithm = Algorithm::Bucket;
        bucket.push({9000, 1h});
        const auto fills = windowFills(desk.detail, bucket, KeyDesk::now);
        QVERIFY(!fills[0].hasStamps);
        QCOMPARE(fillText(fills[0]), QStringLiteral("how much of 9,000 is used is not known"));
        QCOMPARE(fillText(fills[1]), QStringLiteral("60 of 60 used"));
        QVERIFY(fills[1].next == KeyDesk::now + 3200ms);
    }

    void aBanSaysNothingOfTheWindow()
    {
        KeyDesk desk;
        desk.detail.admitted.clear();
        desk.detail.next->why = Why::Ban;
        QCOMPARE(fillText(windowFills(desk.detail, desk.policy.rule.limit, KeyDesk::now)[0]), QStringLiteral("0 of 60 used"));
    }
};

QTEST_GUILESS_MAIN(tst_WindowFill)
#include "tst_WindowFill.moc"
