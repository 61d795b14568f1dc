// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/LimitWatch.h"

#include <algorithm>
#include <utility>

namespace rateguard {
namespace {

template<typename T> bool see(std::optional<T> &known, LimitSources::Sight<T> &seen, const std::optional<T> &value, bool isFirst, Instant now)
{
    if (!isFirst && value == known)
        return false;
    seen = {now, !isFirst, isFirst ? std::nullopt : known};
    known = value;
    return true;
}

} // namespace

void LimitWatch::setKey(const std::string &policy, const std::string &key)
{
    *this = {};
    m_policy = policy;
    m_key = key;
}

bool LimitWatch::take(const Snapshot &snapshot)
{
    const bool isFirst = std::exchange(m_again, false);
    const auto row = std::find_if(snapshot.policies.begin(), snapshot.policies.end(), [this](const PolicyRow &it) { return it.name == m_policy; });
    const bool holds = row != snapshot.policies.end() && row->valid;
    bool isOther = see(m_rule, m_ruleSeen, holds ? std::optional(row->rule) : std::nullopt, isFirst, snapshot.now);
    const bool knew = m_knowsOverride;
    const std::optional<Override> before = m_override;
    lookAtOverride(snapshot);
    if (m_knowsOverride != knew || m_override != before) {
        m_overrideSeen = {snapshot.now, knew && m_knowsOverride, before};
        isOther = true;
    }
    isOther |= m_history != snapshot.history;
    m_history = snapshot.history;
    if (!isOther)
        return false;
    LimitSources sources;
    sources.history = m_history.get();
    sources.policy = m_policy;
    sources.key = m_key;
    sources.now = snapshot.now;
    sources.rule = m_rule;
    sources.ruleSeen = m_ruleSeen;
    sources.knowsOverride = m_knowsOverride;
    sources.override = m_override;
    sources.overrideSeen = m_overrideSeen;
    return std::exchange(m_course, limitCourse(sources)) != m_course || isFirst;
}

// From the key's details, which are the fresher, else from the list of all.
void LimitWatch::lookAtOverride(const Snapshot &snapshot)
{
    const auto isOurs = [this](const auto &it) { return it.policy == m_policy && it.key == m_key; };
    if (snapshot.detail && isOurs(*snapshot.detail) && snapshot.detail->error.empty()) {
        if (std::exchange(m_detail, snapshot.detail) == snapshot.detail)
            return;
        m_knowsOverride = true;
        m_override = snapshot.detail->override;
        return;
    }
    m_detail = nullptr;
    if (!snapshot.overrides || std::exchange(m_overrides, snapshot.overrides) == snapshot.overrides)
        return;
    const auto &all = snapshot.overrides->all;
    const auto found = std::find_if(all.begin(), all.end(), isOurs);
    const bool isListed = found != all.end();
    m_knowsOverride = isListed || (!snapshot.overrides->isCut && snapshot.overrides->error.empty());
    m_override = isListed ? std::optional(found->value) : std::nullopt;
}

} // namespace rateguard
