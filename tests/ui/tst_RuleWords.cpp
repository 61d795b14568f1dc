// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/RuleWords.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

class tst_RuleWords : public QObject
{
    Q_OBJECT

private slots:
    void timeThatIsLeftIsRoundedUp_data()
    {
        QTest::addColumn<qint64>("milliseconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << qint64 {0} << QStringLiteral("0 s");
        QTest::newRow("a moment") << qint64 {1} << QStringLiteral("1 s");
        QTest::newRow("a minute") << qint64 {60'000} << QStringLiteral("1 min");
        QTest::newRow("a bit more") << qint64 {60'001} << QStringLiteral("2 min");
        QTest::newRow("an hour") << qint64 {3'600'000} << QStringLiteral("1 h");
        QTest::newRow("80 minutes") << qint64 {4'800'000} << QStringLiteral("1 h 20 min");
        QTest::newRow("a day") << qint64 {86'400'000} << QStringLiteral("1 d");
        QTest::newRow("two days and a half") << qint64 {216'000'000} << QStringLiteral("2 d 12 h");
    }

    void timeThatIsLeftIsRoundedUp()
    {
        QFETCH(qint64, milliseconds);
        QFETCH(QString, text);
        QCOMPARE(timeLeft(Duration(milliseconds)), text);
    }

    void sayWhenAModeEndsAndWhatThen()
    {
        Rule rule {{60, 1min}, Mode::Shadow, 3};
        rule.until = Instant(100h + 7min);
        rule.after = Mode::Off;
        QCOMPARE(modeWithEnd(rule, Instant(100h)), QStringLiteral("shadow, ends in 7 min, then off"));
        QCOMPARE(modeWithEnd(rule, Instant(101h)), QStringLiteral("off"));
        QVERIFY(inForce(rule, Instant(101h)) == (Rule {{60, 1min}, Mode::Off, 3}));
    }

    void aProblemNamesTheRemedy()
    {
        Limits limit {60, 1min};
        QVERIFY(limitProblem(limit).isEmpty());
        limit.push({5, 1min});
        QVERIFY(limitProblem(limit).contains(QStringLiteral("per min")));
        limit = {1'000'001, 1min};
        QVERIFY(limitProblem(limit).contains(QStringLiteral("choose the bucket")));
        limit.algorithm = Algorithm::Bucket;
        QVERIFY(limitProblem(limit).isEmpty());
        QVERIFY(!limitProblem(Limits {}).isEmpty());
    }

    void theNextWindowIsALongerOneThatChangesNothing()
    {
        QVERIFY(nextWindow({10, 1s}) == (Limit {600, 1min}));
        QVERIFY(nextWindow({60, 1min}) == (Limit {3600, 1h}));
        QVERIFY(nextWindow({1, 24h * 20}) == (Limit {1, 1s}));
        QVERIFY(nextWindow({500'000, 1min}).count == Limit::maxCount);
    }

    void oneWindowCanBeLeftOut()
    {
        Limits limit {10, 1s};
        limit.push({100, 1min});
        QVERIFY(without(limit, 0) == (Limits {100, 1min}));
        QVERIFY(without(limit, 1) == (Limits {10, 1s}));
    }
};

QTEST_GUILESS_MAIN(tst_RuleWords)
#include "tst_RuleWords.moc"
