// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Limit.h"

namespace rateguard {

enum class Verdict : std::uint8_t {
    Allowed = 0,
    Rejected = 1,
    WouldReject = 2, // shadow mode: admitted, yet over the limit
};

// What the limiter says of one request.
struct Decision
{
    Verdict verdict = Verdict::Allowed;
    std::uint32_t limit = 0;
    std::uint32_t remaining = 0; // what the window has left after this request
    // When a request of the same cost is admitted if nothing else arrives; 0 when this one is within the limit;
    // nothing when its cost is above the limit, so that it never will be.
    std::optional<Duration> retryAfter = Duration(0);
    Duration resetAfter {0}; // when the oldest admitted request leaves the window
    Duration window {0};
    std::uint64_t version = 0; // of the limit that decided

    bool allowed() const { return verdict != Verdict::Rejected; }
    friend bool operator==(const Decision &, const Decision &) = default;
};

// One decision as Redis reported it. The text points into the message that it was decoded from.
struct DecisionEvent
{
    Instant at; // server time
    std::string_view policy;
    std::string_view key; // bytes of a stranger; over 256 bytes: the first 200, '~' and a SHA-1
    Verdict verdict = Verdict::Allowed;
    std::uint32_t cost = 1;
    std::uint32_t used = 0; // in the window after this decision
    std::optional<Duration> retryAfter = Duration(0);
    Rule rule; // the limit that decided
};

} // namespace rateguard
