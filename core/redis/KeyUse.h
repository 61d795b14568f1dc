// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "redis/KeyWindow.h"
#include "redis/OverrideStore.h"

namespace rateguard {

// What one key has used of each window of the limit that it is under, and what a request would be told now. Writes and counts
// nothing; six small reads in one go, of at most maxUnits stamps.
// Lives on the connection's thread; connection and store must outlive it.
class KeyUse
{
public:
    static constexpr std::size_t maxUnits = 20'000; // of a log, that are counted; beyond them `isLeast`

    struct Window
    {
        Limit limit;
        std::optional<std::uint64_t> used; // units of cost; may be above the limit after an edit. Nothing: not known
        bool isLeast = false; // at least so many

        std::uint64_t remaining() const { return used && *used < limit.count ? limit.count - *used : 0; }
    };
    struct Seen
    {
        Instant at; // server time
        Rule rule; // of the policy
        std::optional<Override> override; // in force
        std::optional<Decision> decision; // nothing: `answer` says why
        Reply answer;
        bool isBucket = false; // counted in sixtieths of each window
        std::vector<Window> windows; // of the key's own limit, else of the policy's
        QString error; // why what it used is not known
    };

    KeyUse(Connection &connection, OverrideStore &store);

    void setPartitions(const Partitions &partitions);
    void read(const std::string &policy, const std::string &key, std::uint32_t cost, std::function<void(const Seen &)> done);

private:
    struct Reading;

    void begin(const std::shared_ptr<Reading> &reading);
    void finish(const std::shared_ptr<Reading> &reading);

    Connection &m_connection;
    OverrideStore &m_store;
    KeyWindow m_log;
    Partitions m_partitions;
};

} // namespace rateguard
