// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/RecordedSince.h"
#include "redis/Connection.h"
#include "redis/Keyspace.h"

namespace rateguard {

// What a policy's requests were told, minute by minute, for the 48 hours that Redis remembers: the sum of all partitions.
// Reads at most 49 small hashes a partition, one partition after the other, and writes nothing.
// Lives on the connection's thread, which must outlive it.
class TrafficStore
{
public:
    struct Traffic
    {
        std::vector<MinuteCounts> minutes; // one after the other, oldest first; the last is the one that goes on now
        QString error; // what went wrong and what now; the minutes are then not to be used
        Reply failure; // what Redis said then
    };
    static constexpr std::chrono::minutes longest = std::chrono::hours(48);

    explicit TrafficStore(Connection &connection, Partitions partitions = Partitions());

    void setPartitions(Partitions partitions) { m_partitions = std::move(partitions); }
    // As many minutes as `span` has, at least one and at most `longest`.
    void read(const std::string &policy, std::chrono::minutes span, std::function<void(const Traffic &)> done);
    // What Redis knows besides minutes, for the time from `first` on: how long it has been running, and since when somebody has
    // edited limits there. What could not be asked is left out.
    void readSince(std::chrono::minutes first, std::function<void(const RecordedSince &)> done);

private:
    struct Sum;

    void readPartition(const std::shared_ptr<Sum> &sum);

    Connection &m_connection;
    Partitions m_partitions;
};

} // namespace rateguard
