// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/MinuteCounts.h"
#include "engine/Snapshot.h"

namespace rateguard {

// How long what an edit set was in force, and what it replaced.
struct EditSpan
{
    Instant from; // what it replaced was set then, or long before
    Instant to; // it came to its end, or long after
    std::optional<EditHistory::End> end {}; // at `to`; nothing: none is known

    friend bool operator==(const EditSpan &, const EditSpan &) = default;
};

// Of the index-th of `entries` (newest first): bounded by the edits of the same limit and by modes that end by themselves, and
// for a key's edit by those of the same key as well; not beyond `reach` on each side. An edit that made the policy has nothing
// before it. O(entries).
EditSpan editSpan(const std::vector<AuditEntry> &entries, std::size_t index, Duration reach);

// A moment from which on something else held for one key alone: somebody set it, lifted it or reset it, or its time was over.
struct KeyTurn
{
    Instant at;
    std::string policy;
    EditHistory::End end; // its `after` means nothing here

    friend bool operator==(const KeyTurn &, const KeyTurn &) = default;
};

// Those that `entries` (newest first) tell of, in no order; what is set to end later is told as well. O(entries).
std::vector<KeyTurn> keyTurns(const std::vector<AuditEntry> &entries);

// Ends the span of `edit` where this falls into it, on whichever side: what its policy's figures tell would be told by both.
// At the very time of the edit nothing is left.
void bound(EditSpan &span, const AuditEntry &edit, const KeyTurn &turn);

// As far as figures of a whole policy tell what the index-th of `entries` did: its editSpan, without what came of other keys' turns.
EditSpan policySpan(const std::vector<AuditEntry> &entries, const std::vector<KeyTurn> &turns, std::size_t index, Duration reach);

// Where to look for what an edit did: whole minutes of its policySpan, at most `reach` on each side.
struct EffectSpan
{
    static constexpr std::chrono::minutes reach {10};

    std::chrono::minutes first; // before the edit: from here until its own minute, which counts for neither side
    std::chrono::minutes edit;
    std::chrono::minutes end; // after the edit: from the minute behind its own until before this one

    friend bool operator==(const EffectSpan &, const EffectSpan &) = default;
};

EffectSpan effectSpan(const std::vector<AuditEntry> &entries, const std::vector<KeyTurn> &turns, std::size_t index);

// `minutes`: of the policy, oldest first, without holes; the last one still goes on and counts for nothing.
EditHistory::Effect editEffect(const EffectSpan &span, const std::vector<MinuteCounts> &minutes);

} // namespace rateguard
