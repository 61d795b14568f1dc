// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/Limiter.h"

#include <algorithm>
#include <cstring>

namespace rateguard {

namespace {

// "policy:key", on the stack unless it is long.
class Name
{
public:
    Name(std::string_view policy, std::string_view key)
    {
        const auto size = policy.size() + 1 + key.size();
        char *to = m_short.data();
        if (size > m_short.size()) {
            m_long = std::make_unique_for_overwrite<char[]>(size);
            to = m_long.get();
        }
        text = {to, size};
        std::memcpy(to, policy.data(), policy.size());
        to[policy.size()] = ':';
        if (!key.empty()) {
            std::memcpy(to + policy.size() + 1, key.data(), key.size());
        }
    }
    Name(const Name &) = delete;
    Name &operator=(const Name &) = delete;

    std::string_view text;

private:
    std::array<char, 200> m_short;
    std::unique_ptr<char[]> m_long;
};

} // namespace

template <typename Ask>
auto Limiter::inShard(std::string_view policy, std::string_view key, Ask ask) const
{
    const Name name(policy, key);
    const auto hash = m_hash(name.text);
    auto &guarded = shardOf(hash);
    const std::lock_guard lock(guarded.mutex);
    return ask(*guarded.shard, name.text, hash);
}

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
    return inShard(policy, key, [&](LimiterShard &shard, std::string_view name, std::size_t hash) {
        return shard.setOverride(name, policy.size(), hash, override, now);
    });
}

std::optional<Decision> Limiter::decide(std::string_view policy, std::string_view key, Instant now, std::uint32_t cost)
{
    if (cost < 1 || cost > KeyUsage::maxCost) {
        return std::nullopt;
    }
    const Name whole(policy, key);
    const auto name = whole.text;
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
Decision Limiter::makeRoom(std::string_view name, std::size_t policySize, std::size_t hash, Instant now, std::uint32_t cost)
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
    return inShard(policy, key, [&](LimiterShard &shard, std::string_view name, std::size_t hash) {
        return shard.peek(name, policy.size(), hash, now, cost);
    });
}

bool Limiter::reset(std::string_view policy, std::string_view key)
{
    return inShard(policy, key, [&](LimiterShard &shard, std::string_view name, std::size_t hash) {
        return shard.reset(name, policy.size(), hash);
    });
}

} // namespace rateguard
