// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "BusyTraffic.h"
#include "OwnSettings.h"
#include "WindowParts.h"
#include "models/AlertJson.h"
#include "models/AlertRuleModel.h"
#include "models/PastAlertModel.h"
#include "widgets/AlertsPage.h"
#include "widgets/Dashboard.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

class tst_AlertsPage : public QObject
{
    Q_OBJECT

    template <typename Widget>
    static Widget *part(const QWidget &page, const char *name)
    {
        return page.findChild<Widget *>(QLatin1String(name));
    }

    static QAbstractItemModel *rules(const QWidget &page) { return part<QTableView>(page, "alertTable")->model(); }

    static QAbstractItemModel *past(const QWidget &page) { return part<QTableView>(page, "pastAlertTable")->model(); }

    static QString state(const QWidget &page, int row) { return rules(page)->index(row, static_cast<int>(AlertColumn::State)).data().toString(); }

    static QString text(const QWidget &page, const char *label) { return part<QLabel>(page, label)->text(); }

    // Seconds of traffic of which half is rejected.
    static void trouble(AlertsPage &page, Snapshot &snapshot, int seconds, double rejected = 100)
    {
        snapshot.rates = {100, rejected, 0};
        for (int i = 0; i < seconds; ++i) {
            snapshot.now += 1s;
            page.apply(snapshot);
        }
    }

    static Snapshot live()
    {
        Snapshot snapshot;
        snapshot.now = Instant(1'700'000'000s);
        snapshot.link.state = LinkState::Live;
        snapshot.link.endpoint = "redis://one";
        RankedKey bot {"search", "bot", {}};
        bot.row.rates.rejected = 99;
        snapshot.offenders = {bot};
        return snapshot;
    }

    OwnSettings m_settings {QStringLiteral("tst_AlertsPage")};

private slots:
    void init() { QSettings().clear(); }

    void beginsWithUsefulRulesOfWhichThreeAreOn()
    {
        AlertsPage page(nullptr);
        page.show();
        QCOMPARE(rules(page)->rowCount(), 6);
        QCOMPARE(text(page, "alertCount"), QStringLiteral("3 of 6 on"));
        QCOMPARE(rules(page)->index(1, static_cast<int>(AlertColumn::Rule)).data().toString(), QStringLiteral("Rejected share above 20 % over 30 s (all policies)"));
    }

    void raisesWhileNobodyLooks()
    {
        AlertsPage page(nullptr);
        QSignalSpy raised(&page, &AlertsPage::raised);
        QSignalSpy firing(&page, &AlertsPage::firingChanged);
        Snapshot snapshot = live();
        page.apply(snapshot);
        trouble(page, snapshot, 29);
        QCOMPARE(raised.size(), 0);
        trouble(page, snapshot, 2);
        QCOMPARE(raised.size(), 1);
        QVERIFY(raised[0][0].toString().contains(QStringLiteral("Rejected share above 20 %")));
        QVERIFY(raised[0][1].toString().contains(QStringLiteral("search · bot")));
        QCOMPARE(firing.size(), 1);
        page.show();
        QCOMPARE(state(page, 1), QStringLiteral("▲ Firing"));
        QCOMPARE(past(page)->rowCount(), 1);
        const auto worst = [&] { return past(page)->index(0, static_cast<int>(PastAlertColumn::Worst)).data().toString(); };
        QCOMPARE(worst(), QStringLiteral("50 %"));
        trouble(page, snapshot, 40, 300);
        QCOMPARE(worst(), QStringLiteral("75 %")); // while it lasts
        trouble(page, snapshot, 56, 0);
        QCOMPARE(state(page, 1), QStringLiteral("▲ Firing")); // the mean has come down, but not for as long
        trouble(page, snapshot, 4, 0);
        QCOMPARE(firing.last()[0].toInt(), 0);
        QCOMPARE(state(page, 1), QStringLiteral("✓ OK"));
    }

    void aRowLeadsToTheOffenderOrToThePage()
    {
        AlertsPage page(nullptr);
        page.show();
        Snapshot snapshot = live();
        trouble(page, snapshot, 35);
        auto *table = part<QTableView>(page, "alertTable");
        QSignalSpy keys(&page, &AlertsPage::keyChosen);
        QSignalSpy pages(&page, &AlertsPage::pageChosen);
        table->selectRow(1);
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(keys.size(), 1);
        QCOMPARE(keys[0][1].value<std::string>(), std::string("bot"));
        table->selectRow(0);
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(pages.size(), 1);
        QCOMPARE(pages[0][0].value<Page>(), Page::Overview);
    }

    void spaceSwitchesARuleAndTheSettingsKeepIt()
    {
        {
            AlertsPage page(nullptr);
            page.show();
            QVERIFY(QTest::qWaitForWindowActive(&page));
            auto *table = part<QTableView>(page, "alertTable");
            table->setFocus();
            table->selectRow(3);
            QTest::keyClick(table, Qt::Key_Space);
            QCOMPARE(text(page, "alertCount"), QStringLiteral("4 of 6 on"));
        }
        AlertsPage page(nullptr);
        page.show();
        QCOMPARE(text(page, "alertCount"), QStringLiteral("4 of 6 on"));
        QVERIFY(rules(page)->setData(rules(page)->index(3, 0), Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(text(page, "alertCount"), QStringLiteral("3 of 6 on"));
    }

    void addsEditsAndDeletes()
    {
        AlertsPage page(nullptr);
        page.resize(900, 500);
        page.show();
        part<QPushButton>(page, "alertAddButton")->click();
        QVERIFY(part<QWidget>(page, "alertEditor")->isVisible());
        auto *save = part<QPushButton>(page, "alertSaveButton");
        QVERIFY(save->isEnabled());
        part<QComboBox>(page, "alertKindCombo")->setCurrentIndex(0);
        part<QDoubleSpinBox>(page, "alertThresholdSpin")->setValue(50);
        QCOMPARE(part<QDoubleSpinBox>(page, "alertClearSpin")->value(), 40.0); // follows
        part<QComboBox>(page, "alertScopeCombo")->setCurrentIndex(1);
        QVERIFY(!save->isEnabled());
        QVERIFY(text(page, "alertProblem").contains(QStringLiteral("Name the policies")));
        part<QLineEdit>(page, "alertPatternEdit")->setText(QStringLiteral("sea*"));
        part<QDoubleSpinBox>(page, "alertClearSpin")->setValue(60);
        QVERIFY(text(page, "alertProblem").contains(QStringLiteral("50/s or less")));
        part<QDoubleSpinBox>(page, "alertClearSpin")->setValue(30);
        save->click();
        QVERIFY(!part<QWidget>(page, "alertEditor")->isVisible());
        QCOMPARE(rules(page)->rowCount(), 7);
        QCOMPARE(rules(page)->index(6, static_cast<int>(AlertColumn::Rule)).data().toString(), QStringLiteral("Rejections above 50/s over 30 s (policies sea*)"));
        const auto kept = readAlertRules(QSettings().value(QStringLiteral("alerts/rules")).toByteArray());
        QCOMPARE(kept.rules.size(), std::size_t {7});
        QCOMPARE(kept.rules[6].clearAt, 30.0);

        part<QPushButton>(page, "alertEditButton")->click(); // the new one is selected
        QCOMPARE(part<QDoubleSpinBox>(page, "alertThresholdSpin")->value(), 50.0);
        part<QDoubleSpinBox>(page, "alertThresholdSpin")->setValue(70);
        QCOMPARE(part<QDoubleSpinBox>(page, "alertClearSpin")->value(), 30.0); // chosen once
        QTest::keyClick(part<QDoubleSpinBox>(page, "alertThresholdSpin"), Qt::Key_Return);
        QCOMPARE(rules(page)->index(6, static_cast<int>(AlertColumn::Threshold)).data().toString(), QStringLiteral("> 70/s"));
        part<QPushButton>(page, "alertDeleteButton")->click();
        QCOMPARE(rules(page)->rowCount(), 6);
    }

    void tabGoesThroughTheRulesFieldsAsTheEyeDoes()
    {
        AlertsPage page(nullptr);
        page.resize(1000, 700);
        page.show();
        part<QPushButton>(page, "alertAddButton")->click();
        part<QComboBox>(page, "alertScopeCombo")->setCurrentIndex(1);
        int top = -1;
        for (const char *name : {"alertKindCombo", "alertThresholdSpin", "alertHoldSpin", "alertClearSpin", "alertScopeCombo", "alertPatternEdit", "alertCancelButton"}) {
            QCOMPARE(page.focusWidget(), part<QWidget>(page, name));
            QVERIFY(page.focusWidget()->y() > top);
            top = page.focusWidget()->y();
            QTest::keyClick(page.focusWidget(), Qt::Key_Tab);
        }
    }

    void snoozesAndWakes()
    {
        AlertsPage page(nullptr);
        page.show();
        QSignalSpy raised(&page, &AlertsPage::raised);
        Snapshot snapshot = live();
        page.apply(snapshot);
        part<QTableView>(page, "alertTable")->selectRow(1);
        const auto pick = [&](const char *name) {
            for (QAction *action : part<QPushButton>(page, "alertSnoozeButton")->menu()->actions()) {
                if (action->objectName() == QLatin1String(name))
                    action->trigger();
            }
        };
        const auto *table = part<QTableView>(page, "alertTable");
        page.resize(1000, 600);
        pick("snooze5");
        QCOMPARE(text(page, "alertCount"), QStringLiteral("3 of 6 on, 1 snoozed"));
        QVERIFY(table->fontMetrics().horizontalAdvance(state(page, 1)) + 8 <= table->columnWidth(static_cast<int>(AlertColumn::State)));
        QVERIFY(state(page, 1).startsWith(QStringLiteral("◌ Snoozed 5 min")));
        trouble(page, snapshot, 200);
        QCOMPARE(raised.size(), 0);
        const auto until = [&] { return past(page)->index(0, static_cast<int>(PastAlertColumn::Until)).data().toString(); };
        QCOMPARE(until(), QStringLiteral("◌ snoozed"));
        pick("wake");
        QCOMPARE(until(), QStringLiteral("▲ firing"));
        QCOMPARE(state(page, 1), QStringLiteral("▲ Firing"));
        QCOMPARE(raised.size(), 1);
        pick("snoozeOpen");
        QCOMPARE(state(page, 1), QStringLiteral("◌ Snoozed"));
    }

    void anotherServerBeginsAnew()
    {
        AlertsPage page(nullptr);
        page.show();
        Snapshot snapshot = live();
        trouble(page, snapshot, 35);
        QCOMPARE(state(page, 1), QStringLiteral("▲ Firing"));
        QSignalSpy firing(&page, &AlertsPage::firingChanged);
        snapshot.link.endpoint = "redis://two";
        page.apply(snapshot);
        QCOMPARE(firing.size(), 1);
        QCOMPARE(firing[0][0].toInt(), 0);
    }

    void alertsNameTheRedisThatTheyAreOf()
    {
        AlertsPage page(nullptr);
        page.resize(1000, 600);
        page.show();
        QSignalSpy raised(&page, &AlertsPage::raised);
        const auto source = [&](int row) { return past(page)->index(row, static_cast<int>(PastAlertColumn::Source)).data().toString(); };
        const auto *table = part<QTableView>(page, "pastAlertTable");
        Snapshot snapshot = live();
        trouble(page, snapshot, 35);
        QCOMPARE(raised.size(), 1);
        QVERIFY(!raised[0][1].toString().contains(QStringLiteral("redis://"))); // it has no name, and there is only one
        QVERIFY(table->isColumnHidden(static_cast<int>(PastAlertColumn::Source)));
        QVERIFY(past(page)->index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("redis://one")));
        page.setPlace(QStringLiteral("Payments <b>EU"));
        snapshot.link.endpoint = "redis://two";
        trouble(page, snapshot, 35);
        QCOMPARE(raised.size(), 2);
        QVERIFY(raised[1][1].toString().endsWith(QStringLiteral(" · Payments <b>EU · redis://two")));
        QVERIFY(!table->isColumnHidden(static_cast<int>(PastAlertColumn::Source)));
        QCOMPARE(source(0), QStringLiteral("Payments <b>EU"));
        QCOMPARE(source(1), QStringLiteral("one"));
        const QString tip = past(page)->index(0, static_cast<int>(PastAlertColumn::Source)).data(Qt::ToolTipRole).toString();
        QVERIFY(tip.contains(QStringLiteral("redis://two")) && !tip.contains(QStringLiteral("<b>")));
    }

    void anAlertOfAnotherRedisLeadsNowhereAndSaysWhy()
    {
        AlertsPage page(nullptr);
        page.show();
        Snapshot snapshot = live();
        trouble(page, snapshot, 35);
        auto *table = part<QTableView>(page, "pastAlertTable");
        QSignalSpy keys(&page, &AlertsPage::keyChosen);
        QSignalSpy pages(&page, &AlertsPage::pageChosen);
        QSignalSpy said(&page, &AlertsPage::refused);
        table->selectRow(0);
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(keys.size(), 1);
        snapshot.link.endpoint = "redis://<b>two</b>";
        trouble(page, snapshot, 1, 0);
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(keys.size(), 1);
        QCOMPARE(pages.size(), 0);
        QCOMPARE(said.size(), 1);
        QCOMPARE(said[0][0].toString(), QStringLiteral("This alert is of redis://one, which is not watched now. Connect to it to look there."));
    }

    void damagedRulesAreToldAndKept()
    {
        QSettings().setValue(QStringLiteral("alerts/rules"), QByteArray(R"([{"kind":"lag","above":5,"seconds":10},{"kind":"<b>","seconds":10}])"));
        AlertsPage page(nullptr);
        page.show();
        QCOMPARE(rules(page)->rowCount(), 1);
        QVERIFY(part<QLabel>(page, "alertsDamaged")->isVisible());
        QVERIFY(text(page, "alertsDamaged").contains(QStringLiteral("1 alert rule in the settings could not be read")));
        QCOMPARE(QSettings().value(QStringLiteral("alerts/damaged")).toStringList(), QStringList(QStringLiteral(R"([{"kind":"<b>","seconds":10}])")));
        AlertsPage again(nullptr);
        again.show();
        QVERIFY(!part<QLabel>(again, "alertsDamaged")->isVisible());
        QCOMPARE(rules(again)->rowCount(), 1);
    }

    void theWindowSaysItInItsTitleAlsoWhilePaused()
    {
        MainWindow window({.page = Page::Keys});
        window.show();
        BusyTraffic traffic;
        window.apply(traffic.next());
        window.setPaused(true);
        QSignalSpy raised(&window, &MainWindow::raised);
        for (int i = 0; i < 35; ++i) {
            auto snapshot = traffic.next();
            snapshot->now += std::chrono::seconds(i);
            snapshot->rates = {100, 100, 0};
            window.apply(snapshot);
        }
        QCOMPARE(raised.size(), 1);
        QVERIFY(window.isPaused());
        QVERIFY(window.windowTitle().startsWith(QStringLiteral("▲ 1 alert – RateGuard")));
    }
};

QTEST_MAIN(tst_AlertsPage)
#include "tst_AlertsPage.moc"
