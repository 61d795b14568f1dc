// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "redis/Connection.h"

namespace rateguard {

// What INFO tells of the server that bears on the limits. What it does not tell is as here.
struct ServerInfo
{
    std::uint64_t memoryUsed = 0; // bytes
    std::uint64_t memoryMost = 0; // 0: no limit
    std::string evictionPolicy;
    bool isReplica = false;
    bool takesWrites = true;
    bool hasPrimary = true; // of a replica: it is in touch with it
    std::string primary; // host:port
    bool cannotSave = false; // the last attempt to write data to disk failed
    std::uint64_t clients = 0;
    std::uint64_t clientsMost = 0; // 0: unknown
    std::optional<std::chrono::seconds> uptime; // of the server's process

    // What endangers the limits, each with what to do.
    std::vector<std::string> warnings() const;
};

ServerInfo parseServerInfo(std::string_view info);
// Nothing when this user may not ask.
void readServerInfo(Connection &connection, std::function<void(const std::optional<ServerInfo> &)> done);

} // namespace rateguard
