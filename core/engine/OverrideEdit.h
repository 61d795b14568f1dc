// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/LimitEdit.h"

namespace rateguard {

// What an operator wants for one key instead of its policy's limit.
struct OverrideEdit
{
    std::uint64_t id = 0; // picked by who asks; the outcome carries it back
    std::string policy;
    std::string key; // bytes
    std::optional<Override::Kind> kind; // nothing: take away what there is
    bool reset = false; // forget what the key has used; then nothing else of it counts but author and reason
    Limits limit; // Kind::Limit; the algorithm is the policy's, whatever stands here
    std::optional<Duration> span; // it ends by itself after so long; nothing: it stays
    std::optional<std::uint64_t> expectedVersion; // nothing: whatever is there; 0: only if the key has none
    std::string author;
    std::string reason;
};

// What became of it. Unknown is not Failed: the reply was lost, the edit may have been made.
struct OverrideOutcome
{
    using Status = EditOutcome::Status;

    std::uint64_t id = 0;
    Status status = Status::Pending;
    EditOutcome::Cause cause = EditOutcome::Cause::Server; // of a refusal
    std::string policy;
    std::string key;
    std::uint64_t version = 0; // Applied: of this edit; Conflict: of what Redis holds, 0 for nothing
    std::optional<Override> before; // nothing: there was none
    std::optional<Override> after; // Applied: what holds now; Conflict: what Redis holds instead
    bool isReplaced = false; // Applied, but found out late: somebody else has made it what holds now
    std::string message; // Conflict, Refused and Unknown: what happened and what to do now
    Instant appliedAt; // server time

    friend bool operator==(const OverrideOutcome &, const OverrideOutcome &) = default;
};

// An override as Redis holds it.
struct KeyOverride
{
    std::string policy;
    std::string key; // bytes
    Override value;

    friend bool operator==(const KeyOverride &, const KeyOverride &) = default;
};

} // namespace rateguard
