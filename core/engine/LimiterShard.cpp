// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/LimiterShard.h"

#include <algorithm>

namespace rateguard {

namespace {

constexpr Instant endless = Instant::max();

} // namespace

void LimiterShard::Key::setName(std::string_view name)
{
    auto *to = shortName.data();
    if (name.size() > shortName.size()) {
        longName = std::make_unique_for_overwrite<char[]>(name.size());
        to = longName.get();
    }
    std::copy(name.begin(), name.end(), to);
    nameSize = static_cast<std::uint32_t>(name.size());
}

Instant LimiterShard::Key::endsAfter() const
{
    const auto overrideEnds = !override ? Instant() : override->until.value_or(endless);
    return std::max(usage.endsAfter(), overrideEnds);
}

LimiterShard::LimiterShard(const KeyHash &hash, std::size_t maxKeys, std::atomic<std::size_t> &held)
    : m_hash(hash)
    , m_maxKeys(maxKeys)
    , m_held(held)
{
}

void LimiterShard::setRule(std::string_view policy, const Rule &rule)
{
    const auto known = m_policies.find(policy);
    if (known != m_policies.end()) {
        m_rules[known->second] = rule;
    } else {
        m_policies.emplace(policy, static_cast<std::uint32_t>(m_rules.size()));
        m_rules.push_back(rule);
    }
}

std::uint32_t LimiterShard::find(std::string_view name, std::size_t policySize, std::size_t hash) const
{
    return m_index.find(hash, [&](std::uint32_t id) { return m_keys[id].policySize == policySize && m_keys[id].name() == name; });
}

std::optional<std::uint32_t> LimiterShard::findPolicy(std::string_view name, std::size_t policySize) const
{
    const auto found = m_policies.find(name.substr(0, policySize));
    return found == m_policies.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Decision> LimiterShard::decide(
    std::string_view name, std::size_t policySize, std::size_t hash, Instant now, std::uint32_t cost, bool &isFull)
{
    if (const auto known = find(name, policySize, hash); known != none) {
        auto &key = m_keys[known];
        return key.usage.decide(m_rules[key.policy], now, cost, key.override.get());
    }
    const auto policy = findPolicy(name, policySize);
    if (!policy) {
        return std::nullopt;
    }
    KeyUsage usage;
    auto decision = usage.decide(m_rules[*policy], now, cost);
    if (usage.isIdle(now)) {
        return decision; // nothing was counted, so there is nothing to keep
    }
    if (!hasRoom(now)) {
        isFull = true;
        decision.verdict = m_rules[*policy].modeAt(now) == Mode::Shadow ? Verdict::WouldReject : Verdict::Rejected;
        return decision;
    }
    auto &key = add(name, policySize, hash, *policy);
    key.usage = std::move(usage);
    meet(static_cast<std::uint32_t>(&key - m_keys.data()));
    return decision;
}

std::optional<Decision> LimiterShard::peek(
    std::string_view name, std::size_t policySize, std::size_t hash, Instant now, std::uint32_t cost) const
{
    if (const auto known = find(name, policySize, hash); known != none) {
        const auto &key = m_keys[known];
        return key.usage.peek(m_rules[key.policy], now, cost, key.override.get());
    }
    const auto policy = findPolicy(name, policySize);
    return policy ? std::optional(KeyUsage().peek(m_rules[*policy], now, cost)) : std::nullopt;
}

bool LimiterShard::setOverride(
    std::string_view name, std::size_t policySize, std::size_t hash, const std::optional<Override> &override, Instant now)
{
    auto known = find(name, policySize, hash);
    if (known == none) {
        const auto policy = findPolicy(name, policySize);
        if (!policy || !override) {
            return policy.has_value();
        }
        if (!hasRoom(now)) {
            return false;
        }
        known = static_cast<std::uint32_t>(&add(name, policySize, hash, *policy) - m_keys.data());
    }
    m_keys[known].override = override ? std::make_unique<Override>(*override) : nullptr;
    if (m_keys[known].endsAfter() != m_keys[known].due) {
        meet(known);
    }
    return true;
}

bool LimiterShard::reset(std::string_view name, std::size_t policySize, std::size_t hash)
{
    const auto known = find(name, policySize, hash);
    if (known == none) {
        return false;
    }
    m_keys[known].usage = {};
    return true;
}

bool LimiterShard::hasRoom(Instant now)
{
    letGo(now);
    return m_held < m_maxKeys;
}

LimiterShard::Key &LimiterShard::add(std::string_view name, std::size_t policySize, std::size_t hash, std::uint32_t policy)
{
    auto id = static_cast<std::uint32_t>(m_keys.size());
    if (m_free.empty()) {
        m_keys.emplace_back();
    } else {
        id = m_free.back();
        m_free.pop_back();
    }
    auto &key = m_keys[id];
    key.setName(name);
    key.policySize = static_cast<std::uint32_t>(policySize);
    key.policy = policy;
    m_index.insert(hash, id);
    ++m_held;
    return key;
}

// Whoever let go of a log early would forget what it admitted. A few at a time, so that no new key waits for a crowd to
// leave; more than one, so that leaving is faster than coming.
std::optional<Instant> LimiterShard::letGo(Instant now)
{
    for (int few = 0; few < 4 && !m_appointments.empty() && m_appointments.front().at <= now - Duration(1); ++few) {
        std::pop_heap(m_appointments.begin(), m_appointments.end());
        const auto [at, id] = m_appointments.back();
        m_appointments.pop_back();
        auto &key = m_keys[id];
        if (at != key.due) {
            continue; // it has another by now, or is somebody else
        }
        if (!key.isOver(now)) {
            meet(id);
            continue;
        }
        m_index.erase(m_hash(key.name()), id);
        key = {};
        m_free.push_back(id);
        --m_held;
    }
    return m_appointments.empty() ? std::nullopt : std::optional(m_appointments.front().at);
}

void LimiterShard::meet(std::uint32_t id)
{
    m_keys[id].due = m_keys[id].endsAfter();
    if (m_keys[id].due != endless) {
        m_appointments.push_back({m_keys[id].due, id});
        std::push_heap(m_appointments.begin(), m_appointments.end());
    }
}

} // namespace rateguard
