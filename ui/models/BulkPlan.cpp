// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/BulkPlan.h"

#include "format/Text.h"
#include "models/OverrideWords.h"
#include "models/RuleWords.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::BulkPlan)
};

BulkStep stepOf(const PolicyRow &policy, LimitEdit edit, Instant now)
{
    const Rule standing = inForce(policy.rule, now);
    edit.policy = policy.name;
    edit.expectedVersion = policy.rule.version;
    Rule after = standing;
    if (!edit.limit.empty())
        after.limit = edit.limit;
    if (!edit.keepMode) {
        after.mode = edit.mode;
        after.until = edit.modeFor ? std::optional(now + *edit.modeFor) : std::nullopt;
    }
    const StepSize size = sizeOf(standing, edit);
    return {displayText(policy.name, 64), ruleText(standing, now), ruleText(after, now), std::move(edit), size};
}

bool isOpenFor(const PolicyRow &policy, Duration span, Instant now)
{
    const Rule standing = inForce(policy.rule, now);
    return policy.valid && standing.mode != Mode::Enforce && (!standing.until || *standing.until >= now + span);
}

} // namespace

Limits scaled(const Limits &limit, double factor)
{
    Limits result;
    result.algorithm = limit.algorithm;
    for (const Limit &one : limit) {
        const double count = std::clamp(std::round(one.count * factor), 1.0, static_cast<double>(maxCount(limit.algorithm)));
        result.push({static_cast<std::uint32_t>(count), one.window});
    }
    return result;
}

std::vector<BulkStep> planEdit(const std::vector<PolicyRow> &policies, const BulkWish &wish, Instant now)
{
    std::vector<BulkStep> steps;
    for (const PolicyRow &policy : policies) {
        if (!policy.valid)
            continue;
        const Rule standing = inForce(policy.rule, now);
        LimitEdit edit;
        edit.reason = wish.reason;
        if (const Limits limit = scaled(standing.limit, wish.factor); limit != standing.limit)
            edit.limit = limit;
        const bool sameMode = !wish.mode || (*wish.mode == standing.mode && !standing.until);
        edit.keepMode = sameMode;
        if (!sameMode) {
            edit.mode = *wish.mode;
            if (*wish.mode != (standing.until ? standing.after : standing.mode)) // a mode can only end in another one
                edit.modeFor = wish.modeFor;
        }
        if (!edit.limit.empty() || !edit.keepMode)
            steps.push_back(stepOf(policy, std::move(edit), now));
    }
    return steps;
}

std::vector<PolicyRow> openLonger(const std::vector<PolicyRow> &policies, Duration span, Instant now)
{
    std::vector<PolicyRow> result;
    std::copy_if(policies.begin(), policies.end(), std::back_inserter(result), [&](const PolicyRow &policy) { return isOpenFor(policy, span, now); });
    return result;
}

std::vector<BulkStep> planKillSwitch(const std::vector<PolicyRow> &policies, Mode mode, Duration span, const std::string &reason, Instant now)
{
    std::vector<BulkStep> steps;
    for (const PolicyRow &policy : policies) {
        if (!policy.valid || isOpenFor(policy, span, now))
            continue;
        LimitEdit edit;
        edit.mode = mode;
        edit.modeFor = span;
        edit.reason = reason;
        steps.push_back(stepOf(policy, std::move(edit), now));
        steps.back().size = StepSize::Large; // shadow, too: of all policies
    }
    return steps;
}

std::vector<PolicyRow> letThrough(const std::vector<PolicyRow> &policies, Instant now)
{
    std::vector<PolicyRow> result;
    std::copy_if(policies.begin(), policies.end(), std::back_inserter(result), [now](const PolicyRow &policy) {
        const Rule standing = inForce(policy.rule, now);
        return policy.valid && standing.until && standing.mode != Mode::Enforce;
    });
    return result;
}

std::vector<bool> setTogether(const std::vector<PolicyRow> &open)
{
    constexpr auto apart = std::chrono::seconds(5); // one edit after the other
    std::vector<bool> result;
    for (const PolicyRow &one : open)
        result.push_back(std::any_of(open.begin(), open.end(), [&one, apart](const PolicyRow &other) {
            return other.name != one.name && other.rule.mode == one.rule.mode && std::chrono::abs(*other.rule.until - *one.rule.until) < apart;
        }));
    if (std::find(result.begin(), result.end(), true) == result.end())
        result.assign(open.size(), true);
    return result;
}

std::vector<BulkStep> planEndNow(const std::vector<PolicyRow> &policies, const std::string &reason, Instant now)
{
    std::vector<BulkStep> steps;
    for (const PolicyRow &policy : letThrough(policies, now)) {
        LimitEdit edit;
        edit.mode = policy.rule.after;
        edit.reason = reason;
        steps.push_back(stepOf(policy, std::move(edit), now));
    }
    return steps;
}

std::vector<BulkStep> planLift(const std::vector<KeyOverride> &overrides, const std::string &reason, const Snapshot &latest)
{
    std::vector<BulkStep> steps;
    for (const KeyOverride &it : overrides) {
        OverrideEdit edit;
        edit.policy = it.policy;
        edit.key = it.key;
        edit.expectedVersion = it.value.version;
        edit.reason = reason;
        const QString name = Words::tr("%1 under %2").arg(displayText(it.key, 64), displayText(it.policy, 64));
        steps.push_back({name, overrideText(it.value), Words::tr("the policy's limit"), std::move(edit)});
        KeyStanding standing = keyStanding(latest, it.policy, it.key);
        standing.own = it.value;
        steps.back().size = sizeOf(standing, std::get<OverrideEdit>(steps.back().edit));
    }
    return steps;
}

StepSize sizeOf(const std::vector<BulkStep> &steps)
{
    StepSize largest = StepSize::Small;
    for (const BulkStep &step : steps)
        largest = std::max(largest, step.size);
    return sizeOfMany(steps.size(), largest);
}

} // namespace rateguard
