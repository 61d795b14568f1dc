// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/KeyHash.h"
#include "engine/KeyIndex.h"
#include "engine/Snapshot.h"

namespace rateguard {

// The last rejection of each key, for as many keys as `capacity`; the one rejected longest ago goes first. Of what only
// would have been rejected, too. A name of more than longestName bytes is none that Redis reports, and is left out.
//
// A run of rejections goes on until one of these: a minute without one (Rejection::calm); requests that were admitted one
// after the other for longer than the window that rejected, and 5 s at least, with no pause of half as long (who sends a burst and
// rests keeps its run); rejections of another kind; a limit of its own, a ban, or the end of one. An edit of the policy's limit is no end:
// who is rejected before and after it was rejected all the time.
//
// Not thread-safe; lives on the feed thread. All is O(1); record() allocates only until the book is full.
// Below 250 bytes a key, and its name.
class RejectionBook
{
public:
    static constexpr std::size_t defaultCapacity = 20'000;
    static constexpr std::size_t longestName = 512; // of policy and key

    explicit RejectionBook(std::size_t capacity = defaultCapacity); // Requires: capacity > 0

    // Of who was never rejected nothing is kept.
    void record(const DecisionEvent &event);
    // Somebody set or lifted something for this key alone: what comes later is another run.
    void changed(std::string_view policy, std::string_view key, Instant at);
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
        Instant admittedFrom; // after that: one after the other since then; all times are 0 when there were none
        Instant admittedUntil;
        Instant ended; // the latest end of a run by anything else than another rejection
        Why why = Why::Limit; // of what decided last
        std::uint32_t newer = none; // neighbours in the order of rejections
        std::uint32_t older = none;
    };

    void remember(const DecisionEvent &event, std::size_t hash, std::uint32_t number);
    void admit(const DecisionEvent &event, Entry &entry);
    bool name(std::string_view policy, std::string_view key); // into m_name; false: too long
    std::uint32_t find(std::size_t hash, std::string_view name) const;
    std::uint32_t place();
    static bool goesOn(const Entry &entry, const Rejection &next);
    static Duration patience(const Rejection &rejection); // so long it must be admitted before its run is over
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
