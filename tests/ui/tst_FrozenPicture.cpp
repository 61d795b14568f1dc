// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "KeyRows.h"
#include "models/FrozenPicture.h"

#include <QTest>

using namespace rateguard;

namespace {

TableView view(std::uint32_t first, double rejected, bool frozen)
{
    TableView table;
    table.order.first = first;
    table.order.count = 2;
    table.order.frozen = frozen;
    table.rows = 100;
    table.first = first;
    table.held = {{"api", "anna", row(0, rejected), {}, false}, {"api", "ben", row(1, rejected), {}, false}};
    return table;
}

} // namespace

class tst_FrozenPicture : public QObject
{
    Q_OBJECT

private slots:
    void rowsOnScreenStandStillAndOthersComeFromTheCopy()
    {
        Snapshot shown;
        shown.table = view(0, 1, false);
        FrozenPicture picture(shown);
        Snapshot next;
        next.table = view(0, 2, false); // on the way when the pause began
        QCOMPARE(picture.hold(next)->table.held, shown.table.held);
        next.table = view(0, 3, true); // the same rows, from the copy, which was made a little later
        QCOMPARE(picture.hold(next)->table.held, shown.table.held);
        next.table = view(50, 4, false); // other rows, while the copy is still being made
        QCOMPARE(picture.hold(next)->table.held, shown.table.held);
        next.table = view(50, 5, true);
        QCOMPARE(picture.hold(next)->table.held, next.table.held);
        QCOMPARE(picture.hold(next)->table.first, 50U);
        next.table = view(0, 6, true); // and back: now all is of the copy
        QCOMPARE(picture.hold(next)->table.held, next.table.held);
    }

    void anotherOrderIsAnotherWish()
    {
        Snapshot shown;
        shown.table = view(0, 1, false);
        FrozenPicture picture(shown);
        Snapshot next;
        next.table = view(0, 2, true);
        next.table.order.filter = "anna";
        QCOMPARE(picture.hold(next)->table.held, next.table.held);
    }

    void whatIsTakenOutComesThroughAndSoDoesAProblemOfTheFilter()
    {
        FrozenPicture picture({});
        Snapshot next;
        next.table.taken = std::make_shared<TakenRows>();
        next.table.problem = FilterProblem {FilterProblem::Kind::Field, "x>1", "x", 1, {}};
        const SnapshotPtr held = picture.hold(next);
        QCOMPARE(held->table.taken, next.table.taken);
        QVERIFY(held->table.problem == next.table.problem);
        QVERIFY(!picture.hold({})->table.problem);
    }

    void onResumeTheRowsStayUntilThoseOfNowCome()
    {
        Snapshot shown;
        shown.table = view(0, 1, false);
        FrozenPicture picture(shown);
        Snapshot next;
        next.now = start + 3s;
        next.table = view(0, 2, true);
        picture.hold(next);
        const SnapshotPtr all = picture.thaw();
        QCOMPARE(all->now, next.now);
        QCOMPARE(all->table.held, shown.table.held);
    }

    void trafficStandsStillWhileLimitsAndTroubleComeThrough()
    {
        Snapshot shown;
        shown.now = start;
        shown.rates.allowed = 5;
        shown.all = {{1, 7, 0, 0, false}};
        shown.policies = {{"api", "", true, {{100, 60s}, Mode::Enforce, 1}, {3, 0, 0}}};
        shown.edits.resize(1); // drawn already
        FrozenPicture picture(shown);
        QCOMPARE(picture.behind(), 0ms);

        Snapshot next = shown;
        next.now = start + 12s;
        next.rates.allowed = 50;
        next.all = {{2, 70, 0, 0, false}};
        next.policies[0].rule.version = 2;
        next.policies[0].rates.allowed = 30;
        next.edits.clear();
        next.lostLimits = {"search"};
        next.link.state = LinkState::Lost;
        const SnapshotPtr held = picture.hold(next);
        QCOMPARE(picture.behind(), 12s);
        QCOMPARE(held->now, next.now); // edits go by it
        QCOMPARE(picture.moment(), shown.now);
        QCOMPARE(held->rates, shown.rates);
        QCOMPARE(held->all, shown.all);
        QCOMPARE(held->policies[0].rates, shown.policies[0].rates);
        QCOMPARE(held->policies[0].rule.version, 2U);
        QCOMPARE(held->lostLimits, next.lostLimits);
        QCOMPARE(held->link.state, LinkState::Lost);
        QVERIFY(held->edits.empty());
    }

    void newsOfEditsAreToldOnce()
    {
        FrozenPicture picture({});
        Snapshot next;
        next.edits.resize(1);
        QCOMPARE(picture.hold(next)->edits.size(), 1U);
        QVERIFY(picture.hold({})->edits.empty());
        QVERIFY(picture.thaw()->edits.empty());
    }

    void anotherKeyIsShownAsItWasAtThatMoment()
    {
        Snapshot shown;
        shown.now = start;
        const std::int64_t second = std::chrono::floor<std::chrono::seconds>(start.time_since_epoch()).count();
        FrozenPicture picture(shown);
        Snapshot next;
        next.now = start + 5s;
        next.selectedKnown = true;
        next.selected = {{second - 1, 4, 0, 0, false}, {second, 5, 0, 0, false}, {second + 1, 6, 0, 0, false}};
        QVERIFY(picture.hold(next)->selected.empty()); // nobody asked
        picture.selectAnother();
        picture.hold(next);
        for (int i = 0; i < 3; ++i) {
            const SnapshotPtr held = picture.hold(next);
            QVERIFY(held->selectedKnown);
            QCOMPARE(held->selected.size(), 1U);
            QCOMPARE(held->selected[0].allowed, 4U);
            next.selected[0].allowed = 99;
        }
    }

    void aPauseInWhichNothingCameLeavesNothingToDraw()
    {
        QVERIFY(!FrozenPicture({}).thaw());
    }
};

QTEST_GUILESS_MAIN(tst_FrozenPicture)
#include "tst_FrozenPicture.moc"
