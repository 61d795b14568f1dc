// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Decision.h"
#include "engine/LimitEdit.h"

#include <memory>
#include <vector>

namespace rateguard {

// A snapshot is a value: what the feed knew at one moment, for whoever draws it. Keys come as differences to
// the snapshot before (added, changed, removed), so its size follows what happened, not what exists.

enum class LinkState : std::uint8_t {
    Idle, // no server chosen yet
    Connecting,
    Live,
    Stale, // connected, but it does not answer
    Lost, // trying again by itself
    Refused, // needs a person: wrong password, missing rights, not a Redis
};

struct LinkStatus
{
    LinkState state = LinkState::Idle;
    std::string endpoint; // never holds a secret
    std::string server; // "Redis 7.0.15"
    std::string detail; // what went wrong and what now; while Live: trouble with the limits, mostly empty
    Duration retryIn {0};
    std::chrono::microseconds roundTrip {0};
    bool mayEdit = true; // false: this user may only watch
    bool neverReached = false; // since it was chosen: there is nothing from before to be seen

    friend bool operator==(const LinkStatus &, const LinkStatus &) = default;
};

struct Counts
{
    std::uint64_t allowed = 0;
    std::uint64_t rejected = 0;
    std::uint64_t wouldReject = 0; // admitted by shadow mode; not part of allowed
    std::uint64_t unchecked = 0; // admitted by services on their own while Redis was away; not part of the others

    std::uint64_t requests() const { return allowed + rejected + wouldReject; }
    Counts &operator+=(const Counts &other)
    {
        allowed += other.allowed;
        rejected += other.rejected;
        wouldReject += other.wouldReject;
        unchecked += other.unchecked;
        return *this;
    }
    friend bool operator==(const Counts &, const Counts &) = default;
};

// Per second, over the last few seconds.
struct Rates
{
    double allowed = 0;
    double rejected = 0;
    double wouldReject = 0;

    double requests() const { return allowed + rejected + wouldReject; }
    friend bool operator==(const Rates &, const Rates &) = default;
};

// One second of a chart. A gap is a second in which we could not listen: not the same as silence.
struct SecondCounts
{
    std::int64_t second = 0; // since 1970, server time
    std::uint32_t allowed = 0;
    std::uint32_t rejected = 0;
    std::uint32_t wouldReject = 0;
    bool gap = false;

    friend bool operator==(const SecondCounts &, const SecondCounts &) = default;
};

enum class KeyState : std::uint8_t { Quiet, Active, Near, Throttled, Shadowed };

struct KeyName
{
    std::uint32_t id = 0;
    std::string policy;
    std::string key; // bytes
};

struct KeyRow
{
    std::uint32_t id = 0; // of the KeyName; used again after a removal
    KeyState state = KeyState::Quiet;
    Rates rates;
    std::uint32_t used = 0; // of the window at the last decision; 0 once that window is over
    std::uint32_t limit = 0;
    Counts total; // since the key was first seen
    Instant lastSeen; // server time

    // 0 to 1, of the requests in the rates' few seconds; of all while quiet.
    double rejectedShare() const
    {
        const double now = rates.requests();
        const double ever = static_cast<double>(total.requests());
        return now > 0 ? rates.rejected / now : ever > 0 ? static_cast<double>(total.rejected) / ever : 0;
    }
};

struct PolicyRow
{
    std::string name;
    std::string text; // as Redis holds it; shown when `valid` is false
    bool valid = true;
    Rule rule;
    Rates rates;

    friend bool operator==(const PolicyRow &, const PolicyRow &) = default;
};

struct Snapshot
{
    LinkStatus link;
    Instant now; // server time
    bool started = false; // at least one event or one list of limits has come

    Rates rates;
    Counts total; // since the program began to listen
    std::vector<SecondCounts> all; // oldest first, whole seconds only
    bool selectedKnown = false;
    std::vector<SecondCounts> selected; // of the key asked for

    bool keysReset = false; // forget every key before applying the rest
    std::vector<std::uint32_t> removed;
    std::vector<KeyName> added;
    std::vector<KeyRow> changed;
    std::uint64_t keysKnown = 0;
    Rates otherRates; // of keys beyond the cap, which are counted but not listed
    std::uint64_t otherRequests = 0;

    bool policiesChanged = false;
    std::vector<PolicyRow> policies; // by name; all of them, always
    std::vector<std::string> lostLimits; // limits that Redis forgot (restart without persistence): they can be restored

    std::vector<EditOutcome> edits; // news since the snapshot before
    std::uint64_t batchesLost = 0;
    std::uint64_t messagesMalformed = 0;
    Duration lag {0}; // from decision to here, of the latest event
};

using SnapshotPtr = std::shared_ptr<const Snapshot>;

// What whoever draws wants to see in the next snapshot.
struct SnapshotRequest
{
    bool hasSelected = false;
    std::string selectedPolicy;
    std::string selectedKey;
    bool allKeysAgain = false; // a new reader: send every key as added
};

} // namespace rateguard
