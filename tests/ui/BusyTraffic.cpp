// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "BusyTraffic.h"

#include <algorithm>
#include <cmath>

namespace rateguard {
namespace {

using namespace std::chrono_literals;

PolicyRow policy(const char *name, Limit limit, Mode mode, std::uint64_t version)
{
    PolicyRow row;
    row.name = name;
    row.rule = {limit, mode, version};
    row.text = formatRule(row.rule);
    return row;
}

double total(const PolicyRow &row)
{
    return row.rule.limit.front().count / std::chrono::duration<double>(row.rule.limit.front().window).count();
}

} // namespace

BusyTraffic::BusyTraffic(unsigned seed) : m_random(seed)
{
    m_policies = {policy("api", {600, 1min}, Mode::Enforce, 7), policy("checkout", {10, 1s}, Mode::Shadow, 2),
                  policy("search", {60, 1min}, Mode::Enforce, 3)};
    std::uniform_real_distribution<double> share(0.02, 0.75);
    for (int i = 0; i < 180; ++i)
        addClient(0, "user-" + std::to_string(1000 + i * 37), 10 * share(m_random));
    for (int i = 0; i < 90; ++i)
        addClient(2, "user-" + std::to_string(1000 + i * 37), share(m_random));
    for (int i = 0; i < 40; ++i)
        addClient(1, "cart-" + std::to_string(400 + i), 10 * share(m_random));
    addClient(2, "scraper 198.51.100.23", 14);
    addClient(0, "mobile-app/2.3.1 (retry loop)", 47);
    addClient(1, "partner:acme", 21);
    addClient(0, "<b>bold</b>\xff\xe2\x80\xae" "evil", 9.6);
    addClient(2, "user-7001", 0.94);
}

void BusyTraffic::addClient(std::uint32_t index, std::string key, double rate)
{
    Client client;
    client.policy = index;
    client.key = std::move(key);
    client.rate = rate;
    client.row.id = static_cast<std::uint32_t>(m_clients.size());
    m_clients.push_back(std::move(client));
}

void BusyTraffic::stir(Client &client, Snapshot &snapshot)
{
    PolicyRow &row = m_policies[client.policy];
    const double allowed = total(row);
    const double wish = client.rate * std::uniform_real_distribution<double>(0.93, 1.07)(m_random);
    KeyRow &key = client.row;
    const double over = std::max(0.0, wish - allowed);
    const bool shadow = row.rule.mode == Mode::Shadow;
    key.rates = {wish - over, shadow ? 0 : over, shadow ? over : 0};
    key.limit = row.rule.limit.front().count;
    key.used = static_cast<std::uint32_t>(std::min(1.0, wish / allowed) * key.limit);
    key.state = over > 0 ? (shadow ? KeyState::Shadowed : KeyState::Throttled)
        : wish > 0.8 * allowed ? KeyState::Near : wish < 0.03 * allowed ? KeyState::Quiet : KeyState::Active;
    if (key.state == KeyState::Quiet)
        key.rates = {};
    else
        key.lastSeen = m_now;
    if (key.lastSeen == Instant())
        key.lastSeen = m_now - 40s;
    key.total += {static_cast<std::uint64_t>(std::lround(key.rates.allowed)), static_cast<std::uint64_t>(std::lround(key.rates.rejected)), 0};
    for (Rates *sum : {&row.rates, &snapshot.rates}) {
        sum->allowed += key.rates.allowed;
        sum->rejected += key.rates.rejected;
        sum->wouldReject += key.rates.wouldReject;
    }
    snapshot.changed.push_back(key);
}

std::vector<SecondCounts> BusyTraffic::curve(double scale, double rejectedShare) const
{
    std::vector<SecondCounts> result;
    const std::int64_t now = std::chrono::floor<std::chrono::seconds>(m_now.time_since_epoch()).count();
    for (std::int64_t second = now - 120; second < now; ++second) {
        std::mt19937 dice(static_cast<unsigned>(second));
        const double wave = 1 + 0.25 * std::sin(static_cast<double>(second) / 17) + std::uniform_real_distribution<double>(-0.06, 0.06)(dice);
        const double burst = second % 60 > 30 ? rejectedShare : rejectedShare * 0.25;
        SecondCounts counts;
        counts.second = second;
        counts.allowed = static_cast<std::uint32_t>(scale * wave * (1 - rejectedShare));
        counts.rejected = static_cast<std::uint32_t>(scale * wave * burst);
        counts.wouldReject = static_cast<std::uint32_t>(scale * wave * 0.02);
        counts.gap = second > now - 75 && second < now - 64;
        result.push_back(counts);
    }
    return result;
}

std::shared_ptr<Snapshot> BusyTraffic::next()
{
    m_now += 100ms;
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->link = {LinkState::Live, "redis://127.0.0.1:6379", "Redis 7.0.15", {}, Duration(0), std::chrono::microseconds(210), true};
    snapshot->now = m_now;
    snapshot->started = true;
    snapshot->keysReset = m_first;
    for (PolicyRow &row : m_policies)
        row.rates = {};
    for (Client &client : m_clients) {
        if (m_first)
            snapshot->added.push_back({client.row.id, m_policies[client.policy].name, client.key});
        stir(client, *snapshot);
    }
    m_total += {1060, 61, 11};
    snapshot->total = m_total;
    snapshot->all = curve(snapshot->rates.requests(), snapshot->rates.rejected / snapshot->rates.requests());
    snapshot->selectedKnown = request.hasSelected;
    if (request.hasSelected)
        snapshot->selected = curve(15, 0.6);
    snapshot->keysKnown = m_clients.size();
    snapshot->policiesChanged = m_first;
    snapshot->policies = m_policies;
    snapshot->lag = Duration(27);
    m_first = false;
    return snapshot;
}

} // namespace rateguard
