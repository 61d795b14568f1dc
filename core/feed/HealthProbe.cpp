// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/HealthProbe.h"

#include <algorithm>

namespace rateguard {

HealthProbe::HealthProbe(Connection &subscriber, Connection &commands)
    : m_subscriber(subscriber)
    , m_commands(commands)
{
    m_pingTimer.setInterval(pingEvery);
    m_readTimer.setInterval(readEvery);
    QObject::connect(&m_pingTimer, &QTimer::timeout, &m_pingTimer, [this] { ping(); });
    QObject::connect(&m_readTimer, &QTimer::timeout, &m_readTimer, [this] { read(); });
}

void HealthProbe::live()
{
    m_pingTimer.start();
    m_readTimer.start();
    ping();
    read();
}

void HealthProbe::lost()
{
    m_pingTimer.stop();
    m_readTimer.stop();
    m_health.eventLag.reset(); // memory and warnings stand as they were known last
}

void HealthProbe::ping()
{
    if (m_isPinging || !m_subscriber.isLive()) {
        return;
    }
    m_isPinging = true;
    m_sent.start();
    const auto token = "rateguard " + std::to_string(++m_pings);
    m_subscriber.ping(token, [this, token](const Reply &reply) {
        m_isPinging = false;
        if (m_pingTimer.isActive() && reply.hasItems(2) && reply.items[1].text == token) {
            m_health.eventLag = std::chrono::microseconds(m_sent.nsecsElapsed() / 1000);
        }
    });
}

void HealthProbe::read()
{
    if (m_isReading || !m_commands.isLive()) {
        return;
    }
    m_isReading = true;
    readServerInfo(m_commands, [this](const std::optional<ServerInfo> &info) {
        m_isReading = false;
        if (info) {
            m_health.memoryUsed = info->memoryUsed;
            m_health.memoryMost = info->memoryMost;
            m_health.evictionPolicy = info->evictionPolicy;
            m_health.warnings = info->warnings();
        }
    });
}

Health HealthProbe::current() const
{
    auto health = m_health;
    if (m_isPinging && health.eventLag) {
        health.eventLag = std::max(*health.eventLag, std::chrono::microseconds(m_sent.nsecsElapsed() / 1000));
    }
    return health;
}

} // namespace rateguard
