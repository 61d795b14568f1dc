// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <chrono>

namespace rateguard {

// Durations are milliseconds; instants are the Redis server's clock in microseconds since 1970. Nothing in the
// engine asks a clock: every call says what time it is.
using Duration = std::chrono::milliseconds;
using Instant = std::chrono::time_point<std::chrono::system_clock, std::chrono::microseconds>;

} // namespace rateguard
