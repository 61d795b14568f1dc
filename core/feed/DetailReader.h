// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/RejectionBook.h"
#include "redis/KeyWindow.h"
#include "redis/OverrideStore.h"

#include <QTimer>

namespace rateguard {

// All about one key, asked of Redis once a second while somebody wants to see it, and at once when another key is asked for or
// an edit touched this one. Five small reads each time, in one go; they write and count nothing.
// Lives on the feed thread; all that it is made with must outlive it.
class DetailReader
{
public:
    static constexpr std::chrono::milliseconds every {1000};

    using RowOf = std::function<KeyRow(const std::string &policy, const std::string &key)>;
    // What is known from events, without asking Redis.
    struct Heard
    {
        RowOf row;
        const RejectionBook &rejections;
    };

    DetailReader(Connection &connection, OverrideStore &store, Heard heard);

    void setPartitions(const Partitions &partitions);
    void want(const std::string &policy, const std::string &key);
    void stop();
    void live() { readSoon(); }
    // Somebody made an edit of that policy's limit, or of that key alone.
    void changed(std::string_view policy, std::optional<std::string_view> key);
    // Of the key that is wanted; null until Redis has answered.
    std::shared_ptr<const KeyDetail> current() const { return m_current; }

private:
    struct Reading; // what has come so far

    void readSoon();
    void read();
    void finish(const Reading &reading);
    void put(KeyDetail detail);

    Connection &m_connection;
    OverrideStore &m_store;
    Heard m_heard;
    KeyWindow m_window;
    Partitions m_partitions;
    QTimer m_timer;
    std::string m_policy;
    std::string m_key;
    bool m_isWanted = false;
    bool m_isReadAgain = false; // something happened meanwhile
    std::uint64_t m_reading = 0; // number of the one under way; 0: none
    std::uint64_t m_readings = 0;
    std::shared_ptr<const KeyDetail> m_current;
};

} // namespace rateguard
