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
    return row.rule.limit.front().perSecond();
}

std::shared_ptr<const EditHistory> history(Instant now)
{
    auto history = std::make_shared<EditHistory>();
    const auto add = [&](std::chrono::seconds ago, const char *policy, std::optional<std::string> key, std::uint64_t version, const char *before,
                         const char *after, const char *author, const char *reason, EditHistory::Effect effect) {
        history->entries.push_back({now - ago, policy, std::move(key), version, before, after, author, reason});
        history->effects.push_back(effect);
    };
    add(94s, "search", std::nullopt, 3, "2 enforce log 100/60000", "3 enforce log 60/60000", "ada@oncall-2", "scraper eats the index", {12, 840, 1900, 1950, 10min, 1min});
    add(11min, "checkout", std::nullopt, 2, "1 enforce log 10/1000", "2 shadow log 10/1000", "grace@bastion", "trying before the sale", {310, 0, 9000, 9100, 10min, 10min});
    add(52min, "search", "scraper 198.51.100.23", 4, "", "4 limit 0 30/60000", "ada@oncall-2", "half of what the others get", {90, 700, 1800, 1800, 60s, 10min, EditHistory::Basis::Key});
    add(3h, "api", "partner:acme", 0, "", "reset", "linus@ops-1", "they fixed their client", {});
    add(26h, "api", std::nullopt, 7, "6 enforce log 300/60000", "7 enforce log 600/60000", "<b>mallory</b>", "\xe2\x80\xaewhy not", {4000, 120, 52000, 52500, 10min, 10min});
    history->isComplete = true;
    return history;
}

std::shared_ptr<const OverrideList> overrides(Instant now)
{
    auto list = std::make_shared<OverrideList>();
    list->all = {{"api", "mobile-app/2.2.0", {Override::Kind::Ban, {}, now + 23min, 2}},
                 {"api", "partner:acme", {Override::Kind::Exempt, {}, std::nullopt, 3}},
                 {"search", "scraper 198.51.100.23", {Override::Kind::Limit, {30, 1min}, now + 8min, 4}}};
    return list;
}

} // namespace

BusyTraffic::BusyTraffic(unsigned seed) : m_random(seed), m_history(history(m_now)), m_overrides(overrides(m_now)), m_desk(std::make_unique<KeyDesk>(static_cast<KeySource &>(*this)))
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
    key.minuteRequests = static_cast<std::uint32_t>(std::lround(key.rates.requests() * 60));
    key.minuteRejected = static_cast<std::uint32_t>(std::lround(key.rates.rejected * 60));
    key.total += {static_cast<std::uint64_t>(std::lround(key.rates.allowed)), static_cast<std::uint64_t>(std::lround(key.rates.rejected)), 0};
    for (Rates *sum : {&row.rates, &snapshot.rates}) {
        sum->allowed += key.rates.allowed;
        sum->rejected += key.rates.rejected;
        sum->wouldReject += key.rates.wouldReject;
    }
}

std::vector<SecondCounts> BusyTraffic::curve(double scale, double rejectedShare, bool ofKey) const
{
    std::vector<SecondCounts> result;
    const std::int64_t step = stepOf(request.span).count();
    const std::int64_t count = request.span.count() / step;
    const std::int64_t now = std::chrono::floor<std::chrono::seconds>(m_now.time_since_epoch()).count();
    for (std::int64_t second = now / step * step - count * step; second + step <= now; second += step) {
        std::mt19937 dice(static_cast<unsigned>(second));
        const double wave = 1 + 0.25 * std::sin(static_cast<double>(second) / 17) + std::uniform_real_distribution<double>(-0.06, 0.06)(dice);
        const double burst = second % 60 > 30 ? rejectedShare : rejectedShare * 0.25;
        SecondCounts counts;
        counts.second = second;
        const double all = scale * wave * static_cast<double>(step);
        counts.allowed = static_cast<std::uint32_t>(all * (1 - rejectedShare));
        counts.rejected = static_cast<std::uint32_t>(all * burst);
        counts.wouldReject = static_cast<std::uint32_t>(all * 0.02);
        counts.gap = second > now - 75 * step && second < now - 64 * step;
        counts.cause = GapCause::Disconnected;
        if (step > 1 && second < now - request.span.count() / 2) {
            counts.byMinute = !ofKey; // of single keys Redis remembers no minutes
            counts.gap = ofKey;
            counts.cause = GapCause::NotWatching;
        } else if (!ofKey && !counts.gap && second > now - 75 * step && second < now - 58 * step) {
            counts.unchecked = static_cast<std::uint32_t>(all * 0.3);
        }
        result.push_back(counts);
    }
    return result;
}

void BusyTraffic::fillTable(Snapshot &snapshot)
{
    ++m_changes;
    m_desk->fill(request, m_now, snapshot);
}

bool BusyTraffic::look(std::uint32_t id, Instant, KeyView &out)
{
    const Client &client = m_clients[id];
    out = {m_policies[client.policy].name, client.key, client.row, 0};
    return true;
}

std::uint32_t BusyTraffic::find(std::string_view policy, std::string_view key)
{
    const auto found = std::find_if(m_clients.begin(), m_clients.end(), [&](const Client &client) { return client.key == key && m_policies[client.policy].name == policy; });
    return found == m_clients.end() ? none : static_cast<std::uint32_t>(found - m_clients.begin());
}

std::vector<MinuteSlice> BusyTraffic::minute(std::uint32_t id, Instant now)
{
    const Rates &rates = m_clients[id].row.rates;
    if (rates.requests() == 0)
        return {};
    std::vector<MinuteSlice> slices;
    const std::int64_t end = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
    for (std::int64_t second = end - 60; second < end; ++second) {
        std::mt19937 dice(static_cast<unsigned>(second * 31 + id));
        const double wave = std::uniform_real_distribution<double>(0.4, 1.6)(dice);
        const double over = second % 30 > 12 ? wave : 0;
        slices.push_back({static_cast<std::uint32_t>(std::lround(rates.allowed * wave)),
                          static_cast<std::uint32_t>(std::lround((rates.rejected + rates.wouldReject) * over)), false,
                          static_cast<std::uint32_t>(std::lround(rates.wouldReject * over))});
    }
    return slices;
}

KeyRow &BusyTraffic::row(std::uint32_t id)
{
    return m_clients[id].row;
}

void BusyTraffic::rename(std::uint32_t id, std::string key)
{
    m_clients[id].key = std::move(key);
}

std::shared_ptr<Snapshot> BusyTraffic::answer()
{
    auto snapshot = std::make_shared<Snapshot>(m_last);
    snapshot->policiesChanged = false;
    snapshot->table = {};
    snapshot->offenders.clear();
    snapshot->nearLimit.clear();
    fillTable(*snapshot);
    return snapshot;
}

std::shared_ptr<const KeyDetail> BusyTraffic::detail() const
{
    auto detail = std::make_shared<KeyDetail>();
    detail->policy = request.selectedPolicy;
    detail->key = request.selectedKey;
    detail->at = m_now;
    for (const KeyOverride &it : m_overrides->all) {
        if (it.policy != detail->policy || it.key != detail->key)
            continue;
        detail->override = it.value;
        if (it.value.kind == Override::Kind::Ban)
            detail->next = Decision {Verdict::Rejected, 600, 0, Duration(23min), Duration(23min), 1min, 7, Why::Ban};
    }
    for (const Client &client : m_clients) {
        const PolicyRow &policy = m_policies[client.policy];
        if (client.key != detail->key || policy.name != detail->policy)
            continue;
        detail->row = client.row;
        const bool own = detail->override && detail->override->kind == Override::Kind::Limit;
        const Limit limit = own ? detail->override->limit.front() : policy.rule.limit.front();
        const std::uint32_t used = std::min(client.row.used, limit.count);
        for (std::uint32_t i = 0; i < used; ++i)
            detail->admitted.push_back(m_now - limit.window * (used - i) / (used + 1));
        detail->next = Decision();
        detail->next->limit = limit.count;
        detail->next->window = limit.window;
        detail->next->version = policy.rule.version;
        detail->next->remaining = limit.count - used - (used < limit.count ? 1 : 0);
        detail->next->why = own ? Why::Override : Why::Limit;
        if (used == limit.count) {
            detail->next->verdict = policy.rule.mode == Mode::Shadow ? Verdict::WouldReject : Verdict::Rejected;
            detail->next->retryAfter = limit.window / (used + 1);
            detail->lastRejection = Rejection {m_now - 40ms, limit, used, 1, detail->next->retryAfter, policy.rule.version, detail->next->why,
                                               policy.rule.mode == Mode::Shadow, m_now - 4min};
        }
    }
    return detail;
}

std::shared_ptr<Snapshot> BusyTraffic::next()
{
    m_now += 100ms;
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->link = {LinkState::Live, "redis://127.0.0.1:6379", "Redis 7.0.15", {}, Duration(0), std::chrono::microseconds(210), true};
    snapshot->now = m_now;
    snapshot->started = true;
    for (PolicyRow &row : m_policies)
        row.rates = {};
    for (Client &client : m_clients)
        stir(client, *snapshot);
    m_total += {1060, 61, 11};
    snapshot->total = m_total;
    snapshot->span = request.span;
    snapshot->step = stepOf(request.span);
    snapshot->all = curve(snapshot->rates.requests(), snapshot->rates.rejected / snapshot->rates.requests(), false);
    snapshot->selectedKnown = request.hasSelected;
    if (request.hasSelected)
        snapshot->selected = curve(15, 0.6, true);
    snapshot->keysKnown = m_clients.size();
    fillTable(*snapshot);
    snapshot->history = m_history;
    snapshot->overrides = m_overrides;
    snapshot->detail = request.wantsDetail ? detail() : nullptr;
    snapshot->health = {std::chrono::microseconds(1900), 48'300'000, 256'000'000, "allkeys-lru",
                        {"maxmemory-policy is allkeys-lru: when memory is full, Redis drops limiter logs and clients start over. Set noeviction or volatile-ttl."}};
    snapshot->policiesChanged = m_first;
    snapshot->policies = m_policies;
    snapshot->lag = Duration(27);
    m_first = false;
    m_last = *snapshot;
    return snapshot;
}

} // namespace rateguard
