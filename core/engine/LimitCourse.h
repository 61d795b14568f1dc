// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <string_view>

namespace rateguard {

// What limited one key from an instant on, up to the next piece.
struct LimitPiece
{
    enum class Kind : std::uint8_t {
        Unknown, // the history does not reach back so far, or misses an edit
        Free, // no limit: exempt, switched off, or the policy has none
        Limit,
        Ban,
    };

    Instant from;
    Kind kind = Kind::Unknown;
    Limit limit {}; // Kind::Limit: of the windows that are short against the span, the one that allows the least; else the shortest
    bool shadow = false; // only reported
    Limits others {}; // the other windows

    std::optional<double> perSecond() const; // that is admitted in the long run; nothing: there is no limit, or it is not known
    friend bool operator==(const LimitPiece &, const LimitPiece &) = default;
};

// What is known of a key's limit: the edits, what Redis holds now, and changes that were seen before the history tells of them.
struct LimitSources
{
    template<typename T> struct Sight
    {
        Instant at; // since when the value of now has been seen
        bool isChange = false; // from `before`, which was seen until then
        std::optional<T> before;
    };

    const EditHistory *history = nullptr; // null: not read
    std::string_view policy;
    std::string_view key;
    Instant now;
    // That is looked at: the mean of a window that is longer than half of it says little of what happens there.
    std::chrono::seconds span = std::chrono::hours(24 * 366);
    std::optional<Rule> rule; // nothing: none, or one that cannot be read
    Sight<Rule> ruleSeen;
    bool knowsOverride = true; // false: what the history says of it is all there is
    std::optional<Override> override;
    Sight<Override> overrideSeen;
};

// The limit of one key through all time, as pieces from the oldest to those that edits have already set an end to; the first begins
// before all time. What no edit explains is unknown rather than guessed; only an override that ended by itself and was made before
// the oldest edit that was read is taken for one that never was, as it leaves no trace. O(edits).
std::vector<LimitPiece> limitCourse(const LimitSources &sources);

// The piece that `at` lies in. Requires: a course as it comes from limitCourse, or an empty one (unknown).
LimitPiece pieceAt(const std::vector<LimitPiece> &course, Instant at);

} // namespace rateguard
