// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Decision.h"

#include <string>

namespace rateguard {

// What a service does with a request that Redis gives no answer for: admit it, refuse it, or decide it in this process.
enum class FailureMode : std::uint8_t { Open, Closed, Local };

// Who decided: Redis, or one of the failure modes.
enum class Source : std::uint8_t { Redis, Open, Closed, Local };
std::string_view sourceName(Source source); // "redis", "open", "closed", "local"

// What a service is told of one request. Without Redis, `limit` and `window` are those of the default that the call brought.
// Closed: `retryAfter` is the pause after which Redis is tried again.
struct ServiceDecision : Decision
{
    Source source = Source::Redis;
    std::string error; // why Redis has not decided; empty when it has

    friend bool operator==(const ServiceDecision &, const ServiceDecision &) = default;
};

} // namespace rateguard
