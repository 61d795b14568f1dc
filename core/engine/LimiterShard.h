// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/KeyHash.h"
#include "engine/KeyIndex.h"
#include "engine/KeyUsage.h"

#include <atomic>
#include <string>
#include <unordered_map>

namespace rateguard {

// A part of a Limiter's keys, and a copy of all its rules. Names are "policy:key". Not thread-safe: the Limiter locks it.
class LimiterShard
{
public:
    // `held` counts the keys of all shards.
    LimiterShard(const KeyHash &hash, std::size_t maxKeys, std::atomic<std::size_t> &held);

    void setRule(std::string_view policy, const Rule &rule);

    // Nothing when the policy has no rule. `isFull`: the key is new and there is no room for it; nothing was counted.
    std::optional<Decision> decide(std::string_view name, std::size_t policySize, std::size_t hash, Instant now, std::uint32_t cost, bool &isFull);
    std::optional<Decision> peek(std::string_view name, std::size_t policySize, std::size_t hash, Instant now, std::uint32_t cost) const;
    // False when there is no such policy, or no room.
    bool setOverride(std::string_view name, std::size_t policySize, std::size_t hash, const std::optional<Override> &override, Instant now);
    bool reset(std::string_view name, std::size_t policySize, std::size_t hash);

    // Lets go of a few keys that nothing is known of any more, and says when the next one may leave.
    std::optional<Instant> letGo(Instant now);

private:
    static constexpr std::uint32_t none = KeyIndex::none;

    // Short names stand in the key itself: looking at another place in memory costs as much as all the rest.
    struct Key
    {
        std::array<char, 36> shortName;
        std::uint32_t nameSize = 0;
        std::uint32_t policySize = 0;
        std::uint32_t policy = 0;
        Instant due; // its appointment; one that says otherwise is of the past
        KeyUsage usage;
        std::unique_ptr<Override> override;
        std::unique_ptr<char[]> longName;

        std::string_view name() const { return {nameSize > shortName.size() ? longName.get() : shortName.data(), nameSize}; }
        void setName(std::string_view name);
        bool isOver(Instant now) const { return usage.isIdle(now) && (!override || override->isOver(now)); }
        Instant endsAfter() const;
    };

    // When a key may be let go. It may live longer by now, and gets a new appointment then.
    struct Appointment
    {
        Instant at;
        std::uint32_t key = 0;

        bool operator<(const Appointment &other) const { return at > other.at; } // the earliest on top of a heap
    };

    std::uint32_t find(std::string_view name, std::size_t policySize, std::size_t hash) const;
    std::optional<std::uint32_t> findPolicy(std::string_view name, std::size_t policySize) const;
    bool hasRoom(Instant now);
    Key &add(std::string_view name, std::size_t policySize, std::size_t hash, std::uint32_t policy);
    void meet(std::uint32_t id); // when it ends; without an end, not at all

    const KeyHash &m_hash;
    std::size_t m_maxKeys; // of all shards together
    std::atomic<std::size_t> &m_held;
    std::unordered_map<std::string, std::uint32_t, KeyHash, std::equal_to<>> m_policies;
    std::vector<Rule> m_rules;
    KeyIndex m_index;
    std::vector<Key> m_keys;
    std::vector<std::uint32_t> m_free;
    std::vector<Appointment> m_appointments; // a heap; one for each key held
};

} // namespace rateguard
