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

// What decided.
enum class Why : std::uint8_t {
    Limit,
    Override, // the key's own limit
    Off, // the mode: nothing was counted
    Ban,
    Exempt,
    Unchecked, // a service let it in by itself, as Redis was away
};
std::optional<Why> parseWhy(std::string_view text);
std::string_view whyName(Why why);

// What the limiter says of one request.
struct Decision
{
    Verdict verdict = Verdict::Allowed;
    std::uint32_t limit = 0; // of the window that decided: the one that makes it wait longest, else the one with the least left
    std::uint32_t remaining = 0; // what that window has left after this request
    // When a request of the same cost is admitted if nothing else arrives; 0 when this one is within the limit;
    // nothing when its cost is above a limit, or the key banned without an end, so that it never will be.
    std::optional<Duration> retryAfter = Duration(0);
    // Admitted: until the oldest counted request leaves that window; 0: it is empty. Over the limit: retryAfter, or -1 ms.
    Duration resetAfter {0};
    Duration window {0};
    std::uint64_t version = 0; // of the policy's limit
    Why why = Why::Limit;

    bool allowed() const { return verdict != Verdict::Rejected; }
    friend bool operator==(const Decision &, const Decision &) = default;
};

// "1 99 0 60000 100 60000 7 limit", as Redis tells it. Nothing when it is damaged.
std::optional<Decision> parseDecision(std::string_view text);
std::string formatDecision(const Decision &decision);

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
    Limit limit; // the window that decided
    std::uint64_t version = 0; // of the policy's limit
    Why why = Why::Limit;
};

} // namespace rateguard
