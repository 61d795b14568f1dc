// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/KeyStanding.h"

#include <algorithm>

namespace rateguard {
namespace {

std::optional<Override> ownOf(const Snapshot &snapshot, const std::string &policy, const std::string &key)
{
    if (const KeyDetail *detail = snapshot.detail.get(); detail && detail->policy == policy && detail->key == key)
        return detail->override;
    if (!snapshot.overrides)
        return std::nullopt;
    const auto &all = snapshot.overrides->all;
    const auto found = std::find_if(all.begin(), all.end(), [&](const KeyOverride &it) { return it.policy == policy && it.key == key; });
    return found == all.end() ? std::nullopt : std::optional(found->value);
}

double admittedOf(const Snapshot &snapshot, const std::string &policy, const std::string &key)
{
    const auto in = [&](const auto &rows) -> const KeyRow * {
        const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto &it) { return it.policy == policy && it.key == key; });
        return found == rows.end() ? nullptr : &found->row;
    };
    const KeyDetail *detail = snapshot.detail.get();
    const KeyRow *row = detail && detail->policy == policy && detail->key == key ? &detail->row : in(snapshot.table.held);
    row = row ? row : in(snapshot.offenders);
    row = row ? row : in(snapshot.nearLimit);
    return row ? row->rates.allowed + row->rates.wouldReject : 0;
}

} // namespace

KeyStanding keyStanding(const Snapshot &snapshot, const std::string &policy, const std::string &key)
{
    KeyStanding standing;
    standing.own = ownOf(snapshot, policy, key);
    if (standing.own && standing.own->isOver(snapshot.now))
        standing.own.reset();
    const auto row = std::find_if(snapshot.policies.begin(), snapshot.policies.end(), [&](const PolicyRow &it) { return it.name == policy; });
    if (row != snapshot.policies.end() && row->valid) {
        standing.policy = row->rule.limit;
        standing.isEnforced = row->rule.modeAt(snapshot.now) == Mode::Enforce;
    }
    standing.admitted = admittedOf(snapshot, policy, key);
    return standing;
}

void keepStandings(Snapshot &kept, const Snapshot &latest)
{
    kept.now = latest.now;
    kept.policies = latest.policies;
    kept.overrides = latest.overrides;
    kept.detail = latest.detail;
    kept.table.held = latest.table.held;
    kept.offenders = latest.offenders;
    kept.nearLimit = latest.nearLimit;
}

} // namespace rateguard
