// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "EditorDesk.h"

using namespace rateguard;

Q_DECLARE_METATYPE(Rule)

class tst_LimitEditorOutcomes : public QObject
{
    Q_OBJECT

private slots:
    void appliedSaysVersionAndFirstDecision()
    {
        Desk desk;
        desk.submit(100);
        desk.settle(Status::Applied, hundred);
        QCOMPARE(desk.text("outcomeLabel"), QStringLiteral("✓ Applied as v4."));
        Snapshot later = live({policy(100, 4)});
        EditOutcome outcome;
        outcome.id = desk.edits[0].id;
        outcome.policy = "search";
        outcome.status = Status::Applied;
        outcome.after = hundred;
        outcome.firstDecisionAfter = 3200us;
        later.edits.push_back(outcome);
        desk.editor.apply(later);
        QCOMPARE(desk.text("outcomeLabel"), QStringLiteral("✓ Applied as v4. First decision under v4 came 3.2 ms later."));
        QCOMPARE(desk.text("diffLabel"), QStringLiteral("search: 100/min enforce, v4"));
        QVERIFY(!desk.applyButton()->isEnabled());
        QVERIFY(!desk.shows("overtakenLabel"));
    }

    void appliedIsNotSaidOfALimitThatHasChangedSince_data()
    {
        QTest::addColumn<bool>("lost");
        QTest::newRow("edited by somebody") << false;
        QTest::newRow("the connection went away") << true;
    }

    void appliedIsNotSaidOfALimitThatHasChangedSince()
    {
        QFETCH(bool, lost);
        Desk desk;
        desk.submit(100);
        desk.settle(Status::Applied, hundred, {policy(100, 4)});
        QVERIFY(desk.text("outcomeLabel").startsWith(QStringLiteral("✓")));
        Snapshot later = live({lost ? policy(100, 4) : policy(80, 5)});
        later.link.state = lost ? LinkState::Lost : LinkState::Live;
        desk.editor.apply(later);
        QVERIFY(!desk.text("outcomeLabel").startsWith(QStringLiteral("✓")));
    }

    void anOlderSnapshotAfterTheAnswerIsNoConflict()
    {
        Desk desk;
        desk.submit(100);
        desk.settle(Status::Applied, hundred, {policy(60, 3)});
        desk.editor.apply(live({policy(60, 3)}));
        QVERIFY(!desk.shows("overtakenLabel"));
        QCOMPARE(desk.limit()->value(), 100);
    }

    void theAnswerMayComeAfterTheNewLimit()
    {
        Desk desk;
        desk.submit(100);
        desk.editor.apply(live({policy(100, 4)}));
        QVERIFY(!desk.shows("overtakenLabel"));
        desk.settle(Status::Applied, hundred, {policy(100, 4)});
        QVERIFY(!desk.shows("overtakenLabel"));
        QVERIFY(!desk.applyButton()->isEnabled());
    }

    void someoneElsesEditUnderADraftAsksWhoseToKeep()
    {
        Desk desk;
        desk.limit()->setValue(100);
        desk.editor.apply(live({policy(80, 5)}));
        QCOMPARE(desk.limit()->value(), 100);
        QVERIFY(desk.shows("overtakenLabel"));
        QVERIFY(desk.text("overtakenLabel").contains(QStringLiteral("80/min enforce by someone else, v5")));
        QVERIFY2(desk.text("diffLabel").endsWith(QStringLiteral(" → v6")), qPrintable(desk.text("diffLabel"))); // v5 is theirs
        QVERIFY(!desk.applyButton()->isEnabled());
    }

    void keepingMineBuildsOnTheirVersion()
    {
        Desk desk;
        desk.limit()->setValue(100);
        desk.editor.apply(live({policy(80, 5)}));
        desk.find<QPushButton>("keepMineButton")->click();
        QVERIFY(!desk.shows("overtakenLabel"));
        desk.applyButton()->click();
        QCOMPARE(desk.edits.size(), 1U);
        QCOMPARE(desk.edits[0].limit.front().count, 100U);
        QVERIFY(desk.edits[0].expectedVersion == std::uint64_t {5});
    }

    void takingTheirsDropsTheDraft()
    {
        Desk desk;
        desk.limit()->setValue(100);
        desk.editor.apply(live({policy(80, 5)}));
        desk.find<QPushButton>("takeTheirsButton")->click();
        QCOMPARE(desk.limit()->value(), 80);
        QVERIFY(!desk.applyButton()->isEnabled());
    }

    void aConflictShowsWhatRedisHolds()
    {
        Desk desk;
        desk.submit(100);
        desk.settle(Status::Conflict, {{80, 1min}, Mode::Enforce, 5}, {policy(80, 5)});
        QVERIFY(desk.text("outcomeLabel").contains(QStringLiteral("80/min enforce, v5")));
        QVERIFY(desk.shows("overtakenLabel"));
        QCOMPARE(desk.limit()->value(), 100);
    }

    void refusedAndUnknownAreNotTheSame()
    {
        Desk desk;
        desk.submit(100);
        desk.settle(Status::Refused);
        QVERIFY(desk.text("outcomeLabel").startsWith(QStringLiteral("✗ Refused. Try <b>again</b>.")));
        QCOMPARE(desk.find<QLabel>("outcomeLabel")->textFormat(), Qt::PlainText);
        desk.applyButton()->click();
        desk.settle(Status::Unknown);
        QVERIFY(desk.text("outcomeLabel").startsWith(QStringLiteral("? The reply was lost")));
    }

    void anUnknownEditThatTurnsUpIsNobodyElses()
    {
        Desk desk;
        desk.submit(100);
        desk.settle(Status::Unknown);
        desk.editor.apply(live({policy(100, 4)}));
        QVERIFY(!desk.shows("overtakenLabel"));
        QVERIFY(!desk.applyButton()->isEnabled());
    }

    void anUnknownEditThatWasLookedUpSaysSo()
    {
        Desk desk;
        QTest::keyClicks(desk.find<QLineEdit>("reasonEdit"), QStringLiteral("launch day"));
        desk.submit(100);
        desk.settle(Status::Unknown);
        desk.settle(Status::Applied, hundred, {policy(100, 4)});
        QVERIFY(desk.text("outcomeLabel").startsWith(QStringLiteral("✓ Applied as v4")));
        QVERIFY(desk.find<QLineEdit>("reasonEdit")->text().isEmpty());
        desk.submit(110);
        QVERIFY(desk.edits.back().expectedVersion == std::uint64_t {4});
        QVERIFY(desk.edits.back().reason.empty());
    }

    void theReasonGoesWithAnEditThatTurnsUpUnasked()
    {
        Desk desk;
        QTest::keyClicks(desk.find<QLineEdit>("reasonEdit"), QStringLiteral("launch day"));
        desk.submit(100);
        desk.settle(Status::Unknown);
        desk.editor.apply(live({policy(100, 4)}));
        QVERIFY(desk.find<QLineEdit>("reasonEdit")->text().isEmpty());
    }

    void aReasonTypedSinceIsKept()
    {
        Desk desk;
        desk.submit(100);
        desk.settle(Status::Unknown);
        desk.limit()->setValue(110);
        QTest::keyClicks(desk.find<QLineEdit>("reasonEdit"), QStringLiteral("more"));
        desk.settle(Status::Applied, hundred, {policy(100, 4)});
        QCOMPARE(desk.limit()->value(), 110);
        QVERIFY(!desk.shows("overtakenLabel"));
        QCOMPARE(desk.find<QLineEdit>("reasonEdit")->text(), QStringLiteral("more"));
    }

    void anUnknownEditThatWasNotMadeCanBeSentAgain()
    {
        Desk desk;
        desk.submit(100);
        desk.settle(Status::Unknown);
        desk.settle(Status::Refused);
        QVERIFY(desk.text("outcomeLabel").startsWith(QStringLiteral("✗ Refused.")));
        desk.applyButton()->click();
        QCOMPARE(desk.edits.size(), 2U);
        QVERIFY(desk.edits[0].id != desk.edits[1].id);
    }

    void anUnknownEditThatSomeoneOvertookAsksWhoseToKeep()
    {
        Desk desk;
        desk.submit(100);
        desk.settle(Status::Unknown);
        desk.settle(Status::Conflict, {{80, 1min}, Mode::Enforce, 5}, {policy(80, 5)});
        QVERIFY(desk.text("outcomeLabel").contains(QStringLiteral("80/min enforce, v5")));
        QVERIFY(desk.shows("overtakenLabel"));
    }

    void anUnknownEditThatWasMadeAndReplacedIsToldAsBoth_data()
    {
        QTest::addColumn<Rule>("now");
        QTest::addColumn<QString>("text");
        QTest::newRow("changed") << Rule {{80, 1min}, Mode::Shadow, 5} << QStringLiteral("✓ Applied as v4. Someone else has made it 80/min shadow since, v5.");
        QTest::newRow("taken away") << Rule {} << QStringLiteral("✓ Applied as v4. Someone else has taken the limit away since.");
        QTest::newRow("unreadable") << Rule {{}, Mode::Enforce, 5} << QStringLiteral("✓ Applied as v4. Someone else has changed it since, to v5.");
    }

    void anUnknownEditThatWasMadeAndReplacedIsToldAsBoth()
    {
        QFETCH(Rule, now);
        QFETCH(QString, text);
        Desk desk;
        desk.submit(100);
        desk.settle(Status::Unknown);
        PolicyRow row = policy(80, 5);
        row.rule = now;
        row.valid = !now.limit.empty();
        const std::vector<PolicyRow> rows = now.version == 0 ? std::vector<PolicyRow>() : std::vector {row};
        Snapshot found = live(rows);
        EditOutcome outcome;
        outcome.id = desk.edits.back().id;
        outcome.status = Status::Applied;
        outcome.policy = "search";
        outcome.after = hundred;
        outcome.replacedBy = now;
        found.edits.push_back(outcome);
        desk.editor.apply(found);
        QCOMPARE(desk.text("outcomeLabel"), text);
        desk.editor.apply(live(rows));
        QVERIFY(desk.shows("outcomeLabel"));
        if (!now.limit.empty()) { // nothing is wished for any more: the fields follow Redis
            QCOMPARE(desk.limit()->value(), 80);
            QVERIFY(!desk.shows("overtakenLabel"));
            desk.editor.apply(live({policy(90, 6)}));
            QVERIFY(!desk.shows("outcomeLabel")); // and now it says nothing any more
        }
    }

    void anUnknownEditCanBeLeft()
    {
        Desk desk;
        desk.submit(100);
        QVERIFY(!desk.find<QPushButton>("discardButton")->isEnabled());
        desk.settle(Status::Unknown);
        desk.find<QPushButton>("discardButton")->click();
        QCOMPARE(desk.limit()->value(), 60);
        QVERIFY(!desk.find<QLabel>("outcomeLabel")->isVisible());
        QVERIFY(!desk.editor.isTouched());
        desk.settle(Status::Applied, hundred, {policy(100, 4)}); // it was made after all
        QCOMPARE(desk.limit()->value(), 100);
        QVERIFY(desk.text("outcomeLabel").startsWith(QStringLiteral("✓ Applied as v4")));
        QVERIFY(!desk.editor.isTouched());
    }

    void aLateUnknownDoesNotUndoAnAnswer()
    {
        Desk desk;
        desk.submit(100);
        desk.settle(Status::Applied, hundred, {policy(100, 4)});
        desk.settle(Status::Unknown, {}, {policy(100, 4)});
        QVERIFY(desk.text("outcomeLabel").startsWith(QStringLiteral("✓ Applied as v4")));
    }

    void reconnectingToTheSameRedisFreesTheDraft()
    {
        Desk desk;
        desk.submit(100);
        Snapshot connecting = live({});
        connecting.link.state = LinkState::Connecting;
        desk.editor.apply(connecting);
        QVERIFY(!desk.applyButton()->isEnabled());
        desk.settle(Status::Unknown);
        QVERIFY(desk.applyButton()->isEnabled());
        QVERIFY(desk.find<QPushButton>("discardButton")->isEnabled());
        QCOMPARE(desk.limit()->value(), 100);
        desk.applyButton()->click();
        QCOMPARE(desk.edits.size(), 2U);
    }
};

QTEST_MAIN(tst_LimitEditorOutcomes)
#include "tst_LimitEditorOutcomes.moc"
