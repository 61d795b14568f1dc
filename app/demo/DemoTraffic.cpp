// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "demo/DemoTraffic.h"

namespace rateguard {

using namespace std::chrono_literals;

DemoTraffic::DemoTraffic(const RedisUrl &url, QObject *parent)
    : QObject(parent)
    , m_connection(url, "rateguard-demo-api")
    , m_library(m_connection)
    , m_store(m_connection, m_library)
    , m_overrides(m_connection, m_library)
    , m_limiter(m_library)
{
    m_timer.setInterval(20);
    connect(&m_timer, &QTimer::timeout, this, &DemoTraffic::tick);
    connect(&m_connection, &Connection::live, this, &DemoTraffic::setLimits);
    connect(&m_connection, &Connection::lost, &m_timer, &QTimer::stop);
    addClients();
}

void DemoTraffic::start()
{
    m_clock.start();
    m_connection.open();
}

void DemoTraffic::addClients()
{
    std::uniform_real_distribution chance(0.0, 1.0);
    const auto number = [](int i) { return std::to_string(10'000 + i).substr(1); };
    for (int i = 1; i <= 220; ++i) {
        m_clients.push_back({"api", "user-" + number(i * 37 % 9000), 0.04 + 0.2 * chance(m_random) * chance(m_random)});
    }
    for (int i = 1; i <= 70; ++i) {
        m_clients.push_back({"search", "user-" + number(i * 37 % 9000), 0.05 + 0.25 * chance(m_random)});
    }
    for (int i = 1; i <= 30; ++i) {
        m_clients.push_back({"checkout", "user-" + number(i * 37 % 9000), 0.01 + 0.04 * chance(m_random)});
    }
    m_clients.push_back({"search", "scraper 203.0.113.77", 11, false});
    m_clients.push_back({"checkout", "android-app/4.2.1 device-81f3", 5, false});
    const auto batchJob = m_clients.size();
    m_clients.push_back({"api", "batch nightly-export", 6, true, 12});
    m_clients.push_back({"api", "crawler night-indexer", 0.93, true});
    m_clients.push_back({"search", "partner acme-feed", 1.75, true});
    m_clients.push_back({"api", "monitor uptime-check", 2, true});
    for (auto &client : m_clients) {
        client.next = pause(client) * chance(m_random);
    }
    m_clients[batchJob].next = 7; // by then it is clear who the others are
}

// Only what is not there yet: an operator's edits outlive a restart of the traffic.
void DemoTraffic::setLimits()
{
    edit("api", {10, 10s}, 0, "demo", "the demo's own limits");
    edit("search", {15, 10s}, 0, "demo", "the demo's own limits");
    edit("checkout", {10, 1min}, 0, "demo", "the demo's own limits");
    OverrideEdit exempt;
    exempt.policy = "api";
    exempt.key = "monitor uptime-check";
    exempt.kind = Override::Kind::Exempt;
    exempt.expectedVersion = 0;
    exempt.author = "demo";
    exempt.reason = "our own health check must never be rejected";
    QTimer::singleShot(500, this, [this, exempt] { m_overrides.apply(exempt, [](const OverrideOutcome &) { }); });
    // A colleague, so that there is a change to be seen; not when somebody was faster.
    QTimer::singleShot(12'000, this, [this] { edit("search", {20, 10s}, 1, "maria@oncall-1", "acme-feed needs a little more"); });
    m_timer.start();
}

void DemoTraffic::edit(const char *policy, const Limit &limit, std::uint64_t expected, const char *author, const char *reason)
{
    LimitEdit edit;
    edit.policy = policy;
    edit.limit = limit;
    edit.expectedVersion = expected;
    edit.author = author;
    edit.reason = reason;
    m_store.apply(edit, [](const EditOutcome &) { });
}

// Poisson: people come when they like; programs keep time, more or less.
double DemoTraffic::pause(const Client &client)
{
    if (client.patient && client.perSecond < 0.9) {
        return std::exponential_distribution(client.perSecond)(m_random);
    }
    return std::uniform_real_distribution(0.8, 1.2)(m_random) / client.perSecond;
}

void DemoTraffic::tick()
{
    const double now = static_cast<double>(m_clock.elapsed()) / 1000;
    for (std::size_t i = 0; i < m_clients.size(); ++i) {
        auto &client = m_clients[i];
        if (client.waiting || client.next > now) {
            continue;
        }
        // The batch job's parallel workers; everybody else is one.
        client.next = now + pause(client) * client.burst;
        for (int n = 0; n < client.burst; ++n) {
            ask(i);
        }
    }
}

void DemoTraffic::ask(std::size_t index)
{
    auto &client = m_clients[index];
    client.waiting = client.patient;
    m_limiter.check(client.policy, client.key, 1, {}, [this, index](const RedisLimiter::Answer &answer) {
        auto &asker = m_clients[index];
        asker.waiting = false;
        const auto &decision = answer.decision;
        if (answer.error.empty() && !decision.allowed() && asker.patient && decision.retryAfter) {
            asker.next = static_cast<double>(m_clock.elapsed() + decision.retryAfter->count()) / 1000;
        }
    });
}

} // namespace rateguard
