// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Time.h"
#include "redis/Connection.h"

namespace rateguard {

// What time it is where limits and overrides end. Whoever may not ask gets this machine's time.
void readServerTime(Connection &connection, std::function<void(Instant now)> done);

} // namespace rateguard
