// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "EditorDesk.h"

using namespace rateguard;

namespace {

constexpr Rule gone {{}, Mode::Enforce, 4};

void takeAway(Desk &desk)
{
    desk.find<QPushButton>("unsetButton")->click();
    desk.find<QPushButton>("confirmUnsetButton")->click();
}

} // namespace

class tst_LimitEditorUnset : public QObject
{
    Q_OBJECT

private slots:
    void asksFirstAndSaysWhatHappens()
    {
        Desk desk;
        desk.find<QPushButton>("unsetButton")->click();
        QVERIFY(desk.shows("unsetLabel"));
        QVERIFY(desk.text("unsetLabel").contains(QStringLiteral("default")));
        QVERIFY(desk.text("unsetLabel").contains(QStringLiteral("error")));
        QVERIFY(desk.edits.empty());
        desk.find<QPushButton>("keepLimitButton")->click();
        QVERIFY(!desk.shows("unsetLabel"));
        desk.find<QPushButton>("unsetButton")->click();
        QTest::keyClick(desk.find<QPushButton>("keepLimitButton"), Qt::Key_Escape);
        QVERIFY(!desk.shows("unsetLabel"));
        QVERIFY(desk.edits.empty());
    }

    void whatWasAskedIsForgottenWithThePolicy()
    {
        Desk desk;
        const PolicyRow other = policy(5, 1, "api");
        desk.editor.apply(live({other, policy(60, 3)}));
        desk.find<QPushButton>("unsetButton")->click();
        desk.editor.select(other);
        QVERIFY(!desk.shows("unsetLabel"));
    }

    void theEditCarriesTheVersionAndTheReason()
    {
        Desk desk;
        QTest::keyClicks(desk.find<QLineEdit>("reasonEdit"), QStringLiteral("not needed"));
        takeAway(desk);
        QCOMPARE(desk.edits.size(), 1U);
        QVERIFY(desk.edits[0].unset);
        QVERIFY(desk.edits[0].expectedVersion == std::uint64_t {3});
        QCOMPARE(desk.edits[0].reason, std::string("not needed"));
        QVERIFY(!desk.shows("unsetLabel"));
        QVERIFY(!desk.find<QPushButton>("unsetButton")->isEnabled()); // nothing is sent twice
    }

    void theReasonOfAnUndoGoesWithItAndStaysWithNothingElse()
    {
        Desk desk;
        EditHistory history;
        history.entries = {{Instant(1000s), "search", std::nullopt, 3, "", "3 enforce log 60/60000", "ada", "robots"}};
        history.effects.resize(1);
        Snapshot snapshot = live({policy(60, 3)});
        snapshot.history = std::make_shared<EditHistory>(history);
        desk.editor.apply(snapshot);
        desk.find<QPushButton>("undoButton")->click();
        QVERIFY(desk.shows("unsetLabel"));
        desk.find<QPushButton>("keepLimitButton")->click();
        QCOMPARE(desk.find<QLineEdit>("reasonEdit")->text(), QString());
        takeAway(desk); // not as an undo
        QCOMPARE(desk.edits[0].reason, std::string());
        desk.settle(Status::Refused);
        desk.editor.apply(snapshot);
        desk.find<QPushButton>("undoButton")->click();
        desk.find<QPushButton>("confirmUnsetButton")->click();
        QCOMPARE(desk.edits[1].reason, std::string("undo of v3"));
        desk.settle(Status::Refused);
        desk.editor.apply(snapshot);
        auto *typed = desk.find<QLineEdit>("reasonEdit");
        typed->selectAll();
        QTest::keyClicks(typed, QStringLiteral("wrong Redis"));
        desk.find<QPushButton>("undoButton")->click();
        desk.find<QPushButton>("confirmUnsetButton")->click();
        QCOMPARE(desk.edits[2].reason, std::string("wrong Redis"));
    }

    void theOutcomeStaysAfterThePolicyHasGone()
    {
        Desk desk;
        takeAway(desk);
        desk.settle(Status::Applied, gone);
        desk.editor.apply(live({}));
        QCOMPARE(desk.text("outcomeLabel"), QStringLiteral("✓ The limit was taken away, as v4."));
        QCOMPARE(desk.text("diffLabel"), QStringLiteral("search: no limit → 60/min enforce"));
        QVERIFY(!desk.find<QPushButton>("unsetButton")->isVisible());
        QVERIFY(!desk.editor.isTouched());
        desk.applyButton()->click(); // a change of mind
        QVERIFY(desk.edits[1].expectedVersion == std::uint64_t {0});
        QVERIFY(!desk.edits[1].unset);
    }

    void anotherPolicyMayBeLookedAtThen()
    {
        Desk desk;
        takeAway(desk);
        const PolicyRow other = policy(5, 1, "api");
        desk.settle(Status::Applied, gone, {other});
        desk.editor.select(other);
        desk.editor.apply(live({other}));
        QVERIFY(!desk.shows("outcomeLabel"));
        QCOMPARE(desk.limit()->value(), 5);
    }

    void otherOutcomesLeaveTheLimit_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("sign");
        QTest::newRow("refused") << static_cast<int>(Status::Refused) << QStringLiteral("✗");
        QTest::newRow("unknown") << static_cast<int>(Status::Unknown) << QStringLiteral("?");
        QTest::newRow("conflict") << static_cast<int>(Status::Conflict) << QStringLiteral("≠");
    }

    void otherOutcomesLeaveTheLimit()
    {
        QFETCH(int, status);
        QFETCH(QString, sign);
        Desk desk;
        takeAway(desk);
        desk.settle(static_cast<Status>(status), {{80, 1min}, Mode::Enforce, 4}, {policy(80, 4)});
        QVERIFY(desk.text("outcomeLabel").startsWith(sign));
        QCOMPARE(desk.limit()->value(), 80);
        QVERIFY(!desk.shows("overtakenLabel"));
        QVERIFY(desk.find<QPushButton>("unsetButton")->isEnabled());
    }

    void aLimitThatSomebodyTookAwayUnderADraftIsTold()
    {
        Desk desk;
        desk.limit()->setValue(100);
        desk.editor.apply(live({}));
        QVERIFY(desk.shows("overtakenLabel"));
        QVERIFY(desk.text("overtakenLabel").contains(QStringLiteral("took the limit away")));
        QVERIFY(!desk.applyButton()->isEnabled());
        desk.find<QPushButton>("keepMineButton")->click();
        QCOMPARE(desk.text("diffLabel"), QStringLiteral("search: no limit → 100/min enforce"));
        desk.applyButton()->click();
        QVERIFY(desk.edits[0].expectedVersion == std::uint64_t {0});
    }

    void itCanBeLetGo_data()
    {
        QTest::addColumn<QString>("button");
        QTest::newRow("take theirs") << QStringLiteral("takeTheirsButton");
        QTest::newRow("discard") << QStringLiteral("discardButton");
    }

    void itCanBeLetGo()
    {
        QFETCH(QString, button);
        Desk desk;
        desk.limit()->setValue(100);
        desk.editor.apply(live({}));
        desk.find<QPushButton>(button.toLatin1().constData())->click();
        QVERIFY(!desk.editor.isBusy());
        QVERIFY(!desk.limit()->isVisible());
    }

    void anEditOfALimitThatIsGoneIsAConflict()
    {
        Desk desk;
        desk.submit(100);
        desk.settle(Status::Conflict, {}, {});
        QVERIFY(desk.text("outcomeLabel").contains(QStringLiteral("someone else took the limit away")));
        QVERIFY(desk.shows("overtakenLabel"));
        QCOMPARE(desk.limit()->value(), 100);
    }

    void whoMayOnlyWatchTakesNothingAway()
    {
        const Desk desk(true);
        QVERIFY(!desk.find<QPushButton>("unsetButton")->isEnabled());
        QVERIFY(desk.find<QPushButton>("unsetButton")->toolTip().contains(QStringLiteral("Read-only")));
    }
};

QTEST_MAIN(tst_LimitEditorUnset)
#include "tst_LimitEditorUnset.moc"
