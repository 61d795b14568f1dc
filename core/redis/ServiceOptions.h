// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/ServiceDecision.h"

#include <optional>

namespace rateguard {

// How a service uses the limiter; the same for ServiceLimiter and BlockingLimiter.
struct ServiceOptions
{
    FailureMode onFailure = FailureMode::Open; // without an answer of Redis
    Duration timeout {250}; // for one decision, waiting for a connection included
    Duration pause {1000}; // between tries, and between reports, while Redis is away
    std::optional<std::string> prefix; // of all names in Redis; nothing: what `rateguard:config` says
    std::string name = "rateguard-service"; // in CLIENT LIST
    std::size_t localKeys = 100'000; // that FailureMode::Local can count
};

} // namespace rateguard
