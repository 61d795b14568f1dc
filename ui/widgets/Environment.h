// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <cstdint>

namespace rateguard {

// What the watched Redis is for, as its operator marked it. The more it matters, the more is asked before an edit.
enum class Environment : std::uint8_t { Unmarked, Development, Test, Production };

} // namespace rateguard
