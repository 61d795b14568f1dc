// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/KeyHash.h"
#include "engine/KeyIndex.h"
#include "engine/Snapshot.h"

namespace rateguard {

// The last rejection of each key, for as many keys as `capacity`; the one rejected longest ago goes first. Of what only
// would have been rejected, too. A name of more than longestName bytes is none that Redis reports, and is left out.
// Not thread-safe; lives on the feed thread. record() and find() are O(1); record() allocates only until the book is full.
// Below 200 bytes a key, and its name.
class RejectionBook
{
public:
    static constexpr std::size_t defaultCapacity = 20'000;
    static constexpr std::size_t longestName = 512; // of policy and key

    explicit RejectionBook(std::size_t capacity = defaultCapacity); // Requires: capacity > 0

    // Of events that admit nothing is kept.
    void record(const DecisionEvent &event)
    {
        if (event.verdict != Verdict::Allowed) {
            remember(event);
        }
    }
    // Nothing was heard before that time, or for a while until then.
    void listeningFrom(Instant at) { m_from = at; }
    // Nothing when no rejection is known. Valid until the next call of record().
    const Rejection *find(std::string_view policy, std::string_view key) const;
    std::size_t size() const { return m_index.size(); }

private:
    static constexpr std::uint32_t none = KeyIndex::none;

    struct Entry
    {
        std::string name; // policy, ':', key
        std::size_t hash = 0; // of the name
        Rejection rejection;
        std::uint32_t newer = none; // neighbours in the order of rejections
        std::uint32_t older = none;
    };

    void remember(const DecisionEvent &event);
    std::uint32_t find(std::size_t hash, std::string_view name) const;
    std::uint32_t place();
    void follow(Rejection &rejection, const Rejection *before) const;
    void link(std::uint32_t number);
    void unlink(std::uint32_t number);

    std::size_t m_capacity;
    Instant m_from;
    KeyHash m_hash;
    KeyIndex m_index;
    std::vector<Entry> m_entries;
    std::uint32_t m_newest = none;
    std::uint32_t m_oldest = none;
    std::string m_name; // memory for names, used again
};

} // namespace rateguard
