// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/LimitEditor.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;
using Status = EditOutcome::Status;

namespace {

PolicyRow policy(std::uint32_t count, std::uint64_t version, const char *name = "search")
{
    PolicyRow row;
    row.name = name;
    row.rule = {{count, 1min}, Mode::Enforce, version};
    return row;
}

Snapshot live(std::vector<PolicyRow> policies)
{
    Snapshot snapshot;
    snapshot.link.state = LinkState::Live;
    snapshot.link.endpoint = "redis://h";
    snapshot.policies = std::move(policies);
    return snapshot;
}

// The editor with its fields at hand and the edits that it asked for.
struct Desk
{
    explicit Desk(bool readOnly = false) : editor(readOnly, nullptr)
    {
        QObject::connect(&editor, &LimitEditor::editRequested, &editor, [this](const LimitEdit &edit) { edits.push_back(edit); });
        editor.apply(live({policy(60, 3)}));
        editor.select(policy(60, 3));
        editor.show();
    }
    template <typename Widget>
    Widget *find(const char *name) const { return editor.findChild<Widget *>(QString::fromLatin1(name)); }
    QSpinBox *limit() const { return find<QSpinBox>("limitSpin"); }
    QPushButton *applyButton() const { return find<QPushButton>("applyButton"); }
    QString text(const char *label) const { return find<QLabel>(label)->text(); }
    bool shows(const char *label) const { return find<QLabel>(label)->isVisible(); }

    void submit(int count)
    {
        limit()->setValue(count);
        applyButton()->click();
    }
    void settle(Status status, Rule after = {}, std::vector<PolicyRow> policies = {policy(60, 3)})
    {
        Snapshot snapshot = live(std::move(policies));
        EditOutcome outcome;
        outcome.id = edits.back().id;
        outcome.status = status;
        outcome.policy = edits.back().policy;
        outcome.after = after;
        outcome.message = "Try <b>again</b>.";
        snapshot.edits.push_back(outcome);
        editor.apply(snapshot);
    }

    void submitNew(const char *name)
    {
        editor.startNew();
        QTest::keyClicks(find<QLineEdit>("nameEdit"), QString::fromLatin1(name));
        applyButton()->click();
    }

    LimitEditor editor;
    std::vector<LimitEdit> edits;
};

PolicyRow unreadable(const char *name)
{
    PolicyRow row;
    row.name = name;
    row.valid = false;
    row.text = "what?";
    return row;
}

constexpr Rule hundred {{100, 1min}, Mode::Enforce, 4};

} // namespace

class tst_LimitEditor : public QObject
{
    Q_OBJECT

private slots:
    void showsTheLimitAndHasNothingToApply()
    {
        const Desk desk;
        QCOMPARE(desk.limit()->value(), 60);
        QCOMPARE(desk.find<QSpinBox>("windowSpin")->value(), 1);
        QCOMPARE(desk.find<QComboBox>("windowUnit")->currentText(), QStringLiteral("min"));
        QVERIFY(!desk.applyButton()->isEnabled());
        QVERIFY(!desk.applyButton()->toolTip().isEmpty());
    }

    void anEditCarriesWhatTheOperatorSawAndWants()
    {
        Desk desk;
        desk.limit()->setValue(100);
        desk.find<QSpinBox>("windowSpin")->setValue(30);
        desk.find<QComboBox>("windowUnit")->setCurrentIndex(1);
        desk.find<QComboBox>("modeCombo")->setCurrentIndex(1);
        QTest::keyClicks(desk.find<QLineEdit>("reasonEdit"), QStringLiteral("launch day"));
        QCOMPARE(desk.text("diffLabel"), QStringLiteral("search: 60/min enforce → 100/30s shadow, v3 → v4"));
        QVERIFY(desk.applyButton()->isEnabled());
        desk.applyButton()->click();
        QCOMPARE(desk.edits.size(), 1U);
        const LimitEdit &edit = desk.edits[0];
        QCOMPARE(edit.policy, std::string("search"));
        QVERIFY(edit.limit == (Limit {100, 30s}));
        QVERIFY(edit.mode == Mode::Shadow);
        QVERIFY(edit.expectedVersion == std::uint64_t {3});
        QCOMPARE(edit.reason, std::string("launch day"));
        QVERIFY(edit.author.find('@') != std::string::npos);
        QVERIFY(edit.id != 0);
    }

    void nothingIsSentTwice()
    {
        Desk desk;
        desk.submit(100);
        QVERIFY(!desk.applyButton()->isEnabled());
        QVERIFY(desk.text("outcomeLabel").startsWith(QStringLiteral("…")));
        desk.applyButton()->click();
        QCOMPARE(desk.edits.size(), 1U);
    }

    void appliedSaysVersionAndFirstDecision()
    {
        Desk desk;
        desk.submit(100);
        desk.settle(Status::Applied, hundred);
        QCOMPARE(desk.text("outcomeLabel"), QStringLiteral("✓ Applied as v4 in under 1 ms."));
        Snapshot later = live({policy(100, 4)});
        EditOutcome outcome;
        outcome.id = desk.edits[0].id;
        outcome.policy = "search";
        outcome.status = Status::Applied;
        outcome.after = hundred;
        outcome.firstDecisionAfter = 3200us;
        later.edits.push_back(outcome);
        desk.editor.apply(later);
        QCOMPARE(desk.text("outcomeLabel"), QStringLiteral("✓ Applied as v4 in under 1 ms. First decision under v4 came 3.2 ms later."));
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
        QCOMPARE(desk.edits[0].limit.count, 100U);
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

    void anUnknownEditCanBeLeft()
    {
        Desk desk;
        desk.submit(100);
        QVERIFY(!desk.find<QPushButton>("revertButton")->isEnabled());
        desk.settle(Status::Unknown);
        desk.find<QPushButton>("revertButton")->click();
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
        QVERIFY(desk.find<QPushButton>("revertButton")->isEnabled());
        QCOMPARE(desk.limit()->value(), 100);
        desk.applyButton()->click();
        QCOMPARE(desk.edits.size(), 2U);
    }

    void anUntouchedEditorFollowsRedis()
    {
        Desk desk;
        desk.editor.apply(live({policy(80, 5)}));
        QCOMPARE(desk.limit()->value(), 80);
        QVERIFY(!desk.shows("overtakenLabel"));
    }

    void aDraftSurvivesDisconnectionAndOtherPolicies()
    {
        Desk desk;
        desk.limit()->setValue(100);
        Snapshot lost = live({policy(60, 3)});
        lost.link.state = LinkState::Lost;
        desk.editor.apply(lost);
        QCOMPARE(desk.limit()->value(), 100);
        QVERIFY(!desk.applyButton()->isEnabled());
        QVERIFY(desk.applyButton()->toolTip().contains(QStringLiteral("Not connected")));
        const PolicyRow other = policy(5, 1, "api");
        desk.editor.apply(live({other, policy(60, 3)}));
        desk.editor.select(other);
        QCOMPARE(desk.limit()->value(), 5);
        desk.editor.select(policy(60, 3));
        QCOMPARE(desk.limit()->value(), 100);
        QVERIFY(desk.applyButton()->isEnabled());
    }

    void revertGoesBackToTheLimit()
    {
        Desk desk;
        desk.limit()->setValue(100);
        desk.find<QPushButton>("revertButton")->click();
        QCOMPARE(desk.limit()->value(), 60);
        QVERIFY(!desk.find<QPushButton>("revertButton")->isEnabled());
    }

    void readOnlyEditsNothing()
    {
        const Desk desk(true);
        desk.limit()->setValue(100);
        QVERIFY(!desk.applyButton()->isEnabled());
        QVERIFY(desk.applyButton()->toolTip().contains(QStringLiteral("Read-only")));
        QVERIFY(!desk.limit()->isEnabled());
    }

    void aUserWithoutRightsEditsNothing()
    {
        Desk desk;
        Snapshot snapshot = live({policy(60, 3)});
        snapshot.link.mayEdit = false;
        desk.editor.apply(snapshot);
        QVERIFY(!desk.limit()->isEnabled());
        QVERIFY(desk.applyButton()->toolTip().contains(QStringLiteral("only watch")));
    }

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
        desk.find<QPushButton>("revertButton")->click();
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
        QVERIFY(!desk.find<QPushButton>("revertButton")->isEnabled());
    }

    void aWindowKeepsTheUnitThatWasChosen()
    {
        Desk desk;
        desk.find<QComboBox>("windowUnit")->setCurrentIndex(1);
        desk.find<QSpinBox>("windowSpin")->setValue(120);
        desk.editor.apply(live({policy(60, 3)}));
        QCOMPARE(desk.find<QSpinBox>("windowSpin")->value(), 120);
        QCOMPARE(desk.find<QComboBox>("windowUnit")->currentText(), QStringLiteral("s"));
    }

    void aPolicyThatIsGoneLeavesTheEditor()
    {
        Desk desk;
        desk.editor.apply(live({}));
        QVERIFY(!desk.limit()->isVisible());
        QVERIFY(!desk.applyButton()->isVisible());
    }
};

QTEST_MAIN(tst_LimitEditor)
#include "tst_LimitEditor.moc"
