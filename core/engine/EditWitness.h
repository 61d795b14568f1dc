// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/EditEffect.h"

#include <functional>
#include <set>

namespace rateguard {

// What the decisions that we heard tell of edits that were made while we listened: of a key's edit by the key, of a limit's
// by its policy, in whole seconds. A minute before the edit, and after it until another edit takes its place, it ends, or
// ten minutes are over; seconds in which we could not listen count for neither side, nor does the silence before traffic
// began. So an edit that held for seconds only has an effect as well, and one key's does not drown in its policy.
//
// What the turn of a single key did is never told of its policy's limit: a key that turned close to the edit is left out on
// both sides, and any other turn ends what is measured, as does that of a key which we cannot tell apart.
//
// At most `capacity` edits, the newest, 11 KB each while they are watched. Not thread-safe; lives on the feed thread.
class EditWitness
{
public:
    static constexpr std::size_t capacity = 100;
    static constexpr std::chrono::seconds before {60};
    static constexpr std::chrono::minutes reach {10};
    static constexpr std::chrono::seconds enough {5}; // after the edit; less tells nothing
    static constexpr std::chrono::seconds late {2}; // that seconds come, at least
    static constexpr std::chrono::seconds close {20}; // less is too little on either side
    static constexpr std::size_t maxWithout = 20; // keys that are left out of an effect

    // The last seconds of what an edit touched, oldest first, gaps marked; empty: nothing is known of it.
    using Seconds = std::function<std::vector<SecondCounts>(const std::string &policy, const std::optional<std::string> &key)>;

    // Looks at what came since the last time; `entries` are all edits that are known, newest first. To be called at least
    // every minute, as `seconds` reach back about two. O(entries) for each edit that is watched.
    void look(const std::vector<AuditEntry> &entries, Instant now, const Seconds &seconds);
    bool isWatching() const; // some effect may still change
    // Null when nothing is known of it. Valid until the next call of look().
    const EditHistory::Effect *find(const AuditEntry &edit) const;

private:
    struct Second
    {
        std::int64_t second = 0;
        std::uint32_t rejected = 0;
        std::uint32_t requests = 0;
    };
    struct Watch
    {
        AuditEntry edit;
        std::vector<Second> seconds; // that were heard
        std::int64_t next = 0; // second
        EditHistory::Effect effect;
        bool isSettled = false;
        std::set<std::string> mixed {}; // keys that turned close to the edit and cannot be left out
    };

    void open(const std::vector<AuditEntry> &entries, Instant now);
    static void listen(Watch &watch, const std::vector<SecondCounts> &heard);
    static void leaveOut(Watch &watch, const std::vector<SecondCounts> &ofKey, std::int64_t from);
    static void leaveOut(Watch &watch, const std::vector<KeyTurn> &turns, Instant now, const Seconds &seconds);
    static void measure(Watch &watch, EditSpan span, const std::vector<KeyTurn> &turns, Instant now);

    std::vector<Watch> m_watches; // the oldest first
};

} // namespace rateguard
