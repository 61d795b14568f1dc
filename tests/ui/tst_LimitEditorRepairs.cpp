// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "EditorDesk.h"

using namespace rateguard;

class tst_LimitEditorRepairs : public QObject
{
    Q_OBJECT

private slots:
    void aNewPolicyExpectsThatThereIsNone()
    {
        Desk desk;
        desk.editor.startNew();
        QVERIFY(!desk.applyButton()->isEnabled());
        QTest::keyClicks(desk.find<QLineEdit>("nameEdit"), QStringLiteral("sear ch"));
        QVERIFY(!desk.applyButton()->isEnabled());
        desk.find<QLineEdit>("nameEdit")->clear();
        QTest::keyClicks(desk.find<QLineEdit>("nameEdit"), QStringLiteral("search"));
        QVERIFY(!desk.applyButton()->isEnabled());
        QTest::keyClicks(desk.find<QLineEdit>("nameEdit"), QStringLiteral("2"));
        QVERIFY(desk.applyButton()->isEnabled());
        desk.applyButton()->click();
        QCOMPARE(desk.edits.size(), 1U);
        QCOMPARE(desk.edits[0].policy, std::string("search2"));
        QVERIFY(desk.edits[0].expectedVersion == std::uint64_t {0});
        std::string made;
        QObject::connect(&desk.editor, &LimitEditor::policyMade, &desk.editor, [&made](const std::string &name) { made = name; });
        desk.settle(Status::Applied, {{60, 1min}, Mode::Enforce, 1});
        QCOMPARE(made, std::string("search2"));
        QVERIFY(desk.text("outcomeLabel").contains(QStringLiteral("Applied as v1")));
    }

    void aNewPolicyThatExistsByNowCanBeKept()
    {
        Desk desk;
        std::string made;
        QObject::connect(&desk.editor, &LimitEditor::policyMade, &desk.editor, [&made](const std::string &name) { made = name; });
        desk.submitNew("api");
        const std::vector<PolicyRow> both {policy(80, 5, "api"), policy(60, 3)};
        desk.settle(Status::Conflict, both[0].rule, both);
        QVERIFY(desk.text("overtakenLabel").contains(QStringLiteral("Someone else made this policy: 80/min enforce, v5")));
        desk.find<QPushButton>("keepMineButton")->click();
        QCOMPARE(made, std::string("api"));
        desk.editor.apply(live(both));
        QVERIFY(!desk.shows("overtakenLabel"));
        QCOMPARE(desk.text("diffLabel"), QStringLiteral("api: 80/min enforce → 60/min enforce, v5 → v6"));
        desk.applyButton()->click();
        QCOMPARE(desk.edits.size(), 2U);
        QCOMPARE(desk.edits[1].policy, std::string("api"));
        QVERIFY(desk.edits[1].expectedVersion == std::uint64_t {5});
        desk.settle(Status::Applied, {{60, 1min}, Mode::Enforce, 6}, {policy(60, 6, "api"), policy(60, 3)});
        QVERIFY(!desk.editor.isTouched());
    }

    void aNewPolicyThatExistsByNowCanBeTaken()
    {
        Desk desk;
        desk.submitNew("api");
        const std::vector<PolicyRow> both {policy(80, 5, "api"), policy(60, 3)};
        desk.settle(Status::Conflict, both[0].rule, both);
        desk.find<QPushButton>("takeTheirsButton")->click();
        desk.editor.apply(live(both));
        QCOMPARE(desk.text("diffLabel"), QStringLiteral("api: 80/min enforce, v5"));
        QVERIFY(!desk.editor.isTouched());
        desk.editor.startNew(); // and the next one begins afresh
        QVERIFY(desk.find<QLineEdit>("nameEdit")->text().isEmpty());
        QVERIFY(!desk.shows("outcomeLabel"));
    }

    void aNewPolicyIsMadeWhenItsLostReplyIsLookedUp()
    {
        Desk desk;
        std::string made;
        QObject::connect(&desk.editor, &LimitEditor::policyMade, &desk.editor, [&made](const std::string &name) { made = name; });
        desk.submitNew("api");
        desk.settle(Status::Unknown);
        QVERIFY(desk.find<QLineEdit>("nameEdit")->isReadOnly()); // the edit may have been made under it
        desk.settle(Status::Applied, {{60, 1min}, Mode::Enforce, 1}, {policy(60, 1, "api"), policy(60, 3)});
        QVERIFY(desk.text("outcomeLabel").startsWith(QStringLiteral("✓ Applied as v1")));
        QCOMPARE(made, std::string("api"));
        QVERIFY(!desk.find<QLineEdit>("nameEdit")->isVisible());
        QVERIFY(!desk.editor.isTouched());
    }

    void aNewPolicyIsMadeWhenItIsListedBeforeItIsLookedUp()
    {
        Desk desk;
        desk.submitNew("api");
        desk.settle(Status::Unknown);
        desk.editor.apply(live({policy(60, 1, "api"), policy(60, 3)}));
        QCOMPARE(desk.text("diffLabel"), QStringLiteral("api: 60/min enforce, v1"));
        desk.settle(Status::Applied, {{60, 1min}, Mode::Enforce, 1}, {policy(60, 1, "api"), policy(60, 3)});
        QVERIFY(desk.text("outcomeLabel").startsWith(QStringLiteral("✓ Applied as v1")));
    }

    void aNewPolicyWithALostReplyCanBeCancelled()
    {
        Desk desk;
        desk.submitNew("api");
        desk.settle(Status::Unknown);
        desk.find<QPushButton>("discardButton")->click();
        QVERIFY(!desk.editor.isBusy());
        desk.settle(Status::Applied, {{60, 1min}, Mode::Enforce, 1}, {policy(60, 1, "api"), policy(60, 3)});
        QVERIFY(!desk.editor.isBusy());
    }

    void aLimitThatBecameUnreadableCanBeMended()
    {
        Desk desk;
        desk.editor.apply(live({unreadable("search")}));
        QCOMPARE(desk.text("diffLabel"), QStringLiteral("search: unreadable → 60/min enforce"));
        desk.applyButton()->click();
        QCOMPARE(desk.edits.size(), 1U);
        QVERIFY(!desk.edits[0].expectedVersion.has_value());
        desk.settle(Status::Applied, {{60, 1min}, Mode::Enforce, 1}, {policy(60, 1)});
        QVERIFY(!desk.applyButton()->isEnabled());
    }

    void aDraftOutlivesAnUnreadableLimitAndItsMend()
    {
        Desk desk;
        desk.limit()->setValue(100);
        desk.editor.apply(live({unreadable("search")}));
        QCOMPARE(desk.text("diffLabel"), QStringLiteral("search: unreadable → 100/min enforce"));
        desk.editor.apply(live({policy(80, 5)})); // somebody else was faster
        QCOMPARE(desk.limit()->value(), 100);
        QVERIFY(desk.shows("overtakenLabel"));
    }

    void aConflictWithAnUnreadableLimitCanBeMended()
    {
        Desk desk;
        desk.submit(100);
        desk.settle(Status::Conflict, {{}, Mode::Enforce, 9}, {unreadable("search")});
        QVERIFY(desk.text("outcomeLabel").contains(QStringLiteral("Try <b>again</b>.")));
        QVERIFY(!desk.shows("overtakenLabel"));
        desk.applyButton()->click();
        QCOMPARE(desk.edits.size(), 2U);
        QVERIFY(!desk.edits[1].expectedVersion.has_value());
    }

    void anUnreadableLimitIsMendedWithoutAnExpectation()
    {
        Desk desk;
        const PolicyRow bad = unreadable("api");
        desk.editor.apply(live({bad, policy(60, 3)}));
        desk.editor.select(bad);
        QVERIFY(desk.text("diffLabel").contains(QStringLiteral("unreadable → 60/min enforce")));
        desk.applyButton()->click();
        QCOMPARE(desk.edits.size(), 1U);
        QVERIFY(!desk.edits[0].expectedVersion.has_value());
        QVERIFY(!desk.find<QPushButton>("discardButton")->isEnabled());
    }
};

QTEST_MAIN(tst_LimitEditorRepairs)
#include "tst_LimitEditorRepairs.moc"
