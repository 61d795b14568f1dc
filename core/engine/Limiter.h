// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/KeyHash.h"
#include "engine/KeyIndex.h"
#include "engine/SlidingLog.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace rateguard {

// The limiter inside one process: the same exact decisions as Redis, for a program that needs no second one to agree with.
//
// Memory is bounded: a key is let go one window after its last admitted request (noticed when new keys come), and at
// most `maxKeys` are held. A new key beyond that is refused rather than let in uncounted, or counted at the cost of
// another key's log: the limit is never exceeded, not even under a flood of invented names. Size maxKeys for the keys that are
// active within one window, about 160 bytes each with a short name, and 4 to 8 more for each admitted unit of cost.
//
// Not thread-safe: one limiter per thread, or a lock around it. A known key costs one hash, no allocation but for the
// growth of its log.
class Limiter
{
public:
    explicit Limiter(std::size_t maxKeys = 1'000'000);

    // Acts on the very next request. False when the name or the limit is none that Redis would take: nothing changed then.
    bool setRule(std::string_view policy, const Rule &rule);

    // Nothing when the policy has no rule or the cost is not 1 to SlidingLog::maxCost.
    // A key that was refused for want of room may ask again after the first held key ends, which is its retryAfter.
    std::optional<Decision> decide(std::string_view policy, std::string_view key, Instant now, std::uint32_t cost = 1);

    std::size_t size() const { return m_index.size(); } // keys held

private:
    static constexpr std::uint32_t none = KeyIndex::none;

    struct Key
    {
        std::unique_ptr<char[]> text; // policy, ':', key
        std::uint32_t textSize = 0;
        std::uint32_t policySize = 0;
        std::uint32_t policy = 0;
        SlidingLog log;

        std::string_view name() const { return {text.get(), textSize}; }
    };

    // When a key may be let go. It may live longer by now, and gets a new appointment then.
    struct Appointment
    {
        Instant at;
        std::uint32_t key = 0;

        bool operator<(const Appointment &other) const { return at > other.at; } // the earliest on top of a heap
    };

    Decision decideNew(std::uint32_t policy, std::size_t hash, std::string_view policyName, Instant now, std::uint32_t cost);
    void letGo(Instant now);
    void meet(Appointment appointment);

    std::size_t m_maxKeys;
    KeyHash m_hash;
    std::unordered_map<std::string, std::uint32_t, KeyHash, std::equal_to<>> m_policies;
    std::vector<Rule> m_rules;
    KeyIndex m_index;
    std::vector<Key> m_keys;
    std::vector<std::uint32_t> m_free;
    std::vector<Appointment> m_appointments; // a heap; one for each key held
    std::string m_name; // memory for names, used again
};

} // namespace rateguard
