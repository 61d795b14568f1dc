// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Decision.h"
#include "redis/Library.h"

#include <QTimer>

namespace rateguard {

// What living keys have used, for whoever comes when nobody was listening: walks all keys once (SCAN in
// small steps, a pause between two) and looks at each (rateguard_peek, which writes nothing). So a million keys cost Redis a
// few seconds of its time, spread over minutes. Lives on the connection's thread; connection and library must outlive it.
class KeyCensus
{
public:
    static constexpr std::chrono::milliseconds pause {20};
    static constexpr int step = 200; // keys looked at in between, about

    using Found = std::function<void(std::string_view policy, std::string_view key, const Decision &decision)>;

    KeyCensus(Connection &connection, Library &library, Found found);
    KeyCensus(const KeyCensus &) = delete;
    KeyCensus &operator=(const KeyCensus &) = delete;

    // Begins anew; stops after `most` keys.
    void start(const Partitions &partitions, std::size_t most);

private:
    void scan();
    void look(const std::string &log);

    Connection &m_connection;
    Library &m_library;
    Found m_found;
    Partitions m_partitions;
    std::string m_cursor = "0";
    std::size_t m_left = 0;
    std::uint64_t m_walk = 0; // answers of an earlier one count no more
    QTimer m_next;
};

} // namespace rateguard
