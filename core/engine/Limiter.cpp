// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/Limiter.h"

#include <algorithm>

namespace rateguard {

namespace {

// Memory for names, used again.
const std::string &nameOf(std::string_view policy, std::string_view key)
{
    thread_local std::string name;
    return name.assign(policy).append(1, ':').append(key);
}

} // namespace

Limiter::Limiter(std::size_t maxKeys)
{
    for (auto &guarded : m_shards) {
        guarded.shard = std::make_unique<LimiterShard>(m_hash, maxKeys, m_held);
    }
}

bool Limiter::setRule(std::string_view policy, const Rule &rule)
{
    if (!isPolicyName(policy) || !rule.limit.isValid()) {
        return false;
    }
    for (auto &guarded : m_shards) {
        const std::lock_guard lock(guarded.mutex);
        guarded.shard->setRule(policy, rule);
    }
    return true;
}

bool Limiter::setOverride(std::string_view policy, std::string_view key, const std::optional<Override> &override, Instant now)
{
    if (override && (override->kind == Override::Kind::Limit ? !override->limit.isValid() : !override->limit.empty())) {
        return false;
    }
    const auto &name = nameOf(policy, key);
    const auto hash = m_hash(name);
    auto &guarded = shardOf(hash);
    const std::lock_guard lock(guarded.mutex);
    return guarded.shard->setOverride(name, policy.size(), hash, override, now);
}

std::optional<Decision> Limiter::decide(std::string_view policy, std::string_view key, Instant now, std::uint32_t cost)
{
    if (cost < 1 || cost > KeyUsage::maxCost) {
        return std::nullopt;
    }
    const auto &name = nameOf(policy, key);
    const auto hash = m_hash(name);
    bool isFull = false;
    std::optional<Decision> decision;
    {
        auto &guarded = shardOf(hash);
        const std::lock_guard lock(guarded.mutex);
        decision = guarded.shard->decide(name, policy.size(), hash, now, cost, isFull);
    }
    return isFull ? makeRoom(name, policy.size(), hash, now, cost) : decision;
}

// Asks all shards to let go of what is over, one after the other, and tries once more.
Decision Limiter::makeRoom(const std::string &name, std::size_t policySize, std::size_t hash, Instant now, std::uint32_t cost)
{
    auto earliest = Instant::max();
    for (auto &guarded : m_shards) {
        const std::lock_guard lock(guarded.mutex);
        earliest = std::min(earliest, guarded.shard->letGo(now).value_or(Instant::max()));
    }
    bool isFull = false;
    Decision decision;
    {
        auto &guarded = shardOf(hash);
        const std::lock_guard lock(guarded.mutex);
        decision = *guarded.shard->decide(name, policySize, hash, now, cost, isFull);
    }
    if (isFull) {
        const auto wait = earliest == Instant::max() ? decision.window : std::chrono::ceil<Duration>(earliest - now) + Duration(1);
        decision.remaining = 0;
        decision.retryAfter = decision.resetAfter = std::max(wait, Duration(1));
    }
    return decision;
}

std::optional<Decision> Limiter::peek(std::string_view policy, std::string_view key, Instant now, std::uint32_t cost) const
{
    if (cost < 1 || cost > KeyUsage::maxCost) {
        return std::nullopt;
    }
    const auto &name = nameOf(policy, key);
    const auto hash = m_hash(name);
    auto &guarded = shardOf(hash);
    const std::lock_guard lock(guarded.mutex);
    return guarded.shard->peek(name, policy.size(), hash, now, cost);
}

bool Limiter::reset(std::string_view policy, std::string_view key)
{
    const auto &name = nameOf(policy, key);
    const auto hash = m_hash(name);
    auto &guarded = shardOf(hash);
    const std::lock_guard lock(guarded.mutex);
    return guarded.shard->reset(name, policy.size(), hash);
}

} // namespace rateguard
