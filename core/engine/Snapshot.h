// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/AuditEntry.h"
#include "engine/Decision.h"
#include "engine/OverrideEdit.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rateguard {

// A snapshot is a value: what the feed knew at one moment, for whoever draws it. Of all keys it holds the rows that were
// asked for (TableWish), so its size follows what is on screen, not what exists.

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
    bool mayEdit = true; // limits
    std::string rights {}; // what this user may not do, why and what now; empty: all is allowed
    bool asksPassword = false; // Refused, because user or password are missing or wrong
    bool neverReached = false; // since it was chosen: there is nothing from before to be seen
    bool mayOverride = true; // ban and exempt single keys, and give them limits of their own

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

// Why nothing is known of a time.
enum class GapCause : std::uint8_t {
    NotWatching, // before we began
    Disconnected,
    NoAnswer, // connected, but Redis did not answer
};

// One slice of a chart: `Snapshot::step` seconds long. A gap is a time in which we could not listen: not the same as silence.
struct SecondCounts
{
    std::int64_t second = 0; // its beginning, since 1970, server time
    std::uint32_t allowed = 0; // in the whole slice
    std::uint32_t rejected = 0;
    std::uint32_t wouldReject = 0;
    bool gap = false;
    GapCause cause = GapCause::NotWatching; // of the gap
    std::uint32_t unchecked = 0; // admitted by services on their own; known of all traffic only, not of one key
    bool byMinute = false; // from what Redis remembers of each minute, not from events: an average

    friend bool operator==(const SecondCounts &, const SecondCounts &) = default;
};

// How long a slice of a curve is that covers `span`: at most 600 of them.
constexpr std::chrono::seconds stepOf(std::chrono::seconds span)
{
    using namespace std::chrono_literals;
    return span <= 10min ? 1s : span <= 1h ? 10s : 60s;
}

// Banned or Exempt where it is; else the first that holds of Throttled, Shadowed, Near and Active.
enum class KeyState : std::uint8_t {
    Quiet, // no request in the rates' few seconds
    Active, // requests in them, all admitted
    Near, // at its last request much of the limit was used, and that still counts
    Throttled, // a request in the rates' few seconds was rejected
    Shadowed, // one of them would have been, and none was
    Banned, // and its policy rejects
    Exempt,
};

struct KeyRow
{
    std::uint32_t id = 0; // used again after a removal
    KeyState state = KeyState::Quiet;
    Rates rates;
    std::uint32_t used = 0; // of the window at the last decision; 0 once all that was admitted until then has left it
    std::uint32_t limit = 0;
    Counts total; // since the key was first seen
    Instant lastSeen; // server time
    std::uint32_t minuteRequests = 0; // in the last 45 to 60 seconds
    std::uint32_t minuteRejected = 0; // of them

    // 0 to 1, in the last minute; nothing when no request came in it.
    std::optional<double> rejectedShare() const
    {
        return minuteRequests == 0 ? std::nullopt : std::optional(static_cast<double>(minuteRejected) / minuteRequests);
    }
    double usedShare() const { return limit == 0 ? 0 : static_cast<double>(used) / limit; }
    friend bool operator==(const KeyRow &, const KeyRow &) = default;
};

// What one second of a key's last minute was.
struct MinuteSlice
{
    std::uint32_t allowed = 0; // or only watched
    std::uint32_t rejected = 0; // or would be
    bool gap = false; // we did not listen for all of it, or remember it: not the same as silence
    std::uint32_t shadowed = 0; // of `rejected`: would be
    friend bool operator==(const MinuteSlice &, const MinuteSlice &) = default;
};

// A row of the key table.
struct KeyEntry
{
    std::string policy;
    std::string key; // bytes
    KeyRow row;
    std::vector<MinuteSlice> minute; // 60 whole seconds, oldest first; empty: nothing is remembered of it
    bool gone = false; // the key was forgotten since the rows were last put in order
    friend bool operator==(const KeyEntry &, const KeyEntry &) = default;
};

// What the key table can be sorted by; Minute is a picture and cannot.
enum class KeyColumn : std::uint8_t { Policy, Key, Requests, Rejected, Used, RejectedShare, State, LastSeen, Minute };

// What the key table wants to show.
struct TableWish
{
    KeyColumn column = KeyColumn::Rejected;
    bool descending = true;
    std::string filter; // as it was typed, see KeyFilter
    std::uint32_t first = 0; // row
    std::uint32_t count = 0;
    bool frozen = false; // all keys as they were when this was first said, until it is said no more
    // All rows in pieces, for a file. A new number fixes the order; ask again with it for the row after the piece that came.
    std::uint32_t take = 0; // 0: none
    std::uint32_t takeFrom = 0;

    bool sameOrder(const TableWish &other) const
    {
        return column == other.column && descending == other.descending && filter == other.filter;
    }
};

// Why a filter is none.
struct FilterProblem
{
    enum class Kind : std::uint8_t { Pattern, Number, Field, State };
    Kind kind = Kind::Pattern;
    std::string filter; // all of it
    std::string word; // that is wrong
    std::uint32_t at = 0; // where in the filter, in characters from 1
    std::string detail; // of a pattern: what the engine of regular expressions says

    friend bool operator==(const FilterProblem &, const FilterProblem &) = default;
};

// A piece of all rows.
struct TakenRows
{
    std::uint32_t take = 0;
    std::uint32_t from = 0;
    std::uint32_t next = 0; // to be asked for
    std::uint32_t total = 0;
    bool lost = false; // the order is not known any more: begin again
    std::vector<KeyEntry> rows; // fewer where keys were forgotten
};

// What the key table shows.
struct TableView
{
    TableWish order; // that it is in; a filter that is a problem leaves the one before in force
    std::uint32_t rows = 0; // that fit the filter
    std::uint32_t first = 0; // of `held`
    std::vector<KeyEntry> held;
    std::int64_t selectedRow = -1; // of the key asked for; -1: not among the rows
    std::optional<FilterProblem> problem;
    std::shared_ptr<const TakenRows> taken;
};

// The last rejection of a key that we heard of.
struct Rejection
{
    Instant at;
    Limit limit; // the window that decided
    std::uint32_t used = 0;
    std::uint32_t cost = 1;
    std::optional<Duration> retryAfter = Duration(0); // as it was told; nothing: never
    std::uint64_t version = 0; // of the policy's limit
    Why why = Why::Limit;
    bool shadow = false; // only reported
    // The run of rejections that this one is the latest of: of one kind, reported or real, see RejectionBook.
    static constexpr Duration calm = std::chrono::minutes(1);
    Instant since; // its first
    bool orLonger = false; // it may have begun before: we did not listen then, or forgot the key
};

// A key with its figures, for the short lists of the overview.
struct RankedKey
{
    std::string policy;
    std::string key; // bytes
    KeyRow row;
    std::optional<Rejection> lastRejection {}; // of those who are rejected most
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

// The edits that Redis remembers, of limits and of single keys, with what they did.
struct EditHistory
{
    enum class Basis : std::uint8_t {
        Minutes, // of the whole policy, as Redis remembers them
        Policy, // decisions on it that we heard
        Key, // decisions on the key that we heard
    };
    struct End // of the time in which nothing else changed what the figures are of
    {
        enum class Cause : std::uint8_t {
            Edit, // somebody set something else
            Removal, // somebody lifted the key's own, or took the limit away
            Time, // something was set for a time that is over
        };
        Cause cause = Cause::Edit;
        bool isOfLimit = false; // the policy's limit was what changed: a key's own outlives that
        std::uint64_t version = 0; // that came; 0: a reset, which a key's own outlives as well
        std::chrono::seconds after {0}; // whole seconds from the edit
        std::optional<std::string> key {}; // another one of the policy, whose own edit or end this is; nothing: it touched the same

        friend bool operator==(const End &, const End &) = default;
    };
    struct Effect // what is known of the time around the edit
    {
        double rejectedBefore = 0; // per minute
        double rejectedAfter = 0;
        double requestsBefore = 0;
        double requestsAfter = 0;
        std::chrono::seconds before {0}; // that the figures are of; 0: nothing is known
        std::chrono::seconds after {0};
        Basis basis = Basis::Minutes;
        std::optional<End> end {}; // nothing: there was none as long as effects are measured
        bool isOpen = false; // more may become known
        std::vector<std::string> without {}; // keys with edits of their own close to this one of their policy: in none of the figures
        std::optional<Instant> expected {}; // nothing is known of the time after yet: when something will be, if all goes well

        friend bool operator==(const Effect &, const Effect &) = default;
    };

    std::vector<AuditEntry> entries; // newest first
    std::vector<Effect> effects; // of each entry
    bool isComplete = false; // Redis knows of nothing older
    std::string error; // what went wrong and what now; the entries are then those known before
};

// The overrides that Redis holds.
struct OverrideList
{
    std::vector<KeyOverride> all; // by policy and key
    std::vector<std::string> damaged; // POLICY:KEY of what cannot be read
    bool isCut = false; // there are more
    std::string error; // what went wrong and what now
};

// All about the key that was asked for.
struct KeyDetail
{
    std::string policy;
    std::string key; // bytes
    Instant at; // when Redis said so
    std::optional<Decision> next; // what a request of cost 1 would be told; nothing: `error` says why
    std::string error;
    std::optional<Override> override; // that has not ended
    // The units that count against the longest window now, oldest first, at most maxStamps of the newest; with a bucket none.
    static constexpr std::size_t maxStamps = 2000;
    std::vector<Instant> admitted;
    bool isCut = false; // there are more
    std::optional<Rejection> lastRejection;
    KeyRow row; // as the table has it; id means nothing here
};

// How the Redis that we watch is.
struct Health
{
    std::optional<std::chrono::microseconds> eventLag; // there and back through the channel of the events
    std::uint64_t memoryUsed = 0; // bytes
    std::uint64_t memoryMost = 0; // 0: no limit
    std::string evictionPolicy;
    std::vector<std::string> warnings; // what endangers the limits, and what to do
};

struct Snapshot
{
    LinkStatus link;
    Instant now; // server time
    bool started = false; // at least one event or one list of limits has come

    Rates rates;
    Counts total; // since the program began to listen
    std::chrono::seconds span {120}; // that the curves cover
    std::chrono::seconds step {1}; // that one slice of them covers
    std::vector<SecondCounts> all; // oldest first, whole slices only
    bool selectedKnown = false;
    std::vector<SecondCounts> selected; // of the key asked for

    TableView table;
    std::uint64_t keysKnown = 0;
    std::vector<RankedKey> offenders; // who is rejected, the most per second first, then who only would be; at most 10
    std::vector<RankedKey> nearLimit; // the fullest windows that have not been rejected lately; at most 10
    std::uint64_t nearCount = 0; // of all keys that are near
    double nearShare = 0.8; // of a limit; from here on they are
    std::uint64_t throttledCount = 0; // of all keys
    std::uint64_t shadowedCount = 0; // of all keys: would be rejected
    Rates otherRates; // of keys beyond the cap, which are counted but not listed
    std::uint64_t otherRequests = 0;

    bool policiesChanged = false;
    std::vector<PolicyRow> policies; // by name; all of them, always
    std::vector<std::string> lostLimits; // limits that Redis forgot (restart without persistence): they can be restored

    std::vector<EditOutcome> edits; // news since the snapshot before
    std::vector<OverrideOutcome> keyEdits; // likewise
    // Null until read for the first time. The same pointer as before: nothing has changed.
    std::shared_ptr<const EditHistory> history;
    std::shared_ptr<const OverrideList> overrides;
    std::shared_ptr<const KeyDetail> detail; // of the key asked for, when details are wanted
    Health health;
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
    bool wantsDetail = false; // of the selected key, asked of Redis once a second
    std::chrono::seconds span {120}; // of the curves: 30 s to 6 h
    double nearShare = 0.8; // of a limit; from here on a key is near
    TableWish table;
};

} // namespace rateguard
