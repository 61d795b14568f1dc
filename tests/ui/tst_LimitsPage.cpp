// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "LimitsDesk.h"

#include <QComboBox>
#include <QDialog>
#include <QDoubleSpinBox>
#include <QPointer>

using namespace rateguard;

class tst_LimitsPage : public QObject
{
    Q_OBJECT

private slots:
    void undoIsADraftFirst()
    {
        LimitsDesk place;
        place.page.edit("search");
        QVERIFY(place.find<QPushButton>("undoButton")->isEnabled());
        place.click("undoButton");
        QCOMPARE(place.text("diffLabel"), QStringLiteral("search: 60/min enforce → 100/min enforce, v3 → v4"));
        QCOMPARE(place.find<QLineEdit>("reasonEdit")->text(), QStringLiteral("undo of v3"));
        QVERIFY(place.edits.empty());
        place.click("applyButton");
        QCOMPARE(place.edits.size(), 1U);
        QVERIFY(place.edits[0].limit == (Limit {100, 1min}));
        QVERIFY(place.edits[0].expectedVersion == std::uint64_t {3});
    }

    void undoSaysWhyItCannot()
    {
        LimitsDesk place;
        place.page.edit("upload");
        QVERIFY(!place.find<QPushButton>("undoButton")->isEnabled());
        QVERIFY(place.find<QPushButton>("undoButton")->toolTip().contains(QStringLiteral("Nothing to undo")));
    }

    void aDraftTellsItsEffect()
    {
        LimitsDesk place;
        RankedKey key {"search", "scraper", {}};
        key.row.rates = {1, 8.5, 0};
        place.now.offenders = {key};
        place.page.apply(place.now);
        place.page.edit("search");
        QVERIFY(!place.find<QLabel>("effectLabel")->isVisible());
        place.find<QSpinBox>("limitSpin")->setValue(100);
        QVERIFY(place.find<QLabel>("effectLabel")->isVisible());
        QVERIFY(place.text("effectLabel").contains(QStringLiteral("scraper at 9.5/s")));
    }

    void aConflictShowsBeforeTheirsAndMine()
    {
        LimitsDesk place;
        place.page.edit("search");
        place.find<QSpinBox>("limitSpin")->setValue(100);
        place.now.policies[1].rule = {{80, 1min}, Mode::Shadow, 4};
        auto history = std::make_shared<EditHistory>(*place.now.history);
        history->entries.insert(history->entries.begin(),
                                {start, "search", std::nullopt, 4, "3 enforce log 60/60000", "4 shadow log 80/60000", "<b>eve</b>", "why not"});
        place.now.history = history;
        place.page.apply(place.now);
        QVERIFY(place.find<QLabel>("overtakenLabel")->isVisible());
        const auto cell = [&](int line, int column) { return place.text(qPrintable(QStringLiteral("overtaken%1%2").arg(line).arg(column))); };
        QCOMPARE(cell(0, 0), QStringLiteral("60/min"));
        QCOMPARE(cell(0, 1), QStringLiteral("80/min"));
        QCOMPARE(cell(0, 2), QStringLiteral("100/min"));
        QCOMPARE(cell(1, 1), QStringLiteral("shadow"));
        QCOMPARE(cell(3, 1), QStringLiteral("v4"));
        QCOMPARE(cell(4, 0), QStringLiteral("ada@oncall"));
        QCOMPARE(cell(4, 1), QStringLiteral("<b>eve</b>")); // a plain-text label
        QCOMPARE(cell(5, 1), QStringLiteral("why not"));
    }

    void aLimitIsTypedIntoTheTable()
    {
        LimitsDesk place;
        auto *table = place.find<QTableView>("policyTable");
        table->setFocus();
        table->setCurrentIndex(table->model()->index(1, 1));
        table->edit(table->model()->index(1, 1));
        auto *field = place.find<QLineEdit>("limitCell");
        QVERIFY(field);
        QCOMPARE(field->text(), QStringLiteral("60/min"));
        field->setText(QStringLiteral("10/fortnight"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(place.find<QLineEdit>("limitCell")); // stays, and says why
        QVERIFY(!field->accessibleDescription().isEmpty());
        field->setText(QStringLiteral("10/s, 1000/h"));
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(place.text("diffLabel"), QStringLiteral("search: 60/min enforce → 10/s 1000/h enforce, v3 → v4"));
        QVERIFY(place.edits.empty());
        QCOMPARE(table->model()->index(1, 1).data().toString(), QStringLiteral("60/min")); // Redis says so
    }

    void whatIsTypedIntoTheTableSurvivesLiveTraffic()
    {
        LimitsDesk place;
        auto *table = place.find<QTableView>("policyTable");
        table->setCurrentIndex(table->model()->index(1, 1));
        table->edit(table->model()->index(1, 1));
        auto *field = place.find<QLineEdit>("limitCell");
        field->selectAll();
        QTest::keyClicks(field, QStringLiteral("70/mi"));
        place.now.policies[1].rates = {12, 3, 0};
        place.page.apply(place.now);
        QCOMPARE(field->text(), QStringLiteral("70/mi"));
    }

    void manyPoliciesAreEditedTogether()
    {
        LimitsDesk place;
        place.select("policyTable", {0, 1});
        QVERIFY(place.find<QPushButton>("bulkEditButton")->isVisible());
        place.click("bulkEditButton");
        place.find<QDoubleSpinBox>("bulkFactor")->setValue(0.5);
        const auto *steps = place.find<QTableView>("bulkTable")->model();
        QCOMPARE(steps->rowCount(), 2);
        QCOMPARE(steps->index(0, 2).data().toString(), QStringLiteral("300/min enforce"));
        QVERIFY(place.edits.empty());
        place.click("bulkGo");
        QCOMPARE(place.edits.size(), 2U);
        place.settle(place.edits[0], Status::Applied);
        place.settle(place.edits[1], Status::Conflict);
        QCOMPARE(place.text("bulkText"), QStringLiteral("1 of 2 applied, ≠ 1 changed by others meanwhile"));
        QPointer<QDialog> dialog = place.find<QDialog>("bulkDialog");
        place.click("bulkClose");
        QTRY_VERIFY(dialog.isNull());
    }

    void theKillSwitchNeedsAReasonAndEndsByItself()
    {
        LimitsDesk place;
        place.click("killSwitchButton");
        QVERIFY(!place.find<QPushButton>("bulkGo")->isEnabled());
        place.find<QLineEdit>("killReason")->setText(QStringLiteral("  "));
        QVERIFY(!place.find<QPushButton>("bulkGo")->isEnabled());
        place.find<QLineEdit>("killReason")->setText(QStringLiteral("limiter gone mad"));
        place.click("bulkGo");
        QCOMPARE(place.edits.size(), 3U);
        for (const LimitEdit &edit : place.edits) {
            QVERIFY(edit.mode == Mode::Off);
            QVERIFY(edit.modeFor == Duration(15min));
            QCOMPARE(edit.reason, std::string("limiter gone mad"));
        }
    }

    void whatTheKillSwitchLeavesAsItIsIsSaid()
    {
        LimitsDesk place;
        place.now.policies[0].rule.mode = Mode::Shadow;
        place.now.policies[0].rule.until = start + 10min;
        place.page.apply(place.now);
        place.click("killSwitchButton");
        auto *span = place.find<QDialog>("bulkDialog")->findChild<QComboBox *>(QStringLiteral("spanCombo"));
        place.find<QLineEdit>("killReason")->setText(QStringLiteral("limiter gone mad"));
        QCOMPARE(place.find<QTableView>("bulkTable")->model()->rowCount(), 3);
        QVERIFY(place.text("bulkText").isEmpty());
        span->setCurrentText(QStringLiteral("5 min"));
        QCOMPARE(place.find<QTableView>("bulkTable")->model()->rowCount(), 2);
        QVERIFY2(place.text("bulkText").startsWith(QStringLiteral("Not changed, as it lets everything through for longer already: api (shadow until ")), qPrintable(place.text("bulkText")));
        QVERIFY(place.find<QPushButton>("bulkGo")->isEnabled());
    }

    void enterLeadsToTheButtonOfTheKillSwitch()
    {
        LimitsDesk place;
        place.page.activateWindow();
        place.click("killSwitchButton");
        auto *dialog = place.find<QDialog>("bulkDialog");
        auto *reason = place.find<QLineEdit>("killReason");
        auto *go = place.find<QPushButton>("bulkGo");
        QTest::keyClick(reason, Qt::Key_Return);
        QVERIFY(dialog->focusWidget() != go); // a reason is missing
        reason->setText(QStringLiteral("limiter gone mad"));
        QTest::keyClick(reason, Qt::Key_Return);
        QCOMPARE(dialog->focusWidget(), go);
        QVERIFY(place.edits.empty());
    }

    void nothingIsCutInTheListOfWhatWillBeDone()
    {
        LimitsDesk place;
        place.now.policies[1].rule = {{60, 1min}, Mode::Enforce, 3};
        place.now.policies[1].rule.limit.push({5000, 24h});
        place.now.policies[1].name = "search-with-a-longer-name";
        place.page.apply(place.now);
        place.click("killSwitchButton");
        place.find<QLineEdit>("killReason")->setText(QStringLiteral("down"));
        auto *table = place.find<QTableView>("bulkTable");
        QVERIFY(table->isColumnHidden(3)); // nothing became of anything yet
        const auto isWhole = [table](int columns) {
            int width = 0;
            for (int column = 0; column < columns; ++column) {
                width += table->columnWidth(column);
                for (int row = 0; row < table->model()->rowCount(); ++row) {
                    if (table->fontMetrics().horizontalAdvance(table->model()->index(row, column).data().toString()) + 12 > table->columnWidth(column))
                        return false;
                }
            }
            return width == table->viewport()->width();
        };
        QVERIFY(isWhole(3));
        place.send("bulkGo");
        for (const LimitEdit &edit : std::vector(place.edits))
            place.settle(edit, Status::Applied);
        QVERIFY(!table->isColumnHidden(3));
        QVERIFY(isWhole(4));
    }

    void theKillSwitchGoesByWhatHoldsWhenItIsUsed()
    {
        LimitsDesk place;
        place.page.setEnvironment(Environment::Production);
        place.click("killSwitchButton");
        place.find<QLineEdit>("killReason")->setText(QStringLiteral("limiter gone mad"));
        place.now.policies.push_back(policy(10, 1, "younger"));
        place.page.apply(place.now);
        QCOMPARE(place.find<QTableView>("bulkTable")->model()->rowCount(), 4);
        place.click("bulkGo");
        place.find<QLineEdit>("confirmName")->setText(QStringLiteral("everything"));
        place.now.policies[0].rule.version = 2;
        place.page.apply(place.now);
        place.click("confirmGo");
        QVERIFY(place.edits.empty()); // it is another question by now
        QTRY_COMPARE(place.page.findChildren<QDialog *>(QStringLiteral("confirmation")).size(), 1);
        place.find<QLineEdit>("confirmName")->setText(QStringLiteral("everything"));
        place.click("confirmGo");
        QCOMPARE(place.edits.size(), 4U);
        QVERIFY(place.edits[0].expectedVersion == std::uint64_t {2});
        QCOMPARE(place.edits[3].policy, std::string("younger"));
    }

    void whatIsLetThroughIsEnded()
    {
        LimitsDesk place;
        place.now.policies[0].rule.mode = Mode::Off;
        place.now.policies[0].rule.until = start + 12min;
        place.now.policies[0].rule.after = Mode::Shadow;
        place.page.apply(place.now);
        place.page.endNow();
        place.click("bulkGo");
        QCOMPARE(place.edits.size(), 1U);
        QVERIFY(place.edits[0].mode == Mode::Shadow && !place.edits[0].modeFor);
    }

    void whoMayOnlyWatchChangesNothing()
    {
        LimitsDesk place;
        place.now.link.mayEdit = place.now.link.mayOverride = false;
        place.select("policyTable", {0, 1});
        place.select("overrideTable", {0});
        place.page.apply(place.now);
        for (const char *name : {"newPolicyButton", "bulkEditButton", "killSwitchButton", "newOverrideButton", "changeOverrideButton", "liftOverrideButton", "undoButton"}) {
            QVERIFY2(!place.find<QPushButton>(name)->isEnabled(), name);
            QVERIFY2(place.find<QPushButton>(name)->toolTip().contains(QStringLiteral("only watch")), name);
        }
        auto *table = place.find<QTableView>("policyTable");
        QVERIFY(!(table->model()->index(0, 1).flags() & Qt::ItemIsEditable));
    }
};

QTEST_MAIN(tst_LimitsPage)
#include "tst_LimitsPage.moc"
