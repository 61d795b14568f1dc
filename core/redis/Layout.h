// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "redis/Connection.h"
#include "redis/Keyspace.h"

#include <optional>

namespace rateguard {

// Asks Redis under which prefix and in how many partitions its limits live. Without `prefix` that of `rateguard:config`
// is used, which may name another. Whoever may not read that, or finds nothing, gets one partition.
// `error`: the connection was lost, or what Redis holds makes no sense; what now.
using LayoutCallback = std::function<void(const Partitions &partitions, const QString &error)>;
void readLayout(const Caller &caller, const std::optional<std::string> &prefix, LayoutCallback done);
void readLayout(Connection &connection, const std::optional<std::string> &prefix, LayoutCallback done);

} // namespace rateguard
