// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/Limiter.h"

#include <algorithm>

namespace rateguard {

Limiter::Limiter(std::size_t maxKeys)
    : m_maxKeys(maxKeys)
{
}

bool Limiter::setRule(std::string_view policy, const Rule &rule)
{
    const auto &[count, window] = rule.limit;
    if (!isPolicyName(policy) || count < 1 || count > Limit::maxCount || window < Duration(1) || window > Limit::maxWindow) {
        return false;
    }
    const auto known = m_policies.find(policy);
    if (known != m_policies.end()) {
        m_rules[known->second] = rule;
    } else {
        m_policies.emplace(policy, static_cast<std::uint32_t>(m_rules.size()));
        m_rules.push_back(rule);
    }
    return true;
}

std::optional<Decision> Limiter::decide(std::string_view policy, std::string_view key, Instant now, std::uint32_t cost)
{
    if (cost < 1 || cost > SlidingLog::maxCost) {
        return std::nullopt;
    }
    m_name.assign(policy).append(1, ':').append(key);
    const auto hash = m_hash(m_name);
    const auto known = m_index.find(hash, [&](std::uint32_t id) {
        return m_keys[id].policySize == policy.size() && m_keys[id].name() == m_name;
    });
    if (known != none) {
        return m_keys[known].log.decide(m_rules[m_keys[known].policy], now, cost);
    }
    const auto found = m_policies.find(policy);
    if (found == m_policies.end()) {
        return std::nullopt;
    }
    return decideNew(found->second, hash, policy, now, cost);
}

Decision Limiter::decideNew(std::uint32_t policy, std::size_t hash, std::string_view policyName, Instant now, std::uint32_t cost)
{
    const auto &rule = m_rules[policy];
    SlidingLog log;
    auto decision = log.decide(rule, now, cost);
    if (log.size() == 0) {
        return decision; // nothing was counted, so there is nothing to keep
    }
    letGo(now);
    if (m_index.size() >= m_maxKeys) {
        const auto wait = m_appointments.empty() ? rule.limit.window
                                                 : std::chrono::ceil<Duration>(m_appointments.front().at - now) + Duration(1);
        decision.verdict = rule.mode == Mode::Shadow ? Verdict::WouldReject : Verdict::Rejected;
        decision.remaining = 0;
        decision.retryAfter = decision.resetAfter = std::max(wait, Duration(1));
        return decision;
    }
    auto id = static_cast<std::uint32_t>(m_keys.size());
    if (m_free.empty()) {
        m_keys.emplace_back();
    } else {
        id = m_free.back();
        m_free.pop_back();
    }
    meet({log.endsAfter(), id});
    auto &key = m_keys[id];
    key.text = std::make_unique_for_overwrite<char[]>(m_name.size());
    std::copy(m_name.begin(), m_name.end(), key.text.get());
    key.textSize = static_cast<std::uint32_t>(m_name.size());
    key.policySize = static_cast<std::uint32_t>(policyName.size());
    key.policy = policy;
    key.log = std::move(log);
    m_index.insert(hash, id);
    return decision;
}

// Whoever let go of a log early would forget what it admitted. A few at a time, so that no new key waits for a crowd to
// leave; more than one, so that leaving is faster than coming.
void Limiter::letGo(Instant now)
{
    for (int few = 0; few < 4 && !m_appointments.empty() && m_appointments.front().at + Duration(1) <= now; ++few) {
        std::pop_heap(m_appointments.begin(), m_appointments.end());
        const auto id = m_appointments.back().key;
        m_appointments.pop_back();
        auto &key = m_keys[id];
        if (!key.log.isIdle(now)) {
            meet({key.log.endsAfter(), id});
            continue;
        }
        m_index.erase(m_hash(key.name()), id);
        key = {};
        m_free.push_back(id);
    }
}

void Limiter::meet(Appointment appointment)
{
    m_appointments.push_back(appointment);
    std::push_heap(m_appointments.begin(), m_appointments.end());
}

} // namespace rateguard
