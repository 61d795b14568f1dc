// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/LimiterShard.h"
#include "engine/SpinLock.h"

#include <array>
#include <mutex>

namespace rateguard {

// The limiter inside one process: the same decisions as Redis, for a program that needs no second one to agree with.
//
// Memory is bounded: a key is let go two windows after its oldest counted request at the latest (noticed when new keys come), and
// about `maxKeys` are held (threads that come at the same moment may each add one). A new key beyond that is refused rather than let in
// uncounted, or counted at the cost of another key's log: the limit is never exceeded, not even under a flood of invented
// names. Size maxKeys for the keys that are active within two windows, about 200 bytes each with a short name, and 4 to 8
// more for each admitted unit of cost (a bucket: 300 bytes for each window).
//
// Thread-safe: keys are spread over shards, each with a lock of its own. A known key costs one hash and one lock, and no
// allocation but for the growth of its log and for names of more than 200 bytes.
class Limiter
{
public:
    explicit Limiter(std::size_t maxKeys = 1'000'000);

    // Acts on the very next request. False when the name or the limit is none that Redis would take: nothing changed then.
    bool setRule(std::string_view policy, const Rule &rule);
    // A key's own limit, ban or exemption; nothing: none any more. False when it is none that Redis would take, there is no
    // such policy, or no room for the key.
    bool setOverride(std::string_view policy, std::string_view key, const std::optional<Override> &override, Instant now);

    // Nothing when the policy has no rule or the cost is not 1 to KeyUsage::maxCost.
    // A key that was refused for want of room may ask again after the first held key ends, which is its retryAfter.
    std::optional<Decision> decide(std::string_view policy, std::string_view key, Instant now, std::uint32_t cost = 1);
    // The same without counting; `remaining` is what is left without this request.
    std::optional<Decision> peek(std::string_view policy, std::string_view key, Instant now, std::uint32_t cost = 1) const;
    // Forgets what a key has used. False when nothing was known of it.
    bool reset(std::string_view policy, std::string_view key);

    std::size_t size() const { return m_held; } // keys held

private:
    static constexpr std::size_t shardCount = 32;

    // Each on cache lines of its own, or threads that use different ones would wait for each other all the same.
    struct alignas(128) Guarded
    {
        SpinLock mutex;
        std::unique_ptr<LimiterShard> shard;
    };

    template <typename Ask>
    auto inShard(std::string_view policy, std::string_view key, Ask ask) const; // ask(shard, name, hash), with its lock held
    Guarded &shardOf(std::size_t hash) const { return m_shards[hash >> 32 & (shardCount - 1)]; }
    Decision makeRoom(std::string_view name, std::size_t policySize, std::size_t hash, Instant now, std::uint32_t cost);

    std::atomic<std::size_t> m_held {0};
    KeyHash m_hash;
    mutable std::array<Guarded, shardCount> m_shards;
};

} // namespace rateguard
