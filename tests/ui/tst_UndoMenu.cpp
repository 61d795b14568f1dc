// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "Agree.h"
#include "BusyTraffic.h"
#include "WindowParts.h"
#include "widgets/CheatSheet.h"
#include "widgets/Dashboard.h"

#include <QListView>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

// A window that watches made-up traffic, with a policy chosen: 0 api, 1 checkout, 2 search.
struct Watched
{
    explicit Watched(int policy = 2, bool readOnly = false) : window({.readOnly = readOnly, .theme = Theme::Light, .url = {}})
    {
        window.show();
        next();
        find<QTableView>(window, "policyTable")->selectRow(policy);
        next();
    }
    void next() { window.apply(traffic.next()); }
    QAction *undo() const { return find<QAction>(window, "undoAction"); }
    QString entryText() const { return undo()->text().section(QLatin1Char('\t'), 0, 0); }

    MainWindow window;
    BusyTraffic traffic;
};

} // namespace

class tst_UndoMenu : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatItWouldUndo()
    {
        Watched it;
        QVERIFY(it.undo()->isEnabled());
        QCOMPARE(it.entryText(), QStringLiteral("&Undo ada@oncall-2's edit of search, v3…"));
        QVERIFY(it.undo()->text().endsWith(QStringLiteral("\tCtrl+Z")));
        QVERIFY(it.undo()->toolTip().contains(QStringLiteral("Brings back what stood before v3 by ada@oncall-2")));
        find<QTableView>(it.window, "policyTable")->selectRow(1);
        QCOMPARE(it.entryText(), QStringLiteral("&Undo grace@bastion's edit of checkout, v2…"));
    }

    void putsADraftIntoTheEditorFromAnyPage()
    {
        Watched it;
        it.window.dashboard().showPage(Page::Overview);
        std::vector<LimitEdit> edits;
        connect(&it.window, &MainWindow::editRequested, this, [&edits](const LimitEdit &edit) { edits.push_back(edit); });
        it.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&it.window));
        QListView *offenders = it.window.findChildren<QListView *>().front();
        offenders->setFocus();
        QTest::keyClick(offenders, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(it.window.dashboard().page(), Page::Limits);
        QCOMPARE(text(it.window, "diffLabel"), QStringLiteral("search: 60/min enforce → 100/min enforce, v3 → v4"));
        QVERIFY(edits.empty());
        QVERIFY(!it.undo()->isEnabled()); // not on top of a draft
        QCOMPARE(it.entryText(), QStringLiteral("&Undo last edit"));
        QVERIFY(it.undo()->toolTip().contains(QStringLiteral("First apply or discard what is in the editor.")));
        find<QPushButton>(it.window, "discardButton")->click();
        QVERIFY(it.undo()->isEnabled());
    }

    // The offer is about what was edited last; the editor finds a draft where it leads to.
    void saysWhyNothingIsPutOnTopOfADraft()
    {
        Watched it;
        LimitEdit edit;
        edit.id = 5;
        edit.policy = "search";
        emit it.window.dashboard().editRequested(edit);
        auto snapshot = it.traffic.next();
        EditOutcome outcome;
        outcome.id = 5;
        outcome.status = EditOutcome::Status::Applied;
        outcome.policy = "search";
        outcome.after.version = 3;
        snapshot->edits.push_back(outcome);
        it.window.apply(snapshot);
        find<QSpinBox>(it.window, "limitSpin")->setValue(61);
        find<QTableView>(it.window, "policyTable")->selectRow(0);
        it.next();
        QVERIFY(it.undo()->isEnabled());
        it.undo()->trigger();
        QCOMPARE(it.window.dashboard().page(), Page::Limits);
        QCOMPARE(find<QSpinBox>(it.window, "limitSpin")->value(), 61);
        QCOMPARE(text(it.window, "noteLabel"), QStringLiteral("✗ First apply or discard what is in the editor."));
    }

    void saysWhyItCannot()
    {
        MainWindow start({});
        start.show();
        QVERIFY(!find<QAction>(start, "undoAction")->isEnabled());
        QVERIFY(find<QAction>(start, "undoAction")->toolTip().contains(QStringLiteral("Connect to a Redis first.")));
        Watched readOnly(2, true);
        QVERIFY(!readOnly.undo()->isEnabled());
        QVERIFY(readOnly.undo()->toolTip().contains(QStringLiteral("Read-only")));
        Watched it;
        auto snapshot = it.traffic.next();
        snapshot->history = std::make_shared<EditHistory>();
        it.window.apply(snapshot);
        QVERIFY(!it.undo()->isEnabled());
        QVERIFY(it.undo()->toolTip().contains(QStringLiteral("Nothing to undo")));
        find<QPushButton>(it.window, "newPolicyButton")->click();
        QVERIFY(it.undo()->toolTip().contains(QStringLiteral("not made yet")));
    }

    void ctrlZInATextFieldIsTheFieldsOwn()
    {
        Watched it;
        it.window.dashboard().showPage(Page::Limits);
        it.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&it.window));
        auto *reason = find<QLineEdit>(it.window, "reasonEdit");
        reason->setFocus();
        QTest::keyClick(reason, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(find<QSpinBox>(it.window, "limitSpin")->value(), 60);
        auto *table = find<QTableView>(it.window, "policyTable");
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(find<QSpinBox>(it.window, "limitSpin")->value(), 100);
    }

    // What this window has just done to a key, and somebody to a policy after that.
    static void ban(Watched &it, std::vector<OverrideEdit> &edits)
    {
        connect(&it.window, &MainWindow::overrideRequested, &it.window, [&edits](const OverrideEdit &edit) { edits.push_back(edit); });
        it.window.setEnvironment(Environment::Test);
        it.window.dashboard().showKey("search", "user-17");
        it.traffic.request.hasSelected = it.traffic.request.wantsDetail = true;
        it.traffic.request.selectedPolicy = "search";
        it.traffic.request.selectedKey = "user-17";
        it.next();
        it.next();
        find<QPushButton>(it.window, "banButton")->click();
        agree(it.window);
        QCOMPARE(edits.size(), 1U);
    }
    static std::shared_ptr<Snapshot> banned(Watched &it, const OverrideEdit &edit)
    {
        auto snapshot = it.traffic.next();
        auto history = std::make_shared<EditHistory>(*snapshot->history);
        history->entries.insert(history->entries.begin(), {snapshot->now, "search", "user-17", 40, "", "40 ban 0", edit.author, ""});
        history->entries.insert(history->entries.begin(), {snapshot->now, "search", std::nullopt, 4, "", "4 enforce log 60/60000", "maria", ""});
        history->effects.resize(history->entries.size());
        snapshot->history = history;
        auto overrides = std::make_shared<OverrideList>(*snapshot->overrides);
        overrides->all.push_back({"search", "user-17", {Override::Kind::Ban, {}, std::nullopt, 40}});
        snapshot->overrides = overrides;
        return snapshot;
    }

    void aBanIsUndoneAndNotWhatSomebodyDidToAPolicySince()
    {
        Watched it;
        it.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&it.window));
        std::vector<OverrideEdit> edits;
        ban(it, edits);
        auto snapshot = banned(it, edits[0]);
        OverrideOutcome outcome;
        outcome.id = edits[0].id;
        outcome.status = OverrideOutcome::Status::Applied;
        outcome.version = 40;
        snapshot->keyEdits = {outcome};
        it.window.apply(snapshot);
        QCOMPARE(it.entryText(), QStringLiteral("&Undo ban of user-17…"));
        QWidget *focus = it.window.focusWidget();
        QTest::keyClick(focus, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(it.window.dashboard().page(), Page::History);
        snapshot->keyEdits.clear();
        it.window.apply(snapshot);
        QCOMPARE(text(it.window, "editTitle"), QStringLiteral("user-17 of search, k40"));
        QCOMPARE(text(it.window, "revertDiff"), QStringLiteral("Revert: banned until lifted, k40 → no override"));
        auto *revert = find<QPushButton>(it.window, "revertEditButton");
        QCOMPARE(it.window.focusWidget(), revert);
        QVERIFY(it.window.testAttribute(Qt::WA_KeyboardFocusChange)); // or the style draws no frame
        QCOMPARE(text(it.window, "noteLabel"), QStringLiteral("Press Enter to revert: banned until lifted, k40 → no override"));
        QVERIFY(find<QTableView>(it.window, "historyTable")->selectionModel()->isRowSelected(1));
        QTest::keyClick(revert, Qt::Key_Space);
        agree(it.window);
        QCOMPARE(edits.size(), 2U);
        QVERIFY(!edits[1].kind && edits[1].key == "user-17" && edits[1].expectedVersion == std::uint64_t {40});
    }

    void whatCannotBeUndoneSaysSoAndLeadsNowhere()
    {
        Watched it;
        it.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&it.window));
        std::vector<OverrideEdit> edits;
        ban(it, edits);
        auto snapshot = it.traffic.next();
        OverrideOutcome outcome;
        outcome.id = edits[0].id;
        outcome.status = OverrideOutcome::Status::Applied;
        outcome.version = 40; // the history has not
        snapshot->keyEdits = {outcome};
        it.window.apply(snapshot);
        QVERIFY(!it.undo()->isEnabled());
        QTest::keyClick(it.window.focusWidget(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(it.window.dashboard().page(), Page::Details);
        QCOMPARE(text(it.window, "noteLabel"), QStringLiteral("✗ The last edit is not in the history yet."));
    }

    void afterAltAItIsTheEditThatCtrlZIsAbout()
    {
        Watched it;
        it.window.dashboard().showPage(Page::Limits);
        it.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&it.window));
        std::vector<LimitEdit> edits;
        connect(&it.window, &MainWindow::editRequested, this, [&edits](const LimitEdit &edit) { edits.push_back(edit); });
        find<QSpinBox>(it.window, "limitSpin")->setValue(80);
        auto *reason = find<QLineEdit>(it.window, "reasonEdit");
        reason->setFocus();
        QTest::keyClicks(reason, QStringLiteral("a bit more"));
        QTest::keyClick(reason, Qt::Key_A, Qt::AltModifier);
        QTRY_COMPARE(edits.size(), 1U);
        auto snapshot = it.traffic.next();
        EditOutcome outcome;
        outcome.id = edits[0].id;
        outcome.status = EditOutcome::Status::Refused;
        snapshot->edits = {outcome};
        it.window.apply(snapshot);
        QCOMPARE(it.window.focusWidget(), reason); // there is something to mend

        QTest::keyClick(reason, Qt::Key_A, Qt::AltModifier);
        QTRY_COMPARE(edits.size(), 2U);
        snapshot = it.traffic.next();
        outcome.id = edits[1].id;
        outcome.status = EditOutcome::Status::Applied;
        outcome.after = {{80, 1min}, Mode::Enforce, 4};
        snapshot->edits = {outcome};
        snapshot->policies[2].rule = outcome.after;
        auto history = std::make_shared<EditHistory>(*snapshot->history);
        history->entries.insert(history->entries.begin(), {snapshot->now, "search", std::nullopt, 4, "3 enforce log 60/60000", "4 enforce log 80/60000", edits[1].author, ""});
        history->effects.resize(history->entries.size());
        snapshot->history = history;
        it.window.apply(snapshot);
        QCOMPARE(it.window.focusWidget(), find<QTableView>(it.window, "policyTable"));
        QCOMPARE(it.entryText(), QStringLiteral("&Undo edit of search, v4…"));
        it.window.dashboard().editPolicy("api"); // the undo leads back
        it.window.dashboard().showPage(Page::Overview);
        QCOMPARE(it.entryText(), QStringLiteral("&Undo edit of search, v4…"));
        it.window.dashboard().undo();
        QCOMPARE(it.window.dashboard().page(), Page::Limits);
        QCOMPARE(text(it.window, "diffLabel"), QStringLiteral("search: 80/min enforce → 60/min enforce, v4 → v5"));
    }

    void altEDiscardsNothing()
    {
        Watched it;
        it.window.dashboard().showPage(Page::Limits);
        it.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&it.window));
        auto *limit = find<QSpinBox>(it.window, "limitSpin");
        limit->setValue(4321);
        limit->setFocus();
        for (const QAbstractButton *button : it.window.findChildren<QAbstractButton *>())
            QVERIFY2(button->shortcut() != QKeySequence(Qt::ALT | Qt::Key_E), qPrintable(button->text()));
        QTest::keyClick(limit, Qt::Key_G, Qt::AltModifier);
        QTRY_COMPARE(limit->value(), 60);
    }

    void theCheatSheetHasTheKeysOfTheButtons()
    {
        CheatSheet sheet(nullptr);
        QStringList names;
        for (const QLabel *label : sheet.findChildren<QLabel *>())
            names << label->accessibleName();
        QVERIFY(names.contains(QStringLiteral("Alt+A: apply the edit")));
        QVERIFY(names.contains(QStringLiteral("Alt+G: discard it")));
    }
};

QTEST_MAIN(tst_UndoMenu)
#include "tst_UndoMenu.moc"
