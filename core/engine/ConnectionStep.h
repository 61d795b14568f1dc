// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace rateguard {

// One step of a connection's test, as it is now. A step that failed says what to do.
struct ConnectionStep
{
    enum class What : std::uint8_t { Address, Reach, Login, Server, Library, Listen, ReadLimits, Edit, Latency };
    enum class State : std::uint8_t {
        Waiting,
        Running,
        Passed,
        Limited, // works, but not all of it
        Failed,
        Skipped, // one before it failed
    };
    static constexpr std::size_t count = 9;

    What what = What::Address;
    State state = State::Waiting;
    std::string detail {}; // what was found, or what went wrong and what now; never a secret
    std::chrono::microseconds took {0};

    friend bool operator==(const ConnectionStep &, const ConnectionStep &) = default;
};

} // namespace rateguard
