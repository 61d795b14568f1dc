// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Limit.h"

#include <optional>
#include <string>

namespace rateguard {

// What an operator wants a policy to become. Whoever asks picks `id`, below firstRestoreId; the outcome carries it back.
struct LimitEdit
{
    // From here on they are edits of the feed itself, which write lost limits back.
    static constexpr std::uint64_t firstRestoreId = std::uint64_t {1} << 48;

    std::uint64_t id = 0;
    std::string policy;
    Limits limit; // empty: keep
    bool unset = false; // take the limit away; then nothing else of it counts
    Mode mode = Mode::Enforce;
    std::optional<Duration> modeFor; // the mode ends by itself after so long; nothing: it stays
    bool keepMode = false; // whatever it is; enforce for a new policy
    std::optional<std::uint64_t> expectedVersion; // nothing: whatever is there; 0: only if there is none
    std::uint64_t floorVersion = 0; // the new version goes above this one, too (restoring a lost limit)
    std::string author;
    std::string reason;
};

// What became of it. Unknown is not Failed: the reply was lost, the edit may have been made.
struct EditOutcome
{
    enum class Status : std::uint8_t { Pending, Applied, Conflict, Refused, Unknown };

    enum class Cause : std::uint8_t { Server, Rights, Value }; // of a refusal

    std::uint64_t id = 0;
    Status status = Status::Pending;
    std::string policy;
    Rule before; // version 0: there was none
    Rule after; // Applied: the new rule; Conflict: what Redis holds instead
    Cause cause = Cause::Server;
    std::string message; // Refused and Unknown: what happened and what to do now
    std::chrono::microseconds roundTrip {0};
    Instant appliedAt; // server time of the edit
    std::uint32_t copies = 1; // partitions that hold it by now, of so many
    std::uint32_t partitions = 1;
    std::optional<std::chrono::microseconds> firstDecisionAfter; // server time from the edit to the first decision under it
    std::optional<Rule> replacedBy {}; // Applied, but found out late: what somebody else has made of it since; version 0: nothing

    friend bool operator==(const EditOutcome &, const EditOutcome &) = default;
};

} // namespace rateguard
