// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/PolicyTraffic.h"

#include <algorithm>

namespace rateguard {

PolicyTraffic::PolicyTraffic(std::size_t capacity)
    : m_capacity(capacity)
{
}

std::uint32_t PolicyTraffic::find(std::string_view name) const
{
    return m_index.find(m_hash(name), [&](std::uint32_t policy) { return m_policies[policy].name == name; });
}

std::uint32_t PolicyTraffic::findOrAdd(std::string_view name)
{
    auto policy = find(name);
    if (policy != none || name.empty() || m_index.size() >= m_capacity) {
        return policy;
    }
    if (m_free.empty()) {
        policy = static_cast<std::uint32_t>(m_policies.size());
        m_policies.emplace_back();
    } else {
        policy = m_free.back();
        m_free.pop_back();
    }
    m_policies[policy].name = name;
    m_policies[policy].history = m_histories.lend(policy);
    m_index.insert(m_hash(name), policy);
    return policy;
}

void PolicyTraffic::record(std::uint32_t policy, Instant at, Verdict verdict)
{
    if (policy == none) {
        m_crowded = std::max(m_crowded, at);
        return;
    }
    auto &one = m_policies[policy];
    one.window.record(at, verdict);
    const bool isFirst = one.lastSeen == Instant();
    one.lastSeen = std::max(one.lastSeen, at);
    if (one.history != HistoryPool::none) {
        if (isFirst && m_crowded >= std::chrono::floor<std::chrono::seconds>(at)) {
            m_histories[one.history].gap(Instant(), at + std::chrono::microseconds(1)); // others of this second were not counted
        }
        m_histories[one.history].record(at, verdict);
    }
}

void PolicyTraffic::hold(std::uint32_t policy)
{
    if (policy != none) {
        ++m_policies[policy].keys;
    }
}

void PolicyTraffic::release(std::uint32_t policy)
{
    if (policy != none) {
        --m_policies[policy].keys;
    }
}

Rates PolicyTraffic::rates(std::string_view name, Instant now, const Listening &listening) const
{
    const auto policy = find(name);
    return policy == none ? Rates() : m_policies[policy].window.rates(now, listening);
}

const TrafficHistory *PolicyTraffic::history(std::string_view name)
{
    const auto policy = find(name);
    return policy == none || m_policies[policy].history == HistoryPool::none ? nullptr : &m_histories[m_policies[policy].history];
}

void PolicyTraffic::forgetUnused(Instant now, Duration idle)
{
    m_crowded = std::min(m_crowded, now + std::chrono::seconds(1)); // a stamp from the future, as below
    for (std::size_t i = 0; i < m_policies.size(); ++i) {
        auto &policy = m_policies[i];
        policy.lastSeen = std::min(policy.lastSeen, now); // a stamp from the future must not keep it forever
        if (!policy.name.empty() && policy.keys == 0 && now - policy.lastSeen > idle) {
            const auto number = static_cast<std::uint32_t>(i);
            m_index.erase(m_hash(policy.name), number);
            if (policy.history != HistoryPool::none) {
                m_histories.giveBack(policy.history);
            }
            policy = {};
            m_free.push_back(number);
        }
    }
}

} // namespace rateguard
