// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "WindowParts.h"
#include "WindowTraffic.h"
#include "widgets/Dashboard.h"
#include "widgets/KeyPanel.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QLineEdit>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

using namespace rateguard;

namespace {

struct Watched
{
    explicit Watched(Page page = Page::Overview) : window({.theme = Theme::Light, .page = page})
    {
        window.show();
        window.activateWindow();
        next();
        next();
    }
    void next() { rateguard::next(window, traffic); }
    Dashboard &dashboard() { return window.dashboard(); }
    QString focus() const { return window.focusWidget() ? window.focusWidget()->objectName() : QString(); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) { QTest::keyClick(window.focusWidget(), key, modifiers); }
    template <typename Widget>
    Widget *find(const char *name) const { return rateguard::find<Widget>(window, name); }

    MainWindow window;
    BusyTraffic traffic;
};

} // namespace

// Where the keys go: a key press that does something else than what is said of it, or nothing, costs time at night.
class tst_WindowFocus : public QObject
{
    Q_OBJECT

private slots:
    void beginsInTheListOfThePage_data()
    {
        QTest::addColumn<Page>("page");
        QTest::addColumn<QString>("list");
        QTest::newRow("overview") << Page::Overview << QStringLiteral("offenderList");
        QTest::newRow("keys") << Page::Keys << QStringLiteral("keyTable");
        QTest::newRow("limits") << Page::Limits << QStringLiteral("policyTable");
        QTest::newRow("history") << Page::History << QStringLiteral("historyTable");
        QTest::newRow("alerts") << Page::Alerts << QStringLiteral("alertTable");
    }

    void beginsInTheListOfThePage()
    {
        QFETCH(Page, page);
        QFETCH(QString, list);
        Watched it(page);
        QVERIFY(QTest::qWaitForWindowActive(&it.window));
        QCOMPARE(it.focus(), list);
    }

    void ctrlAndADigitLeadIntoTheList()
    {
        Watched it;
        QVERIFY(QTest::qWaitForWindowActive(&it.window));
        const std::array lists {"offenderList", "keyTable", "", "policyTable", "historyTable", "alertTable"};
        for (const Page page : {Page::Keys, Page::Limits, Page::Overview, Page::History, Page::Alerts, Page::Keys}) {
            const auto number = static_cast<std::size_t>(page);
            it.press(static_cast<Qt::Key>(Qt::Key_1 + static_cast<int>(page)), Qt::ControlModifier);
            it.next();
            QCOMPARE(it.dashboard().page(), page);
            QCOMPARE(it.focus(), QLatin1String(lists.at(number)));
            if (page == Page::Alerts)
                continue; // Space switches a rule on and off there
            it.press(Qt::Key_Space);
            QVERIFY2(it.window.isPaused(), lists.at(number));
            it.press(Qt::Key_Space);
            QVERIFY(!it.window.isPaused());
        }
        it.press(Qt::Key_Down); // goes to a row at once
        QVERIFY(it.find<QTableView>("keyTable")->currentIndex().isValid());
    }

    void spacePausesOnTheRailAndArrowsSwitchThere()
    {
        Watched it(Page::Overview);
        QVERIFY(QTest::qWaitForWindowActive(&it.window));
        auto *rail = it.find<QAbstractButton>("overviewButton");
        rail->setFocus(Qt::TabFocusReason);
        it.press(Qt::Key_Space);
        QVERIFY(it.window.isPaused());
        it.press(Qt::Key_Space);
        QVERIFY(!it.window.isPaused());
        it.press(Qt::Key_Down);
        QCOMPARE(it.dashboard().page(), Page::Keys);
        QCOMPARE(it.focus(), QStringLiteral("keysButton"));
        it.press(Qt::Key_Down);
        it.press(Qt::Key_Down);
        QCOMPARE(it.dashboard().page(), Page::Limits);
        it.press(Qt::Key_Return);
        QCOMPARE(it.focus(), QStringLiteral("policyTable"));
        it.find<QAbstractButton>("keysButton")->click(); // as the mouse does
        QCOMPARE(it.focus(), QStringLiteral("keyTable"));
    }

    void comingToThePageOfKeysChoosesNoOther()
    {
        Watched it(Page::Keys);
        QVERIFY(QTest::qWaitForWindowActive(&it.window));
        it.dashboard().keys()->select("search", "scraper 198.51.100.23");
        it.find<QLineEdit>("filter")->setText(QStringLiteral("cart"));
        it.next();
        it.dashboard().showPage(Page::Alerts);
        it.dashboard().showPage(Page::Keys);
        QCOMPARE(it.focus(), QStringLiteral("keyTable"));
        QCOMPARE(it.window.wanted().selectedKey, std::string("scraper 198.51.100.23"));
    }

    void comingToTheLimitsLeavesTheNewPolicyInTheMaking()
    {
        Watched it(Page::Limits);
        QVERIFY(QTest::qWaitForWindowActive(&it.window));
        it.find<QAbstractButton>("newPolicyButton")->click();
        QLineEdit *name = it.find<QLineEdit>("nameEdit");
        QTest::keyClicks(name, QStringLiteral("fresh"));
        it.dashboard().showPage(Page::Overview);
        it.dashboard().showPage(Page::Limits);
        it.next();
        QVERIFY(name->isVisible());
        QCOMPARE(name->text(), QStringLiteral("fresh"));
    }

    void eGoesToWhatThePageShows()
    {
        Watched it(Page::Limits);
        QVERIFY(QTest::qWaitForWindowActive(&it.window));
        it.dashboard().keys()->select("search", "scraper 198.51.100.23");
        auto *table = it.find<QTableView>("policyTable");
        table->selectRow(0); // api: the operator looks at it now
        table->setFocus();
        it.press(Qt::Key_E);
        QCOMPARE(table->currentIndex().siblingAtColumn(0).data().toString(), QStringLiteral("api"));
        QCOMPARE(it.window.focusWidget(), it.find<QSpinBox>("limitSpin"));

        // In the history it is the policy of the edit.
        it.dashboard().showPage(Page::History);
        it.next();
        auto *edits = it.find<QTableView>("historyTable");
        int row = 0; // an edit of checkout, which is neither
        while (row < edits->model()->rowCount() && !edits->model()->index(row, 3).data().toString().contains(QStringLiteral("checkout")))
            ++row;
        QVERIFY(row < edits->model()->rowCount());
        edits->selectRow(row);
        it.press(Qt::Key_E);
        QCOMPARE(it.dashboard().page(), Page::Limits);
        QCOMPARE(table->currentIndex().siblingAtColumn(0).data().toString(), QStringLiteral("checkout"));

        // Elsewhere of the chosen key.
        it.dashboard().showPage(Page::Overview);
        it.press(Qt::Key_E);
        QCOMPARE(it.dashboard().page(), Page::Limits);
        QCOMPARE(table->currentIndex().siblingAtColumn(0).data().toString(), QStringLiteral("search"));
        QCOMPARE(it.window.focusWidget(), it.find<QSpinBox>("limitSpin"));
    }

    void eWithAnOverrideInTheMakingKeepsIt()
    {
        Watched it(Page::Limits);
        QVERIFY(QTest::qWaitForWindowActive(&it.window));
        it.find<QAbstractButton>("newOverrideButton")->click();
        auto *key = it.find<QLineEdit>("overrideKey");
        key->setText(QStringLiteral("user-9"));
        it.find<QTableView>("policyTable")->setFocus();
        it.press(Qt::Key_E);
        QCOMPARE(it.window.focusWidget(), key);
        QCOMPARE(key->text(), QStringLiteral("user-9"));
    }
};

QTEST_MAIN(tst_WindowFocus)
#include "tst_WindowFocus.moc"
