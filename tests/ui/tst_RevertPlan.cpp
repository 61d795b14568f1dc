// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "KeyDesk.h"
#include "models/RevertPlan.h"

#include <QTest>

using namespace rateguard;

namespace {

RevertPlan plan(const KeyDesk &desk, std::size_t entry)
{
    return RevertPlan::of(desk.history.entries[entry], desk.snapshot());
}

void holds(KeyDesk &desk, const char *key, Override value)
{
    desk.overrides.all.push_back({"search", key, value});
}

} // namespace

class tst_RevertPlan : public QObject
{
    Q_OBJECT

private slots:
    void givesThePolicyBackWhatItHad()
    {
        const RevertPlan back = plan(KeyDesk(), 0);
        QVERIFY(back.limit && !back.key);
        QVERIFY(back.limit->limit == Limits(100, 1min));
        QCOMPARE(back.limit->expectedVersion.value(), 3ULL);
        QCOMPARE(back.now, QStringLiteral("60/min enforce, v3"));
        QCOMPARE(back.then, QStringLiteral("100/min enforce"));
        QCOMPARE(back.size, StepSize::Small);
    }

    void goesByWhatRedisHoldsNow()
    {
        KeyDesk desk;
        desk.policy.rule = {{500, 1min}, Mode::Shadow, 8};
        const RevertPlan back = plan(desk, 0);
        QCOMPARE(back.limit->expectedVersion.value(), 8ULL);
        QCOMPARE(back.now, QStringLiteral("500/min shadow, v8"));
        QCOMPARE(back.size, StepSize::Large); // to a fifth
        desk.policy.rule = {{100, 1min}, Mode::Enforce, 8};
        QVERIFY(!plan(desk, 0).isPossible());
        QVERIFY(plan(desk, 0).why.contains(QStringLiteral("Nothing to undo")));
    }

    void isMeasuredAgainstWhatIsInForce()
    {
        KeyDesk desk;
        desk.history.entries[0].before = "2 off log 60/60000";
        desk.policy.rule = {{60, 1min}, Mode::Off, 8};
        desk.policy.rule.until = KeyDesk::now - 1min;
        desk.policy.rule.after = Mode::Enforce;
        QVERIFY(plan(desk, 0).isPossible() && plan(desk, 0).size == StepSize::Large);
    }

    void aFirstLimitIsTakenAwayAndThatIsLarge()
    {
        KeyDesk desk;
        desk.history.entries[0].before.clear();
        const RevertPlan back = plan(desk, 0);
        QVERIFY(back.limit->unset);
        QCOMPARE(back.size, StepSize::Large);
        QCOMPARE(back.then, QStringLiteral("no limit"));
    }

    void whatCannotBeReadIsNotOverwritten()
    {
        KeyDesk desk;
        desk.policy.valid = false;
        QVERIFY(!plan(desk, 0).isPossible());
        desk.policy.valid = true;
        desk.history.entries[0].before = "what?";
        QVERIFY(plan(desk, 0).why.contains(QStringLiteral("cannot be read")));
    }

    void givesAKeyBackWhatItHadForTheTimeItWouldStillHaveHad()
    {
        KeyDesk desk;
        desk.history.entries[1].before = "1 ban 1000600000"; // 10 min from now
        const RevertPlan back = plan(desk, 1);
        QVERIFY(back.key && !back.limit);
        QVERIFY(back.key->kind == Override::Kind::Ban);
        QVERIFY(back.key->span == Duration(10min));
        QCOMPARE(back.key->expectedVersion.value(), 0ULL); // lifted: nothing is there
        QCOMPARE(back.now, QStringLiteral("no override"));
        QCOMPARE(back.then, QStringLiteral("banned for 10 min"));
        QCOMPARE(back.size, StepSize::Large);
    }

    void takesAwayWhatAKeyDidNotHave()
    {
        KeyDesk desk;
        holds(desk, "other", {Override::Kind::Ban, {}, std::nullopt, 1});
        const RevertPlan back = plan(desk, 2);
        QVERIFY(back.key && !back.key->kind);
        QCOMPARE(back.key->expectedVersion.value(), 1ULL);
        QCOMPARE(back.now, QStringLiteral("banned until lifted, k1"));
        QCOMPARE(back.then, QStringLiteral("no override"));
        QCOMPARE(back.size, StepSize::Medium); // it opens
    }

    void whatHasEndedIsNothing()
    {
        KeyDesk desk;
        holds(desk, "other", {Override::Kind::Ban, {}, KeyDesk::now - 1s, 1});
        QVERIFY(!plan(desk, 2).isPossible()); // nothing before, nothing now
        desk.history.entries[1].before = "1 ban 999000000";
        QVERIFY(plan(desk, 1).why.contains(QStringLiteral("ended")));
    }

    void whatIsThereAlreadyNeedsNoRevert()
    {
        KeyDesk desk;
        holds(desk, "scraper", {Override::Kind::Exempt, {}, std::nullopt, 5});
        QVERIFY(plan(desk, 1).why.contains(QStringLiteral("already")));
    }

    void aResetCannotBeTakenBack()
    {
        KeyDesk desk;
        desk.history.entries[1].after = "reset";
        QVERIFY(plan(desk, 1).why.contains(QStringLiteral("for good")));
    }

    void nothingIsSentOnAGuess()
    {
        KeyDesk desk;
        Snapshot snapshot = desk.snapshot();
        snapshot.overrides.reset();
        QVERIFY(!RevertPlan::of(desk.history.entries[1], snapshot).isPossible());
        desk.overrides.error = "Redis went away.";
        QVERIFY(plan(desk, 1).why.contains(QStringLiteral("Redis went away")));
        desk.overrides.error.clear();
        desk.overrides.isCut = true;
        QVERIFY(!plan(desk, 1).isPossible());
        desk.overrides.isCut = false;
        desk.overrides.damaged = {"search:scraper"};
        QVERIFY(!plan(desk, 1).isPossible());
        desk.overrides.damaged.clear();
        QVERIFY(plan(desk, 1).isPossible());
    }
};

QTEST_GUILESS_MAIN(tst_RevertPlan)
#include "tst_RevertPlan.moc"
