// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "redis/Connection.h"
#include "redis/Keyspace.h"

namespace rateguard {

// When the units were admitted that a key's log holds, see resources/redis/README.md, «How it is stored». Writes nothing,
// and reads no more than it was asked for, however long the log is.
// Lives on the connection's thread, which must outlive it.
class KeyWindow
{
public:
    struct Log
    {
        Instant now; // server time, whole milliseconds, right before the log was read
        std::vector<Instant> admitted; // oldest first, whole milliseconds; the newest `most` and one more, if there is
        std::size_t most = 0;
        bool isBucket = false; // which counts, but does not remember single units
        QString error; // what went wrong and what now
        Reply failure; // what Redis said then

        // Those that count against a window of that length now, at most `most`.
        std::vector<Instant> inside(Duration window) const;
        // There are more of them.
        bool isCut(Duration window) const;
    };

    explicit KeyWindow(Connection &connection, Partitions partitions = Partitions());

    void setPartitions(Partitions partitions) { m_partitions = std::move(partitions); }
    void read(const std::string &policy, const std::string &key, std::size_t most, std::function<void(const Log &)> done);

private:
    Connection &m_connection;
    Partitions m_partitions;
};

} // namespace rateguard
