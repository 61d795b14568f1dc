// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/KeyTableModel.h"

namespace rateguard {

using namespace std::chrono_literals;

inline constexpr Instant start {1'790'000'000s};

inline KeyRow row(std::uint32_t id, double rejected, KeyState state = KeyState::Active)
{
    KeyRow key;
    key.id = id;
    key.state = state;
    key.rates.rejected = rejected;
    key.limit = 60;
    key.used = 57;
    key.lastSeen = start;
    return key;
}

} // namespace rateguard
