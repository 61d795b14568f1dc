// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/AuditEntry.h"
#include "redis/Connection.h"
#include "redis/Keyspace.h"

namespace rateguard {

// The audit of all edits, read backwards and merged over the partitions by the time of their entries. Writes nothing.
// Lives on the connection's thread, which must outlive it.
class AuditLog
{
public:
    struct Page
    {
        std::vector<AuditEntry> entries; // newest first
        bool isComplete = false; // nothing older is known
        QString error; // what went wrong and what now; the entries are then not to be used
        Reply failure; // what Redis said then
    };
    static constexpr std::size_t maxEntries = 20'000; // that one page holds
    static constexpr std::size_t maxRead = 20'000; // entries that are looked at in each partition; Redis keeps about half

    explicit AuditLog(Connection &connection, Partitions partitions = Partitions());

    void setPartitions(Partitions partitions) { m_partitions = std::move(partitions); }
    // The newest entries of one policy, or of all (empty). Costs the entries that are skipped on the way, too.
    void read(const std::string &policy, std::size_t count, std::function<void(const Page &)> done);
    // The newest of those that are `wanted`, none from before `since`.
    using Filter = std::function<bool(const AuditEntry &)>;
    void find(Filter wanted, std::size_t count, std::function<void(const Page &)> done, Instant since = {});

private:
    struct Merge;

    void fill(const std::shared_ptr<Merge> &merge);

    Connection &m_connection;
    Partitions m_partitions;
};

} // namespace rateguard
