// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Time.h"

#include <algorithm>
#include <cstdint>

namespace rateguard {

// The whole second that holds `at`, since 1970. Times before 1970 and after 2106 only come from damaged messages;
// they are taken to the nearest second that 32 bits can hold.
inline std::uint32_t secondOf(Instant at)
{
    const auto second = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(second, 0, UINT32_MAX));
}

} // namespace rateguard
