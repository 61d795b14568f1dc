// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/TimeWords.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

class tst_TimeWords : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("TZ", "Asia/Tokyo"); }

    void spansLeaveNoRest()
    {
        QCOMPARE(spanText(1min), QStringLiteral("60 s"));
        QCOMPARE(spanText(90s), QStringLiteral("90 s"));
        QCOMPARE(spanText(250ms), QStringLiteral("250 ms"));
        QCOMPARE(spanText(1h), QStringLiteral("60 min"));
        QCOMPARE(spanText(24h), QStringLiteral("24 h"));
        QCOMPARE(spanText(48h), QStringLiteral("2 d"));
    }

    void agesAreFineWhileTheyAreShort()
    {
        QCOMPARE(agoText(-5s), QStringLiteral("just now"));
        QCOMPARE(agoText(99ms), QStringLiteral("just now"));
        QCOMPARE(agoText(200ms), QStringLiteral("0.2 s ago"));
        QCOMPARE(agoText(9900ms), QStringLiteral("9.9 s ago"));
        QCOMPARE(agoText(94s), QStringLiteral("94 s ago"));
        QCOMPARE(agoText(119'999ms), QStringLiteral("119 s ago"));
        QCOMPARE(agoText(2min), QStringLiteral("2 min ago"));
        QCOMPARE(agoText(26h), QStringLiteral("1 d ago"));
    }

    void whatIsLeftIsRoundedUp()
    {
        QCOMPARE(leftText(-1s), QStringLiteral("0.0 s"));
        QCOMPARE(leftText(1ms), QStringLiteral("0.1 s"));
        QCOMPARE(leftText(3150ms), QStringLiteral("3.2 s"));
        QCOMPARE(leftText(46'001ms), QStringLiteral("47 s"));
        QCOMPARE(leftText(23min), QStringLiteral("23 min"));
    }

    void timesAreTheDesksAndInTipsUtc()
    {
        const Instant at(1'790'000'000s);
        QCOMPARE(utcTimeText(at), QStringLiteral("2026-09-21 14:13:20 UTC"));
        QCOMPARE(localTimeText(at), QStringLiteral("2026-09-21 23:13:20"));
        QCOMPARE(shortTimeText(at, at + 10min), QStringLiteral("23:13:20"));
        QCOMPARE(shortTimeText(at, at + 1h), QStringLiteral("2026-09-21 23:13"));
        QCOMPARE(clockText(at + 7ms), QStringLiteral("23:13:20.007"));
    }

    void fractionsAreInTheLanguageOfTheWindow()
    {
        const QLocale before;
        QLocale::setDefault(QLocale(QLocale::German));
        const QStringList said {agoText(200ms), leftText(3150ms), clockText(Instant(1'790'000'000'007ms))};
        QLocale::setDefault(before);
        QCOMPARE(said, QStringList({QStringLiteral("0,2 s ago"), QStringLiteral("3,2 s"), QStringLiteral("23:13:20,007")}));
    }
};

QTEST_GUILESS_MAIN(tst_TimeWords)
#include "tst_TimeWords.moc"
