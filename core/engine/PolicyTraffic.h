// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/HistoryPool.h"
#include "engine/KeyHash.h"
#include "engine/KeyIndex.h"
#include "engine/RateWindow.h"

#include <string>

namespace rateguard {

// The rates of each policy, for at most `capacity` of them; what comes for others is not counted here. The first maxHistories of
// them have the last two minutes in seconds as well.
// A policy that no key holds on to and that nobody used for a while is forgotten. Not thread-safe.
class PolicyTraffic
{
public:
    static constexpr std::uint32_t none = KeyIndex::none;

    static constexpr std::size_t maxHistories = 256; // half a MB

    explicit PolicyTraffic(std::size_t capacity);

    std::uint32_t find(std::string_view name) const;
    std::uint32_t findOrAdd(std::string_view name); // none: there are too many
    // Of none it only notes that something came.
    void record(std::uint32_t policy, Instant at, Verdict verdict);

    // A key of this policy came or went. Both accept none.
    void hold(std::uint32_t policy);
    void release(std::uint32_t policy);

    Rates rates(std::string_view name, Instant now, const Listening &listening) const;
    const TrafficHistory *history(std::string_view name); // null: none is kept of it
    void forgetUnused(Instant now, Duration idle); // O(policies)
    std::size_t size() const { return m_index.size(); }
    Instant crowded() const { return m_crowded; } // when last something came that was not counted

private:
    struct Policy
    {
        std::string name; // empty: the place is free
        RateWindow window;
        Instant lastSeen;
        std::uint32_t keys = 0;
        std::uint32_t history = HistoryPool::none;
    };

    std::size_t m_capacity;
    KeyHash m_hash;
    KeyIndex m_index;
    std::vector<Policy> m_policies;
    Instant m_crowded;
    std::vector<std::uint32_t> m_free;
    HistoryPool m_histories {maxHistories};
};

} // namespace rateguard
