// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "format/LinkText.h"
#include "format/Numbers.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

class tst_Numbers : public QObject
{
    Q_OBJECT

private slots:
    void whatWasTypedReadsTheSame()
    {
        QCOMPARE(formatExact(20), QStringLiteral("20"));
        QCOMPARE(formatExact(12.5), QStringLiteral("12.5"));
        QCOMPARE(formatExact(0.3), QStringLiteral("0.3"));
        QCOMPARE(formatExact(1500), QStringLiteral("1,500"));
    }

    void bytesHaveAUnitThatFits()
    {
        QCOMPARE(formatBytes(0), QStringLiteral("0 B"));
        QCOMPARE(formatBytes(999), QStringLiteral("999 B"));
        QCOMPARE(formatBytes(999'600), QStringLiteral("1.0 MB"));
        QCOMPARE(formatBytes(48'300'000), QStringLiteral("48.3 MB"));
        QCOMPARE(formatBytes(256'000'000), QStringLiteral("256 MB"));
        QCOMPARE(formatBytes(5'000'000'000'000'000), QStringLiteral("5,000 TB"));
    }

    void ratesHaveSteadyDigits()
    {
        QCOMPARE(formatRate(0), QStringLiteral("0"));
        QCOMPARE(formatRate(0.01), QStringLiteral("<0.1"));
        QCOMPARE(formatRate(0.4), QStringLiteral("0.4"));
        QCOMPARE(formatRate(3), QStringLiteral("3.0"));
        QCOMPARE(formatRate(12.34), QStringLiteral("12.3"));
        QCOMPARE(formatRate(99.97), QStringLiteral("100"));
        QCOMPARE(formatRate(1204.4), QStringLiteral("1,204"));
    }

    void ratesThatAreNoNumbersAreADash()
    {
        QCOMPARE(formatRate(std::numeric_limits<double>::quiet_NaN()), QStringLiteral("–"));
        QCOMPARE(formatRate(std::numeric_limits<double>::infinity()), QStringLiteral("–"));
        QCOMPARE(formatRate(-1), QStringLiteral("0"));
    }

    void countsAreGrouped()
    {
        QCOMPARE(formatCount(0), QStringLiteral("0"));
        QCOMPARE(formatCount(1204), QStringLiteral("1,204"));
        QCOMPARE(formatCount(18'446'744'073'709'551'615ULL), QStringLiteral("18,446,744,073,709,551,615"));
    }

    void sharesSayWhenTheyAreAlmostNothingOrAll()
    {
        QCOMPARE(formatShare(0), QStringLiteral("0 %"));
        QCOMPARE(formatShare(0.001), QStringLiteral("<1 %"));
        QCOMPARE(formatShare(0.37), QStringLiteral("37 %"));
        QCOMPARE(formatShare(0.995), QStringLiteral(">99 %"));
        QCOMPARE(formatShare(0.999), QStringLiteral(">99 %"));
        QCOMPARE(formatShare(1), QStringLiteral("100 %"));
    }

    void durationsPickTheirUnit()
    {
        QCOMPARE(formatDuration(0us), QStringLiteral("0 ms"));
        QCOMPARE(formatDuration(210us), QStringLiteral("0.2 ms"));
        QCOMPARE(formatDuration(2100us), QStringLiteral("2.1 ms"));
        QCOMPARE(formatDuration(38ms), QStringLiteral("38 ms"));
        QCOMPARE(formatDuration(2500ms), QStringLiteral("2.5 s"));
        QCOMPARE(formatDuration(38s), QStringLiteral("38 s"));
        QCOMPARE(formatDuration(4min), QStringLiteral("4 min"));
        QCOMPARE(formatDuration(5h), QStringLiteral("5 h"));
        QCOMPARE(formatDuration(48h), QStringLiteral("2 d"));
    }

    void agesAreWholeAndPast()
    {
        QCOMPARE(formatAge(-5s), QStringLiteral("now"));
        QCOMPARE(formatAge(999ms), QStringLiteral("now"));
        QCOMPARE(formatAge(12900ms), QStringLiteral("12 s ago"));
        QCOMPARE(formatAge(59s), QStringLiteral("59 s ago"));
        QCOMPARE(formatAge(4min + 59s), QStringLiteral("4 min ago"));
        QCOMPARE(formatAge(25h), QStringLiteral("1 d ago"));
    }

    void aLiveLinkNamesItsServer()
    {
        LinkStatus link;
        link.state = LinkState::Live;
        link.endpoint = "redis://127.0.0.1:6379";
        link.server = "Redis 7.0.15";
        link.roundTrip = 210us;
        QCOMPARE(linkSummary(link), QStringLiteral("Live · redis://127.0.0.1:6379 · Redis 7.0.15 · 0.2 ms"));
        QVERIFY(linkTrouble(link).isEmpty());
        link.detail = "no rights\n";
        QCOMPARE(linkTrouble(link), QStringLiteral("no rights\\n")); // of the limits; the link itself is fine
    }

    void aLostLinkSaysWhenItTriesAgain()
    {
        LinkStatus link;
        link.state = LinkState::Lost;
        link.endpoint = "redis://h";
        link.detail = "Connection refused\x1B[0m";
        link.retryIn = 2400ms;
        QVERIFY(linkSummary(link).contains(QStringLiteral("3 s")));
        QVERIFY(linkTrouble(link).contains(QStringLiteral("Connection refused\\x1B[0m")));
    }

    void figuresGoWithTheLanguage()
    {
        QLocale::setDefault(QLocale(QLocale::German));
        QCOMPARE(formatCount(1'204'000), QStringLiteral("1.204.000"));
        QCOMPARE(formatRate(12.34), QStringLiteral("12,3"));
        QLocale::setDefault(QLocale::c());
        QCOMPARE(formatCount(1'204'000), QStringLiteral("1,204,000"));
    }
};

QTEST_APPLESS_MAIN(tst_Numbers)
#include "tst_Numbers.moc"
