// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "EditorDesk.h"
#include "widgets/PolicyPanel.h"

#include <QScrollArea>
#include <QScrollBar>
#include <QTableView>

using namespace rateguard;

namespace {

// The panel with three policies, the second one chosen.
struct Bench
{
    Bench()
    {
        QObject::connect(&panel, &PolicyPanel::editRequested, &panel, [this](const LimitEdit &edit) { edits.push_back(edit); });
        panel.apply(live(all()));
        table()->selectRow(1);
        panel.show();
    }
    static std::vector<PolicyRow> all() { return {policy(10, 1, "api"), policy(60, 3), policy(5, 1, "upload")}; }
    static std::vector<PolicyRow> others() { return {policy(10, 1, "api"), policy(5, 1, "upload")}; }
    QTableView *table() const { return panel.findChild<QTableView *>(); }
    QString chosen() const { return table()->currentIndex().data().toString(); }
    template <typename Widget>
    Widget *find(const char *name) const { return panel.findChild<Widget *>(QString::fromLatin1(name)); }

    PolicyPanel panel {false, nullptr};
    std::vector<LimitEdit> edits;
};

} // namespace

class tst_PolicyPanel : public QObject
{
    Q_OBJECT

private slots:
    void theOutcomeOfTakingALimitAwayIsNotPushedAsideByTheNextPolicy()
    {
        Bench bench;
        bench.find<QPushButton>("unsetButton")->click();
        bench.find<QPushButton>("confirmUnsetButton")->click();
        Snapshot snapshot = live(Bench::others());
        EditOutcome outcome;
        outcome.id = bench.edits.at(0).id;
        outcome.status = Status::Applied;
        outcome.after.version = 4;
        snapshot.edits.push_back(outcome);
        bench.panel.apply(snapshot);
        QVERIFY(bench.find<QLabel>("outcomeLabel")->text().contains(QStringLiteral("taken away")));
        QVERIFY(bench.find<QLabel>("outcomeLabel")->isVisible());
        QVERIFY(!bench.table()->currentIndex().isValid());
        bench.panel.apply(live({policy(10, 1, "api"), policy(100, 5), policy(5, 1, "upload")})); // a default
        QCOMPARE(bench.chosen(), QStringLiteral("search"));
        QVERIFY(bench.find<QLabel>("outcomeLabel")->isVisible());
        bench.table()->selectRow(0);
        QCOMPARE(bench.find<QSpinBox>("limitSpin")->value(), 10);
    }

    void aDraftOfAPolicyThatWentIsStillBeforeTheOperator()
    {
        Bench bench;
        bench.find<QSpinBox>("limitSpin")->setValue(100);
        bench.panel.apply(live(Bench::others()));
        QVERIFY(bench.find<QLabel>("overtakenLabel")->isVisible());
        QCOMPARE(bench.find<QSpinBox>("limitSpin")->value(), 100);
        QVERIFY(!bench.table()->currentIndex().isValid());
        bench.panel.apply(live(Bench::all()));
        QCOMPARE(bench.chosen(), QStringLiteral("search"));
        QCOMPARE(bench.find<QSpinBox>("limitSpin")->value(), 100);
    }

    void aDraftThatIsLetGoMakesRoomForTheFirstPolicy()
    {
        Bench bench;
        bench.find<QSpinBox>("limitSpin")->setValue(100);
        bench.panel.apply(live(Bench::others()));
        bench.find<QPushButton>("takeTheirsButton")->click();
        QCOMPARE(bench.chosen(), QStringLiteral("api"));
        QCOMPARE(bench.find<QSpinBox>("limitSpin")->value(), 10);
    }

    void aPolicyThatWentUntouchedMakesRoomForItsNeighbour()
    {
        Bench bench;
        bench.panel.apply(live(Bench::others()));
        QVERIFY(!bench.chosen().isEmpty());
        QCOMPARE(bench.find<QSpinBox>("limitSpin")->value(), bench.chosen() == QStringLiteral("api") ? 10 : 5);
    }

    void whatBecameOfAnEditIsScrolledIntoView()
    {
        Bench bench;
        bench.panel.resize(340, 380);
        for (int i = 0; i < 3; ++i)
            bench.find<QPushButton>("addWindowButton")->click();
        bench.find<QPushButton>("applyButton")->click();
        const QWidget *outcome = bench.find<QLabel>("outcomeLabel");
        const auto *area = bench.panel.findChild<QScrollArea *>();
        const auto bottom = [&] { return outcome->mapTo(area->viewport(), outcome->rect().bottomLeft()).y(); };
        QTRY_VERIFY(area->verticalScrollBar()->value() > 0);
        QVERIFY(bottom() < area->viewport()->height());
    }

    void rowsThatComeBeforeLeaveTheSelection()
    {
        Bench bench;
        std::vector<PolicyRow> more = Bench::all();
        more.insert(more.begin(), policy(1, 1, "about"));
        bench.panel.apply(live(more));
        QCOMPARE(bench.chosen(), QStringLiteral("search"));
        QCOMPARE(bench.find<QSpinBox>("limitSpin")->value(), 60);
    }
};

QTEST_MAIN(tst_PolicyPanel)
#include "tst_PolicyPanel.moc"
