// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/OverrideWords.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;
using Status = OverrideOutcome::Status;

class tst_OverrideWords : public QObject
{
    Q_OBJECT

private slots:
    void sayWhatHoldsAndUntilWhen()
    {
        const Instant now(100h);
        QCOMPARE(overrideText({Override::Kind::Ban, {}, now + 23min, 1}, now), QStringLiteral("banned, ends in 23 min"));
        QCOMPARE(overrideText({Override::Kind::Ban, {}, now, 1}, now), QStringLiteral("banned, ended"));
        QCOMPARE(overrideText({Override::Kind::Exempt, {}, std::nullopt, 1}, now), QStringLiteral("exempt until lifted"));
        Limits own {30, 1min};
        own.algorithm = Algorithm::Bucket; // the policy's matter
        QCOMPARE(overrideText({Override::Kind::Limit, own, std::nullopt, 1}), QStringLiteral("own limit 30/min"));
    }

    void eachOutcomeBeginsWithASignOfItsOwn_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("text");
        QTest::newRow("pending") << int(Status::Pending) << QStringLiteral("… Sent. Waiting for Redis.");
        QTest::newRow("applied") << int(Status::Applied) << QStringLiteral("✓ Applied: banned, k7.");
        QTest::newRow("conflict") << int(Status::Conflict)
                                  << QStringLiteral("≠ Not applied: someone else was faster, it is banned, k7. Nothing of yours was written. <b>Look</b>");
        QTest::newRow("refused") << int(Status::Refused) << QStringLiteral("✗ Refused. <b>Look</b>");
        QTest::newRow("unknown") << int(Status::Unknown) << QStringLiteral("? The reply was lost: the edit may have been made or not. <b>Look</b>");
    }

    void eachOutcomeBeginsWithASignOfItsOwn()
    {
        QFETCH(int, status);
        QFETCH(QString, text);
        OverrideOutcome outcome;
        outcome.status = static_cast<Status>(status);
        outcome.version = 7;
        outcome.after = Override {Override::Kind::Ban, {}, std::nullopt, 7};
        outcome.message = "<b>Look</b>";
        QCOMPARE(outcomeText(outcome, false), text);
    }

    void liftingAndResettingAreSaid()
    {
        OverrideOutcome outcome;
        outcome.status = Status::Applied;
        QCOMPARE(outcomeText(outcome, false), QStringLiteral("✓ Lifted: the policy's limit holds for it again."));
        QCOMPARE(outcomeText(outcome, true), QStringLiteral("✓ Done: what it had used is forgotten."));
        outcome.status = Status::Conflict;
        QVERIFY(outcomeText(outcome, false).contains(QStringLiteral("lifted what held")));
    }

    void whatWasMadeAndReplacedIsToldAsBoth()
    {
        OverrideOutcome outcome;
        outcome.status = Status::Applied;
        outcome.version = 7;
        outcome.isReplaced = true;
        QCOMPARE(outcomeText(outcome, false), QStringLiteral("✓ Applied as k7. Someone else has lifted it since."));
        outcome.after = Override {Override::Kind::Ban, {}, std::nullopt, 9};
        QCOMPARE(outcomeText(outcome, false), QStringLiteral("✓ Applied as k7. Someone else has made it banned since, k9."));
    }

    void aLimitIsReadOrItsErrorSaysWhatToDo()
    {
        QString problem;
        QCOMPARE(ownLimitText(parseOwnLimit(QStringLiteral(" 10/s 500/h "), &problem).value()), QStringLiteral("10/s 500/h"));
        QVERIFY(parseOwnLimit(QStringLiteral("5000000/h"), &problem)); // whether that is too many, the policy says
        for (const char *bad : {"", "lots", "0/min", "30/fortnight", "10/s 20/s"}) {
            problem.clear();
            QVERIFY2(!parseOwnLimit(QString::fromLatin1(bad), &problem), bad);
            QVERIFY2(!problem.isEmpty(), bad);
        }
        QVERIFY(!parseOwnLimit(QStringLiteral("bucket 30/min"), &problem));
        QVERIFY(problem.contains(QStringLiteral("policy's matter")));
        QVERIFY(!parseOwnLimit(QStringLiteral("<b>\u202E"), &problem));
        QVERIFY(!problem.contains(QChar(0x202E)));
    }

    void whoMayOnlyWatchIsToldWhy()
    {
        LinkStatus link;
        link.state = LinkState::Live;
        QVERIFY(watchOnlyText(link, false).isEmpty());
        QVERIFY(watchOnlyText(link, true).contains(QStringLiteral("Read-only")));
        link.mayOverride = false;
        QVERIFY(watchOnlyText(link, false).contains(QStringLiteral("Redis user")));
        link = {};
        QVERIFY(watchOnlyText(link, false).contains(QStringLiteral("Not connected")));
    }
};

QTEST_GUILESS_MAIN(tst_OverrideWords)
#include "tst_OverrideWords.moc"
