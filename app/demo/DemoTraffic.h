// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "redis/LimitStore.h"
#include "redis/OverrideStore.h"
#include "redis/RedisLimiter.h"

#include <QElapsedTimer>
#include <QTimer>

#include <random>

namespace rateguard {

// The demo's story: a few hundred clients of a plausible API, each of them asking the real limiter through real Redis
// calls. Steady users; a crawler that keeps just under its limit; a batch job that bursts, then obeys Retry-After; a scraper that
// ignores it; an app with a bug that retries at once; a health check that is exempt. A colleague raises a limit after a
// while. Lives on the thread that made it.
class DemoTraffic : public QObject
{
    Q_OBJECT

public:
    explicit DemoTraffic(const RedisUrl &url, QObject *parent = nullptr);

    void start();

private:
    struct Client
    {
        std::string policy;
        std::string key;
        double perSecond = 1;
        bool patient = true; // waits as long as Retry-After says
        int burst = 1;
        double next = 0; // seconds on m_clock
        bool waiting = false; // for an answer
    };

    void addClients();
    void setLimits();
    void edit(const char *policy, const Limit &limit, std::uint64_t expected, const char *author, const char *reason);
    void tick();
    void ask(std::size_t index);
    double pause(const Client &client);

    Connection m_connection;
    Library m_library;
    LimitStore m_store;
    OverrideStore m_overrides;
    RedisLimiter m_limiter;
    std::vector<Client> m_clients;
    std::mt19937 m_random {7};
    QElapsedTimer m_clock;
    QTimer m_timer;
};

} // namespace rateguard
