// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "BusyTraffic.h"
#include "WindowParts.h"
#include "widgets/CheatSheet.h"
#include "widgets/Dashboard.h"

#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

using namespace rateguard;

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
        QCOMPARE(it.entryText(), QStringLiteral("&Undo last edit: search v3 by ada@oncall-2"));
        QVERIFY(it.undo()->text().endsWith(QStringLiteral("\tCtrl+Z")));
        QVERIFY(it.undo()->toolTip().contains(QStringLiteral("Brings back what stood before v3 by ada@oncall-2")));
        find<QTableView>(it.window, "policyTable")->selectRow(1);
        QCOMPARE(it.entryText(), QStringLiteral("&Undo last edit: checkout v2 by grace@bastion"));
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
