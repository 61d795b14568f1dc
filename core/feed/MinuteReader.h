// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/MinuteBook.h"
#include "redis/TrafficStore.h"

#include <QTimer>

namespace rateguard {

// Fills a MinuteBook from what Redis remembers of all policies, one read at a time, and once more when the minute is over that was
// going on. A minute of which Redis cannot know that it was quiet is left out. With more than maxPolicies nothing is read: a sum of
// some of them would be a curve that lies. Lives on the feed thread, on a connection that must outlive it.
class MinuteReader
{
public:
    static constexpr std::size_t maxPolicies = 500;

    explicit MinuteReader(Connection &connection);

    void setPartitions(const Partitions &partitions) { m_store.setPartitions(partitions); }
    // A read that is under way is given up.
    void start(std::vector<std::string> policies);
    void lost();
    const MinuteBook &book() const { return m_book; }

private:
    void begin(std::chrono::minutes span);
    void readNext();
    void finish();
    void add(const std::vector<MinuteCounts> &minutes);

    TrafficStore m_store;
    MinuteBook m_book;
    QTimer m_minuteOver;
    std::vector<std::string> m_policies;
    std::size_t m_next = 0; // of m_policies
    std::uint64_t m_reading = 0; // number of the walk through them; an answer to an earlier one is no use
    std::chrono::minutes m_span {0};
    std::chrono::minutes m_nextSpan {0}; // to be read when the minute is over
    RecordedSince m_since;
    std::vector<MinuteCounts> m_sum; // the minutes of the first answer
};

} // namespace rateguard
