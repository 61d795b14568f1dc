// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/BulkPlan.h"

#include <QTest>

#include <set>

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

using State = BulkStep::State;
constexpr Instant now {100h};
constexpr LinkStatus away() { return {}; }

LinkStatus live()
{
    LinkStatus link;
    link.state = LinkState::Live;
    return link;
}

PolicyRow policy(const std::string &name, std::uint32_t count, Mode mode = Mode::Enforce, std::optional<Instant> until = std::nullopt)
{
    PolicyRow row;
    row.name = name;
    row.rule = {{count, 1min}, mode, 7};
    row.rule.until = until;
    return row;
}

BulkRun run(int count)
{
    std::vector<PolicyRow> policies;
    for (int i = 0; i < count; ++i)
        policies.push_back(policy("p" + std::to_string(100 + i), 60));
    BulkWish wish;
    wish.factor = 2;
    return {planEdit(policies, wish, now), 1000, "ada@oncall"};
}

Snapshot outcome(std::uint64_t id, EditOutcome::Status status)
{
    Snapshot snapshot;
    EditOutcome outcome;
    outcome.id = id;
    outcome.status = status;
    outcome.after = {{80, 1min}, Mode::Enforce, 9};
    outcome.message = "No space.";
    snapshot.edits.push_back(outcome);
    return snapshot;
}

const LimitEdit &editOf(const BulkStep &step)
{
    return std::get<LimitEdit>(step.edit);
}

} // namespace

class tst_BulkRun : public QObject
{
    Q_OBJECT

private slots:
    void atMostEightAreUnderWay()
    {
        BulkRun it = run(20);
        QVERIFY(it.due(away()).empty()); // not connected
        std::vector<BulkStep> due = it.due(live());
        QCOMPARE(due.size(), 8U);
        QVERIFY(it.due(live()).empty());
        QVERIFY(it.settle(outcome(1003, EditOutcome::Status::Applied)));
        due = it.due(live());
        QCOMPARE(due.size(), 1U);
        QCOMPARE(editOf(due[0]).id, 1008U);
        QCOMPARE(editOf(due[0]).policy, std::string("p108"));
        QCOMPARE(editOf(due[0]).author, std::string("ada@oncall"));
    }

    void everyStepIsSentOnceAndReported()
    {
        BulkRun it = run(20);
        std::set<std::uint64_t> sent;
        while (!it.isOver()) {
            const auto due = it.due(live());
            QVERIFY(!due.empty());
            for (const BulkStep &step : due)
                QVERIFY(sent.insert(editOf(step).id).second);
            for (const BulkStep &step : due)
                it.settle(outcome(editOf(step).id, EditOutcome::Status::Applied));
        }
        QCOMPARE(sent.size(), 20U);
        QCOMPARE(it.report(), QStringLiteral("20 of 20 applied"));
    }

    void eachOutcomeLooksDifferent()
    {
        BulkRun it = run(5);
        it.due(live());
        it.settle(outcome(1000, EditOutcome::Status::Applied));
        it.settle(outcome(1001, EditOutcome::Status::Conflict));
        it.settle(outcome(1002, EditOutcome::Status::Refused));
        it.settle(outcome(1003, EditOutcome::Status::Unknown));
        QCOMPARE(it.steps()[0].result, QStringLiteral("✓ applied, v9"));
        QCOMPARE(it.steps()[1].result, QStringLiteral("≠ changed meanwhile: 80/min enforce, v9"));
        QCOMPARE(it.steps()[2].result, QStringLiteral("✗ refused: No space."));
        QVERIFY(it.steps()[3].result.startsWith(QLatin1Char('?')));
        QVERIFY(it.steps()[4].result.startsWith(QStringLiteral("…")));
        QCOMPARE(it.report(), QStringLiteral("1 of 5 applied, 1 under way, ≠ 1 changed by others meanwhile, ✗ 1 refused, ? 1 unknown"));
        QVERIFY(!it.isOver());
    }

    void whatWasUnknownMayTurnOutToBeMade()
    {
        BulkRun it = run(1);
        it.due(live());
        it.settle(outcome(1000, EditOutcome::Status::Unknown));
        QVERIFY(it.isOver());
        it.settle(outcome(1000, EditOutcome::Status::Applied));
        QCOMPARE(it.report(), QStringLiteral("1 of 1 applied"));
    }

    void stoppedItSendsNothingMore()
    {
        BulkRun it = run(20);
        it.due(live());
        it.stop();
        for (std::uint64_t id = 1000; id < 1008; ++id)
            it.settle(outcome(id, EditOutcome::Status::Applied));
        QVERIFY(it.due(live()).empty());
        QVERIFY(it.isOver());
        QCOMPARE(it.report(), QStringLiteral("8 of 20 applied, – 12 not sent"));
        QVERIFY(!it.settle(outcome(1008, EditOutcome::Status::Applied))); // of somebody else
    }

    void anEditOfManyGoesAgainstWhatWasShown()
    {
        BulkWish wish;
        wish.factor = 0.5;
        wish.mode = Mode::Shadow;
        wish.modeFor = 10min;
        wish.reason = "sale";
        PolicyRow broken = policy("broken", 1);
        broken.valid = false;
        const auto steps = planEdit({policy("a", 60), broken, policy("b", 1)}, wish, now);
        QCOMPARE(steps.size(), 2U);
        QCOMPARE(steps[0].before, QStringLiteral("60/min enforce"));
        QCOMPARE(steps[0].after, QStringLiteral("30/min shadow (10 min left)"));
        const LimitEdit &edit = editOf(steps[0]);
        QVERIFY(edit.expectedVersion == std::uint64_t {7});
        QVERIFY(edit.limit == (Limit {30, 1min}));
        QVERIFY(edit.mode == Mode::Shadow && edit.modeFor == Duration(10min) && !edit.keepMode);
        QCOMPARE(edit.reason, std::string("sale"));
        QVERIFY(editOf(steps[1]).limit.empty()); // never below one: kept
    }

    void whatWouldNotChangeIsLeftAlone()
    {
        QVERIFY(planEdit({policy("a", 60)}, {}, now).empty());
        BulkWish wish;
        wish.mode = Mode::Enforce;
        wish.modeFor = 10min;
        QVERIFY(planEdit({policy("a", 60)}, wish, now).empty());
        const auto steps = planEdit({policy("a", 60, Mode::Off, now + 5min)}, wish, now); // back, for good
        QCOMPARE(steps.size(), 1U);
        QVERIFY(!editOf(steps[0]).modeFor);
        QVERIFY(editOf(steps[0]).limit.empty());
    }

    void countsStayWithinWhatALimitMayBe()
    {
        Limits limit {900'000, 1h};
        QCOMPARE(scaled(limit, 100).front().count, 1'000'000U);
        limit.algorithm = Algorithm::Bucket;
        QCOMPARE(scaled(limit, 100).front().count, 90'000'000U);
        QCOMPARE(scaled({3, 1min}, 0.5).front().count, 2U);
    }

    void theKillSwitchLeavesWhatIsOpenLongEnough()
    {
        const std::vector<PolicyRow> policies {policy("a", 60), policy("off", 60, Mode::Off), policy("soon", 60, Mode::Shadow, now + 5min),
                                               policy("long", 60, Mode::Off, now + 1h)};
        const auto steps = planKillSwitch(policies, Mode::Off, 15min, "down", now);
        QCOMPARE(steps.size(), 2U);
        QCOMPARE(steps[0].name, QStringLiteral("a"));
        QCOMPARE(steps[1].name, QStringLiteral("soon"));
        QCOMPARE(steps[0].size, StepSize::Large);
        QVERIFY(editOf(steps[0]).limit.empty()); // kept
        QVERIFY(editOf(steps[0]).modeFor == Duration(15min));
    }

    void itsEndBringsBackTheModeAfter()
    {
        const std::vector<PolicyRow> policies {policy("a", 60), policy("off", 60, Mode::Off), policy("timed", 60, Mode::Off, now + 5min),
                                               policy("over", 60, Mode::Off, now - 1min)};
        QCOMPARE(letThrough(policies, now).size(), 1U);
        const auto steps = planEndNow(policies, "back", now);
        QCOMPARE(steps.size(), 1U);
        QCOMPARE(steps[0].after, QStringLiteral("60/min enforce"));
        QVERIFY(editOf(steps[0]).mode == Mode::Enforce && !editOf(steps[0]).modeFor && !editOf(steps[0]).keepMode);
    }

    void overridesAreLiftedAsTheyWereShown()
    {
        const std::string odd("\xff\0key", 5);
        BulkRun it(planLift({{"search", odd, {Override::Kind::Ban, {}, std::nullopt, 12}}}, "over", Snapshot()), 50, "ada");
        const auto due = it.due(live());
        const auto &edit = std::get<OverrideEdit>(due.at(0).edit);
        QCOMPARE(edit.key, odd);
        QVERIFY(!edit.kind);
        QVERIFY(edit.expectedVersion == std::uint64_t {12});
        Snapshot snapshot;
        OverrideOutcome outcome;
        outcome.id = 50;
        outcome.status = EditOutcome::Status::Applied;
        outcome.version = 13;
        snapshot.keyEdits.push_back(outcome);
        QVERIFY(it.settle(snapshot));
        QVERIFY(it.isOver());
    }
};

QTEST_GUILESS_MAIN(tst_BulkRun)
#include "tst_BulkRun.moc"
