// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/RevertPlan.h"

#include "format/RefusalText.h"
#include "format/Text.h"
#include "models/OverrideWords.h"
#include "models/RuleWords.h"

#include <QCoreApplication>

#include <algorithm>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::RevertPlan)
};

RevertPlan impossible(const QString &why)
{
    RevertPlan plan;
    plan.why = why;
    return plan;
}

RevertPlan ofLimit(const AuditEntry &edit, const Snapshot &snapshot)
{
    const auto row = std::find_if(snapshot.policies.begin(), snapshot.policies.end(), [&](const PolicyRow &it) { return it.name == edit.policy; });
    const bool listed = row != snapshot.policies.end();
    if (listed && !row->valid)
        return impossible(Words::tr("What Redis holds for this policy cannot be read. Set it anew on the page Limits."));
    std::vector<AuditEntry> edits;
    for (const AuditEntry &it : snapshot.history->entries) {
        if (!it.key && it.policy == edit.policy)
            edits.push_back(it);
    }
    const Rule now = listed ? row->rule : Rule();
    UndoRefusal refusal;
    RevertPlan plan;
    plan.limit = undoEdit(edits, now, edit.version, snapshot.now, &refusal);
    if (!plan.limit)
        return impossible(undoRefusalText(refusal));
    plan.size = sizeOf(inForce(now, snapshot.now), *plan.limit);
    plan.now = listed ? Words::tr("%1, v%2").arg(ruleText(now, snapshot.now)).arg(now.version) : Words::tr("no limit");
    if (plan.limit->unset) {
        plan.then = Words::tr("no limit");
        return plan;
    }
    plan.then = ruleText(Rule(plan.limit->limit, plan.limit->mode, 0));
    if (plan.limit->modeFor)
        plan.then += QLatin1Char(' ') + Words::tr("for %1, then %2").arg(timeLeft(*plan.limit->modeFor), modeText(now.modeAt(snapshot.now)));
    return plan;
}

// What holds for the key now; nothing, with the reason, when that is not known.
const Override *current(const AuditEntry &edit, const Snapshot &snapshot, QString *why)
{
    const OverrideList *list = snapshot.overrides.get();
    if (!list || !list->error.empty()) {
        *why = !list ? Words::tr("What holds for this key now has not been read yet. Wait a moment.")
                     : Words::tr("What holds for this key now could not be read: %1").arg(displayText(list->error, 300));
        return nullptr;
    }
    const auto found = std::find_if(list->all.begin(), list->all.end(), [&](const KeyOverride &it) { return it.policy == edit.policy && it.key == *edit.key; });
    if (found != list->all.end() && !found->value.isOver(snapshot.now))
        return &found->value;
    if (std::find(list->damaged.begin(), list->damaged.end(), edit.policy + ':' + *edit.key) != list->damaged.end())
        *why = Words::tr("What holds for this key now cannot be read. Set it anew on the page Details.");
    else if (found == list->all.end() && list->isCut)
        *why = Words::tr("Not all overrides were read, so it is not known what holds for this key now. Open the key instead.");
    return nullptr;
}

RevertPlan ofKey(const AuditEntry &edit, const Snapshot &snapshot)
{
    if (edit.isReset())
        return impossible(Words::tr("What a key had used is forgotten for good: a reset cannot be taken back."));
    QString why;
    const Override *now = current(edit, snapshot, &why);
    if (!why.isEmpty())
        return impossible(why);
    const auto before = parseOverride(edit.before);
    if (!before && !edit.before.empty())
        return impossible(Words::tr("What held for it before cannot be read. Open the key and set what you want instead."));
    const bool restores = before && !before->isOver(snapshot.now);
    if (!restores && !now)
        return impossible(before ? Words::tr("What held before has ended by now, and nothing holds for the key: there is nothing to revert.")
                                 : Words::tr("Nothing held for the key before, and nothing does now: there is nothing to revert."));
    // How a key is counted is its policy's matter, so limits that differ in that alone are the same.
    if (restores && now && now->kind == before->kind && now->until == before->until && ownLimitText(now->limit) == ownLimitText(before->limit))
        return impossible(Words::tr("It is already as it was before this edit: there is nothing to revert."));
    RevertPlan plan;
    OverrideEdit &back = plan.key.emplace();
    back.policy = edit.policy;
    back.key = *edit.key;
    back.expectedVersion = now ? now->version : 0;
    if (restores) {
        back.kind = before->kind;
        back.limit = before->limit;
        if (before->until)
            back.span = std::max(Duration(1), std::chrono::ceil<Duration>(*before->until - snapshot.now));
    }
    plan.now = now ? Words::tr("%1, %2").arg(overrideText(*now, snapshot.now), keyVersionText(now->version)) : Words::tr("no override");
    plan.then = overrideEditText(back);
    KeyStanding standing = keyStanding(snapshot, edit.policy, *edit.key);
    standing.own = now ? std::optional(*now) : std::nullopt;
    plan.size = sizeOf(standing, back);
    return plan;
}

} // namespace

RevertPlan RevertPlan::of(const AuditEntry &edit, const Snapshot &snapshot)
{
    if (!snapshot.history)
        return impossible(Words::tr("The history has not been read yet."));
    return edit.key ? ofKey(edit, snapshot) : ofLimit(edit, snapshot);
}

} // namespace rateguard
