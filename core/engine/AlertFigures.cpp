// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/AlertFigures.h"

#include <algorithm>

namespace rateguard {
namespace {

using Part = AlertFigures::Part;

bool matches(const AlertRule &rule, const Part &part)
{
    switch (rule.scope) {
    case AlertScope::All: return true;
    case AlertScope::Policy: return globMatches(rule.pattern, part.policy);
    case AlertScope::Key: return globMatches(rule.pattern, part.policy + ':' + part.key);
    }
    return false;
}

double shareOf(const Rates &rates)
{
    return rates.rejected < AlertRule::leastRejections ? 0 : 100 * rates.rejected / rates.requests();
}

double nearOf(const AlertRule &rule, const AlertFigures &figures)
{
    if (rule.scope == AlertScope::All)
        return static_cast<double>(figures.nearCount);
    const auto count = std::count_if(figures.nearLimit.begin(), figures.nearLimit.end(), [&](const Part &part) { return matches(rule, part); });
    return static_cast<double>(count);
}

bool isSilent(const AlertRule &rule, const AlertFigures &figures, const Rates &rates, std::uint64_t decisionsBefore)
{
    if (rule.scope == AlertScope::All)
        return figures.decisions == decisionsBefore;
    return rates.requests() <= 0;
}

AlertReading withKey(double value, const AlertRule &rule, const std::vector<Part> &candidates)
{
    const auto first = std::find_if(candidates.begin(), candidates.end(), [&](const Part &part) { return matches(rule, part); });
    return first == candidates.end() ? AlertReading {value, {}, {}} : AlertReading {value, first->policy, first->key};
}

AlertReading rejecting(double value, const AlertRule &rule, const AlertFigures &figures)
{
    std::vector<Part> rejected; // without those that only would be
    std::copy_if(figures.offenders.begin(), figures.offenders.end(), std::back_inserter(rejected), [](const Part &part) { return part.rates.rejected > 0; });
    return withKey(value, rule, rejected);
}

} // namespace

Rates alertRates(const AlertRule &rule, const AlertFigures &figures)
{
    if (rule.scope == AlertScope::All)
        return figures.rates;
    Rates sum;
    for (const Part &part : rule.scope == AlertScope::Policy ? figures.policies : figures.offenders) {
        if (!matches(rule, part))
            continue;
        sum.allowed += part.rates.allowed;
        sum.rejected += part.rates.rejected;
        sum.wouldReject += part.rates.wouldReject;
    }
    return sum;
}

AlertFigures AlertFigures::of(const Snapshot &snapshot)
{
    AlertFigures figures;
    figures.live = snapshot.link.state == LinkState::Live;
    // Whoever is still asked for the password sees that there is no answer yet.
    if (snapshot.link.state != LinkState::Idle && !snapshot.link.neverReached)
        figures.away = !figures.live;
    figures.rates = snapshot.rates;
    figures.decisions = snapshot.total.requests();
    figures.nearCount = snapshot.nearCount;
    if (snapshot.health.eventLag)
        figures.lag = std::chrono::duration<double, std::milli>(*snapshot.health.eventLag).count();
    else if (snapshot.rates.requests() > 0) // of the latest event, and there are some
        figures.lag = static_cast<double>(snapshot.lag.count());
    for (const PolicyRow &policy : snapshot.policies)
        figures.policies.push_back({policy.name, {}, policy.rates});
    for (const RankedKey &key : snapshot.offenders)
        figures.offenders.push_back({key.policy, key.key, key.row.rates});
    for (const RankedKey &key : snapshot.nearLimit)
        figures.nearLimit.push_back({key.policy, key.key, key.row.rates});
    return figures;
}

AlertReading readAlert(const AlertRule &rule, const AlertFigures &figures, const Rates &rates, std::uint64_t decisionsBefore)
{
    if (rule.kind == AlertKind::Disconnected)
        return {figures.away ? std::optional(*figures.away ? 1.0 : 0.0) : std::nullopt, {}, {}};
    if (!figures.live)
        return {};
    switch (rule.kind) {
    case AlertKind::Rejections: return rejecting(rates.rejected, rule, figures);
    case AlertKind::RejectedShare: return rejecting(shareOf(rates), rule, figures);
    case AlertKind::NearLimit: return withKey(nearOf(rule, figures), rule, figures.nearLimit);
    case AlertKind::Silence: return {isSilent(rule, figures, rates, decisionsBefore) ? 1.0 : 0.0, {}, {}};
    case AlertKind::EventLag: return {figures.lag, {}, {}};
    case AlertKind::Disconnected: break;
    }
    return {};
}

} // namespace rateguard
