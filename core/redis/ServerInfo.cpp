// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/ServerInfo.h"

#include <QCoreApplication>

#include <algorithm>
#include <charconv>

namespace rateguard {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::ServerInfo)
};

constexpr std::size_t longestValue = 300; // of what goes into a text
constexpr std::uint64_t longestUptime = 3'000'000'000; // seconds, some 95 years

std::uint64_t numberOf(std::string_view text)
{
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::uint64_t percentOf(std::uint64_t part, std::uint64_t whole)
{
    return static_cast<std::uint64_t>(100 * (static_cast<double>(part) / static_cast<double>(whole)));
}

// volatile-ttl takes what ends soonest, and that is what matters least; noeviction takes nothing.
bool mayDropLimits(std::string_view policy)
{
    return policy.starts_with("allkeys-") || (policy.starts_with("volatile-") && policy != "volatile-ttl");
}

} // namespace

ServerInfo parseServerInfo(std::string_view info)
{
    ServerInfo server;
    std::string_view port;
    while (!info.empty()) {
        const auto end = std::min(info.find('\n'), info.size());
        auto line = info.substr(0, end);
        info.remove_prefix(std::min(end + 1, info.size()));
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        const auto colon = std::min(line.find(':'), line.size());
        const auto name = line.substr(0, colon);
        const auto value = line.substr(std::min(colon + 1, line.size())).substr(0, longestValue);
        if (name == "used_memory") {
            server.memoryUsed = numberOf(value);
        } else if (name == "uptime_in_seconds" && !value.empty()) {
            server.uptime = std::chrono::seconds(std::min<std::uint64_t>(numberOf(value), longestUptime));
        } else if (name == "maxmemory") {
            server.memoryMost = numberOf(value);
        } else if (name == "maxmemory_policy") {
            server.evictionPolicy = value;
        } else if (name == "role") {
            server.isReplica = value == "slave";
        } else if (name == "slave_read_only") {
            server.takesWrites = value == "0";
        } else if (name == "master_link_status") {
            server.hasPrimary = value == "up";
        } else if (name == "master_host") {
            server.primary = value;
        } else if (name == "master_port") {
            port = value;
        } else if (name == "rdb_last_bgsave_status" || name == "aof_last_write_status") {
            server.cannotSave |= value == "err";
        } else if (name == "connected_clients") {
            server.clients = numberOf(value);
        } else if (name == "maxclients") {
            server.clientsMost = numberOf(value);
        }
    }
    if (!server.primary.empty() && !port.empty()) {
        server.primary.append(":").append(port);
    }
    return server;
}

std::vector<std::string> ServerInfo::warnings() const
{
    std::vector<std::string> found;
    const auto warn = [&found](const QString &text) { found.push_back(text.toStdString()); };
    if (isReplica && !takesWrites) {
        warn(primary.empty() ? Words::tr("This Redis is a replica and takes no edits: connect to its primary.")
                             : Words::tr("This Redis is a replica and takes no edits: connect to its primary, %1.").arg(QString::fromStdString(primary)));
    }
    if (isReplica && !hasPrimary) {
        warn(Words::tr("This replica has lost its primary, so what it shows grows old: check the primary and the network, or connect to the new primary."));
    }
    if (memoryMost > 0 && mayDropLimits(evictionPolicy)) {
        warn(Words::tr("When memory is full, Redis (maxmemory-policy %1) may drop what clients have used, and they start over: "
                       "set maxmemory-policy to noeviction or volatile-ttl.")
                 .arg(QString::fromStdString(evictionPolicy)));
    }
    if (memoryMost > 0 && memoryUsed > memoryMost / 10 * 9) {
        warn(Words::tr("Redis uses %1 % of its maxmemory, and refuses or drops data when it is full: raise maxmemory or free some.")
                 .arg(percentOf(memoryUsed, memoryMost)));
    }
    if (cannotSave) {
        warn(Words::tr("Redis could not save its data to disk, so it may refuse writes, and a restart would lose limits: "
                       "see its log, and check the disk's space and rights."));
    }
    if (clientsMost > 0 && clients > clientsMost / 10 * 9) {
        warn(Words::tr("Redis has %1 of at most %2 connections, and services cannot connect when there are no more: "
                       "raise maxclients, or find who opens so many (CLIENT LIST).")
                 .arg(clients)
                 .arg(clientsMost));
    }
    return found;
}

void readServerInfo(Connection &connection, std::function<void(const std::optional<ServerInfo> &)> done)
{
    connection.call({"INFO", "server", "memory", "replication", "persistence", "clients"}, [done = std::move(done)](const Reply &reply) {
        done(reply.type == Reply::Type::String ? std::optional(parseServerInfo(reply.text)) : std::nullopt);
    });
}

} // namespace rateguard
