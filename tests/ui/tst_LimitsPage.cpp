// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "Agree.h"
#include "EditorDesk.h"
#include "widgets/LimitsPage.h"

#include <QDoubleSpinBox>
#include <QPointer>
#include <QTableView>

using namespace rateguard;

namespace {

constexpr Instant start {100h};

// The page with three policies and two overrides, marked as development: it asks before large steps only.
struct Place
{
    Place()
    {
        QObject::connect(&page, &LimitsPage::editRequested, &page, [this](const LimitEdit &edit) { edits.push_back(edit); });
        QObject::connect(&page, &LimitsPage::overrideRequested, &page, [this](const OverrideEdit &edit) { keyEdits.push_back(edit); });
        now = live({policy(600, 1, "api"), policy(60, 3), policy(5, 1, "upload")});
        now.now = start;
        auto list = std::make_shared<OverrideList>();
        list->all = {{"api", odd, {Override::Kind::Ban, {}, std::nullopt, 2}}, {"search", "user-1", {Override::Kind::Limit, {30, 1min}, start + 8min, 4}}};
        now.overrides = list;
        auto history = std::make_shared<EditHistory>();
        history->entries = {{start - 1min, "search", std::nullopt, 3, "2 enforce log 100/60000", "3 enforce log 60/60000", "ada@oncall", "scraper"},
                            {start - 2min, "search", "user-1", 4, "", "4 limit 0 30/60000", "ada@oncall", "half"}};
        now.history = history;
        page.setEnvironment(Environment::Development);
        page.apply(now);
        page.resize(1000, 700);
        page.show();
    }
    template <typename Widget>
    Widget *find(const char *name) const { return page.findChild<Widget *>(QString::fromLatin1(name)); }
    QString text(const char *name) const { return find<QLabel>(name)->text(); }
    void click(const char *name) const { find<QPushButton>(name)->click(); }
    void send(const char *button) const // and says yes to what is asked
    {
        click(button);
        agree(page);
    }
    void select(const char *table, std::initializer_list<int> rows) const
    {
        auto *view = find<QTableView>(table);
        view->clearSelection();
        for (const int row : rows)
            view->selectionModel()->select(view->model()->index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
    void settle(const LimitEdit &edit, Status status)
    {
        Snapshot snapshot = now;
        EditOutcome outcome;
        outcome.id = edit.id;
        outcome.status = status;
        outcome.policy = edit.policy;
        outcome.after = {{1, 1min}, Mode::Enforce, 9};
        snapshot.edits.push_back(outcome);
        page.apply(snapshot);
    }

    const std::string odd {"\xff\0odd", 5};
    LimitsPage page {false, nullptr};
    Snapshot now;
    std::vector<LimitEdit> edits;
    std::vector<OverrideEdit> keyEdits;
};

} // namespace

class tst_LimitsPage : public QObject
{
    Q_OBJECT

private slots:
    void undoIsADraftFirst()
    {
        Place place;
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
        Place place;
        place.page.edit("upload");
        QVERIFY(!place.find<QPushButton>("undoButton")->isEnabled());
        QVERIFY(place.find<QPushButton>("undoButton")->toolTip().contains(QStringLiteral("Nothing to undo")));
    }

    void aDraftTellsItsEffect()
    {
        Place place;
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
        Place place;
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
        Place place;
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
        Place place;
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
        Place place;
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
        Place place;
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

    void nothingIsCutInTheListOfWhatWillBeDone()
    {
        Place place;
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
        Place place;
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
        Place place;
        place.now.policies[0].rule.mode = Mode::Off;
        place.now.policies[0].rule.until = start + 12min;
        place.now.policies[0].rule.after = Mode::Shadow;
        place.page.apply(place.now);
        place.page.endNow();
        place.click("bulkGo");
        QCOMPARE(place.edits.size(), 1U);
        QVERIFY(place.edits[0].mode == Mode::Shadow && !place.edits[0].modeFor);
    }

    void anOverrideIsMadeForATypedKey()
    {
        Place place;
        place.click("newOverrideButton");
        QVERIFY(!place.find<QPushButton>("overrideSet")->isEnabled());
        QTest::keyClick(place.find<QComboBox>("overridePolicy"), Qt::Key_Down);
        place.find<QLineEdit>("overrideKey")->setText(QStringLiteral("müller\n")); // as from a terminal
        QVERIFY(place.text("overrideProblem").contains(QStringLiteral("line break")));
        place.find<QLineEdit>("overrideKey")->setText(QStringLiteral("müller"));
        place.find<QComboBox>("overrideKind")->setCurrentIndex(2);
        QVERIFY(!place.find<QPushButton>("overrideSet")->isEnabled()); // no limit yet
        QTest::keyClicks(place.find<QLineEdit>("overrideLimit"), QStringLiteral("30/"));
        QVERIFY(place.find<QLabel>("overrideProblem")->isVisible());
        QTest::keyClicks(place.find<QLineEdit>("overrideLimit"), QStringLiteral("min"));
        QVERIFY(!place.find<QLabel>("overrideProblem")->isVisible());
        place.send("overrideSet");
        QCOMPARE(place.keyEdits.size(), 1U);
        const OverrideEdit &edit = place.keyEdits[0];
        QCOMPARE(edit.key, std::string("m\xc3\xbcller"));
        QCOMPARE(edit.policy, std::string("search"));
        QVERIFY(edit.kind == Override::Kind::Limit && edit.limit.size() == 1 && edit.limit.front() == (Limit {30, 1min}));
        QVERIFY(edit.span == Duration(15min));
        QVERIFY(edit.expectedVersion == std::uint64_t {0});
        QVERIFY(place.text("overrideOutcome").startsWith(QStringLiteral("…")));
    }

    void aFormKeepsItsPolicyWhileThatHasNoLimit()
    {
        Place place;
        place.select("overrideTable", {0});
        place.click("changeOverrideButton");
        place.find<QComboBox>("overrideKind")->setCurrentIndex(1);
        const std::string policy = place.now.overrides->all[0].policy;
        const auto policies = place.now.policies;
        std::erase_if(place.now.policies, [&](const PolicyRow &row) { return row.name == policy; });
        place.page.apply(place.now);
        QVERIFY(!place.find<QPushButton>("overrideSet")->isEnabled());
        QVERIFY(place.text("overrideProblem").contains(QStringLiteral("no limit any more")));
        place.now.policies = policies;
        place.page.apply(place.now);
        place.click("overrideSet");
        QCOMPARE(place.keyEdits.size(), 1U);
        QCOMPARE(place.keyEdits[0].policy, policy);
    }

    void anOverrideIsChangedAsItWasShownWithItsBytes()
    {
        Place place;
        place.select("overrideTable", {0});
        place.click("changeOverrideButton");
        place.find<QComboBox>("overrideKind")->setCurrentIndex(1);
        place.click("overrideSet");
        QCOMPARE(place.keyEdits.size(), 1U);
        QCOMPARE(place.keyEdits[0].key, place.odd);
        QVERIFY(place.keyEdits[0].kind == Override::Kind::Exempt);
        QVERIFY(!place.keyEdits[0].span); // as before
        QVERIFY(place.keyEdits[0].expectedVersion == std::uint64_t {2});

        OverrideOutcome outcome;
        outcome.id = place.keyEdits[0].id;
        outcome.status = Status::Conflict;
        outcome.policy = "api";
        outcome.key = place.odd;
        outcome.version = 5;
        outcome.after = Override {Override::Kind::Ban, {}, std::nullopt, 5};
        Snapshot snapshot = place.now;
        snapshot.keyEdits.push_back(outcome);
        place.page.apply(snapshot);
        QVERIFY(place.text("overrideOutcome").startsWith(QStringLiteral("≠")));
        place.page.apply(place.now);
        QVERIFY(place.find<QLabel>("overrideOutcome")->isVisible()); // stays
    }

    void whatWasTypedOfAnOverrideStaysUntilItWasMade()
    {
        Place place;
        place.click("newOverrideButton");
        place.find<QLineEdit>("overrideKey")->setText(QStringLiteral("user-7"));
        place.find<QLineEdit>("overrideReason")->setText(QStringLiteral("a robot"));
        for (const Status status : {Status::Refused, Status::Conflict, Status::Unknown, Status::Applied}) {
            place.send("overrideSet");
            QVERIFY(!place.find<QPushButton>("overrideSet")->isEnabled()); // not twice
            QVERIFY(place.text("overrideProblem").contains(QStringLiteral("Waiting for Redis")));
            QCOMPARE(place.keyEdits.back().reason, std::string("a robot"));
            OverrideOutcome outcome;
            outcome.id = place.keyEdits.back().id;
            outcome.status = status;
            Snapshot snapshot = place.now;
            snapshot.keyEdits.push_back(outcome);
            place.page.apply(snapshot);
            if (status == Status::Applied)
                break;
            QVERIFY(place.find<QPushButton>("overrideSet")->isEnabled());
            QCOMPARE(place.find<QLineEdit>("overrideReason")->text(), QStringLiteral("a robot"));
        }
        QCOMPARE(place.keyEdits.size(), 4U);
        QTRY_VERIFY(!place.find<QPushButton>("overrideSet")); // made: the editor is back
    }

    void aBanIsAskedForInTheSameWordsAsInTheDetails()
    {
        Place place;
        place.page.setEnvironment(Environment::Test);
        place.select("overrideTable", {1});
        place.click("changeOverrideButton");
        place.find<QComboBox>("overrideKind")->setCurrentIndex(0);
        place.click("overrideSet");
        QCOMPARE(place.text("confirmWhat"), QStringLiteral("Ban user-1 under search for 8 min"));
    }

    void aBanIsConfirmed()
    {
        Place place;
        place.page.setEnvironment(Environment::Test);
        place.select("overrideTable", {1});
        place.click("changeOverrideButton");
        place.find<QComboBox>("overrideKind")->setCurrentIndex(0);
        place.click("overrideSet");
        QVERIFY(place.keyEdits.empty());
        place.click("confirmGo");
        QCOMPARE(place.keyEdits.size(), 1U);
    }

    void manyOverridesAreLifted()
    {
        Place place;
        place.select("overrideTable", {0, 1});
        QCOMPARE(place.find<QPushButton>("liftOverrideButton")->text(), QStringLiteral("Lift 2…"));
        place.click("liftOverrideButton");
        QVERIFY(place.keyEdits.empty());
        place.find<QLineEdit>("bulkReason")->setText(QStringLiteral("over"));
        place.click("bulkGo");
        QCOMPARE(place.keyEdits.size(), 2U);
        QVERIFY(!place.keyEdits[1].kind);
        QVERIFY(place.keyEdits[1].expectedVersion == std::uint64_t {4});
        QCOMPARE(place.keyEdits[1].reason, std::string("over"));
    }

    void theEmptyListSaysWhatItIsFor()
    {
        Place place;
        place.now.overrides.reset();
        place.page.apply(place.now);
        QVERIFY(place.text("overrideEmpty").contains(QStringLiteral("not been read"))); // not known is not none
        place.now.overrides = std::make_shared<OverrideList>();
        place.page.apply(place.now);
        QVERIFY(place.find<QLabel>("overrideEmpty")->isVisible());
        QVERIFY(place.text("overrideEmpty").contains(QStringLiteral("New override")));
    }

    void whoMayOnlyWatchChangesNothing()
    {
        Place place;
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
