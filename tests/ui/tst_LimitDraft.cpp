// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/DraftWords.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;
using Status = EditOutcome::Status;

namespace {

constexpr Instant noon {std::chrono::hours(490'000)};

Rule shadowUntil(Instant until, std::uint64_t version = 3)
{
    Rule rule {{60, 1min}, Mode::Shadow, version};
    rule.until = until;
    rule.after = Mode::Enforce;
    return rule;
}

PolicyRow row(const Rule &rule)
{
    PolicyRow policy;
    policy.name = "search";
    policy.rule = rule;
    return policy;
}

void answer(LimitDraft &draft, const LimitEdit &edit, Status status, const Rule &after = {})
{
    EditOutcome outcome;
    outcome.id = edit.id;
    outcome.status = status;
    outcome.after = after;
    QVERIFY(draft.settle(outcome));
}

} // namespace

class tst_LimitDraft : public QObject
{
    Q_OBJECT

private slots:
    void saysBothLimitsInShortForm()
    {
        LimitDraft draft(row({{60, 1min}, Mode::Enforce, 3}), noon);
        draft.limit.push({1000, 1h});
        QCOMPARE(diffText(draft), QStringLiteral("60/min enforce → 60/min 1000/h enforce, v3 → v4"));
        draft.limit.algorithm = Algorithm::Bucket;
        QCOMPARE(diffText(draft), QStringLiteral("60/min enforce → bucket 60/min 1000/h enforce, v3 → v4"));
    }

    void anEditOfTheLimitLeavesARunningEndAlone()
    {
        LimitDraft draft(row(shadowUntil(noon + 7min)), noon);
        QVERIFY(!draft.isTouched());
        QCOMPARE(diffText(draft), QStringLiteral("60/min shadow (7 min left), v3"));
        draft.limit = {100, 1min};
        const LimitEdit edit = draft.submit(1, "ann");
        QVERIFY(edit.keepMode);
        QVERIFY(!edit.modeFor);
        Rule made = shadowUntil(noon + 7min, 4);
        made.limit = {100, 1min};
        answer(draft, edit, Status::Applied, made);
        QVERIFY(!draft.isTouched());
    }

    void aModeThatEndedIsNobodysEdit()
    {
        LimitDraft draft(row(shadowUntil(noon + 7min)), noon);
        draft.limit = {100, 1min};
        draft.pass(noon + 7min);
        draft.observe(row(shadowUntil(noon + 7min)));
        QVERIFY(draft.mode == Mode::Enforce);
        QVERIFY(!draft.until);
        QVERIFY(!draft.isOvertaken());
        QCOMPARE(diffText(draft), QStringLiteral("60/min enforce → 100/min enforce, v3 → v4"));
        QVERIFY(!draft.submit(1, "ann").keepMode);
    }

    void aModeThatEndedLeavesTheModeThatWasChosen()
    {
        LimitDraft draft(row(shadowUntil(noon + 7min)), noon);
        draft.wishMode(Mode::Off);
        draft.pass(noon + 8min);
        QVERIFY(draft.mode == Mode::Off);
        QVERIFY(!draft.isOvertaken());
    }

    void aNewEndIsSentAndThenRuns()
    {
        LimitDraft draft(row({{60, 1min}, Mode::Enforce, 3}), noon);
        draft.wishMode(Mode::Shadow);
        QVERIFY(draft.after() == Mode::Enforce);
        draft.modeFor = 10min;
        QCOMPARE(diffText(draft), QStringLiteral("60/min enforce → 60/min shadow for 10 min, v3 → v4"));
        const LimitEdit edit = draft.submit(1, "ann");
        QVERIFY(edit.mode == Mode::Shadow && edit.modeFor == Duration(10min) && !edit.keepMode);
        answer(draft, edit, Status::Applied, shadowUntil(noon + 10min, 4));
        QVERIFY(!draft.isTouched());
        QVERIFY(draft.until == noon + 10min);
        QCOMPARE(diffText(draft), QStringLiteral("60/min shadow (10 min left), v4"));
    }

    void aNewEndThatTurnsUpAfterALostReplyIsOurs()
    {
        LimitDraft draft(row({{60, 1min}, Mode::Enforce, 3}), noon);
        draft.wishMode(Mode::Shadow);
        draft.modeFor = 10min;
        answer(draft, draft.submit(1, "ann"), Status::Unknown);
        draft.observe(row(shadowUntil(noon + 10min, 4)));
        QVERIFY(!draft.isOvertaken());
        QVERIFY(!draft.isTouched());
    }

    void anEndGoesWithItsMode()
    {
        LimitDraft draft(row(shadowUntil(noon + 7min)), noon);
        draft.wishMode(Mode::Enforce);
        QVERIFY(!draft.until);
        QVERIFY(draft.isTouched());
        draft.wishMode(Mode::Shadow);
        QVERIFY(!draft.isTouched());
    }

    void keepingMineGivesItsEndTheTimeThatWasLeft()
    {
        LimitDraft draft(row(shadowUntil(noon + 7min)), noon);
        draft.limit = {100, 1min};
        draft.observe(row({{80, 1min}, Mode::Enforce, 4}));
        QVERIFY(draft.isOvertaken());
        draft.keepMine();
        QVERIFY(draft.modeFor == Duration(7min));
        QVERIFY(draft.mode == Mode::Shadow);
    }

    void whatWasTakenAwayCanBeMadeAnew()
    {
        LimitDraft draft(row({{60, 1min}, Mode::Enforce, 3}), noon);
        const LimitEdit edit = draft.submitUnset(1, "ann");
        QVERIFY(edit.unset && edit.limit.empty() && edit.expectedVersion == std::uint64_t {3});
        answer(draft, edit, Status::Applied, {{}, Mode::Enforce, 4});
        draft.observe(row({{60, 1min}, Mode::Enforce, 3})); // read before
        QVERIFY(draft.isGone());
        draft.observeGone();
        QVERIFY(draft.isIdle());
        QCOMPARE(diffText(draft), QStringLiteral("no limit → 60/min enforce"));
        QVERIFY(draft.isChanged());
        QVERIFY(draft.submit(2, "ann").expectedVersion == std::uint64_t {0});
    }

    void aDefaultThatComesBackIsFollowedAndTheOutcomeStays()
    {
        LimitDraft draft(row({{60, 1min}, Mode::Enforce, 3}), noon);
        answer(draft, draft.submitUnset(1, "ann"), Status::Applied, {{}, Mode::Enforce, 4});
        draft.observe(row({{100, 1min}, Mode::Enforce, 5}));
        QVERIFY(!draft.isGone());
        QCOMPARE(diffText(draft), QStringLiteral("100/min enforce, v5"));
        QVERIFY(draft.outcome().has_value());
        draft.observe(row({{90, 1min}, Mode::Enforce, 6}));
        QVERIFY(!draft.outcome().has_value());
    }

    void takingAwayWhatSomebodyTookAwayIsThatAlready()
    {
        LimitDraft draft(row({{60, 1min}, Mode::Enforce, 3}), noon);
        answer(draft, draft.submitUnset(1, "ann"), Status::Conflict);
        QVERIFY(draft.isGone());
        QVERIFY(!draft.isOvertaken());
    }

    void aLostAnswerIsWaitedForAfterTheLimitIsGone()
    {
        LimitDraft draft(row({{60, 1min}, Mode::Enforce, 3}), noon);
        const LimitEdit edit = draft.submitUnset(1, "ann");
        answer(draft, edit, Status::Unknown);
        draft.observeGone();
        QVERIFY(!draft.isOvertaken());
        QVERIFY(!draft.isIdle());
        answer(draft, edit, Status::Applied);
        draft.observeGone();
        QVERIFY(draft.isGone() && draft.isIdle());
    }

    void aLimitThatSomebodyTookAwayAsksWhoseToKeep()
    {
        LimitDraft draft(row({{60, 1min}, Mode::Enforce, 3}), noon);
        draft.limit = {100, 1min};
        draft.observeGone();
        QVERIFY(draft.isOvertaken());
        draft.keepMine();
        QVERIFY(!draft.isOvertaken());
        QCOMPARE(diffText(draft), QStringLiteral("no limit → 100/min enforce"));
        QVERIFY(draft.submit(1, "ann").expectedVersion == std::uint64_t {0});
    }
};

QTEST_GUILESS_MAIN(tst_LimitDraft)
#include "tst_LimitDraft.moc"
