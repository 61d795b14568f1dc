// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "redis/ServerInfo.h"

#include <QElapsedTimer>
#include <QTimer>

namespace rateguard {

// How the Redis that we watch is: once a second, how long a word takes there and back behind all events that Redis still has
// for us; every 10 s, its memory and whatever endangers the limits. Whoever may not ask (INFO) learns no more than the first.
// Lives on the feed thread, on two connections that must outlive it.
class HealthProbe
{
public:
    static constexpr std::chrono::milliseconds pingEvery {1000};
    static constexpr std::chrono::milliseconds readEvery {10'000};

    HealthProbe(Connection &subscriber, Connection &commands);

    void live();
    void lost();
    // With a word still on its way, the lag is at least as long as that takes already.
    Health current() const;

private:
    void ping();
    void read();

    Connection &m_subscriber;
    Connection &m_commands;
    QTimer m_pingTimer;
    QTimer m_readTimer;
    QElapsedTimer m_sent;
    bool m_isPinging = false;
    bool m_isReading = false;
    std::uint64_t m_pings = 0;
    Health m_health;
};

} // namespace rateguard
