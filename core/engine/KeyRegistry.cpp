// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/KeyRegistry.h"

#include <algorithm>
#include <utility>

namespace rateguard {

namespace {

constexpr Duration evictable = std::chrono::seconds(10);
constexpr Duration tidyEvery = std::chrono::seconds(1);
constexpr int mostForgotten = 20'000; // in one go, so that a flood that ends does not hold up the reader

} // namespace

KeyRegistry::KeyRegistry()
    : KeyRegistry(Options())
{
}

KeyRegistry::KeyRegistry(const Options &options)
    : m_options(options)
    , m_histories(options.maxHistories)
    , m_policies(options.maxPolicies)
{
}

// One piece of text, so that a known key costs one hash and one comparison.
std::string_view KeyRegistry::nameOf(std::string_view policy, std::string_view key)
{
    m_name.assign(policy).append(1, ':').append(key);
    return m_name;
}

std::uint32_t KeyRegistry::find(std::size_t hash, std::string_view name, std::size_t policySize)
{
    return m_index.find(hash, [&](std::uint32_t id) {
        const auto &entry = at(id);
        return entry.policySize == policySize && entry.name() == name;
    });
}

bool KeyRegistry::record(const DecisionEvent &event)
{
    m_listening.heard(event.at);
    ++m_changes;
    const auto name = nameOf(event.policy, event.key);
    const auto hash = m_hash(name);
    auto id = find(hash, name, event.policy.size());
    if (id == none) {
        id = add(event, hash, name);
    } else if (id != m_newest) {
        unlink(id);
        link(id);
    }
    if (id == none) {
        m_policies.record(m_policies.findOrAdd(event.policy), event.at, event.verdict);
        m_other.record(event.at, event.verdict);
        ++m_otherRequests;
        return true;
    }
    recordPolicy(at(id), event);
    remember(id, event);
    auto &entry = at(id);
    entry.note(event);
    return entry.requests() > entry.total[static_cast<std::size_t>(Verdict::Allowed)];
}

void KeyRegistry::recordPolicy(KeyRecord &entry, const DecisionEvent &event)
{
    if (entry.policy == none) { // there may be room by now
        entry.policy = m_policies.findOrAdd(event.policy);
        m_policies.hold(entry.policy);
    }
    m_policies.record(entry.policy, event.at, event.verdict);
}

void KeyRegistry::observe(std::string_view policy, std::string_view key, std::uint32_t used, const Limit &limit, Instant at)
{
    const auto name = nameOf(policy, key);
    const auto hash = m_hash(name);
    auto id = find(hash, name, policy.size());
    if (id != none && this->at(id).requests() > 0) {
        return;
    }
    if (id == none) {
        DecisionEvent event;
        event.at = at;
        event.policy = policy;
        event.key = key;
        id = add(event, hash, name);
    }
    if (id == none) {
        return;
    }
    this->at(id).observe(used, limit, at);
    ++m_changes;
}

void KeyRegistry::setOverrides(const std::vector<KeyOverride> &all)
{
    StandingBook book(all);
    const auto entryOf = [this](const std::string &name) {
        const auto id = find(m_hash(name), name, name.find(':'));
        return id == none ? nullptr : &at(id);
    };
    for (const auto &[name, standing] : m_standings) {
        if (auto *entry = entryOf(name)) {
            entry->standing = Standing::None;
            entry->why = Why::Limit; // what its last request was told is over
        }
    }
    m_standings = std::move(book);
    for (const auto &[name, standing] : m_standings) {
        if (auto *entry = entryOf(name)) {
            entry->standing = standing;
        }
    }
    ++m_changes;
}

// Most keys of a flood come once: they must not take the histories from those that come again.
void KeyRegistry::remember(std::uint32_t id, const DecisionEvent &event)
{
    auto &entry = at(id);
    if (entry.history == none && entry.requests() > 0) {
        giveHistory(id);
    }
    if (entry.history != none) {
        m_histories[entry.history].record(event.at, event.verdict);
    }
}

void KeyRegistry::giveHistory(std::uint32_t id)
{
    auto &entry = at(id);
    entry.history = m_histories.lend(id);
    if (entry.history == none) {
        return;
    }
    auto &history = m_histories[entry.history];
    // It had none while they came, or may have been turned away in that very second.
    if (entry.requests() > 1 || m_crowded >= std::chrono::floor<std::chrono::seconds>(entry.lastSeen)) {
        history.gap(Instant(), entry.lastSeen + std::chrono::microseconds(1), GapCause::NotWatching);
    }
    if (entry.requests() == 1) {
        const auto first = std::find(entry.total.begin(), entry.total.end(), 1U) - entry.total.begin();
        history.record(entry.lastSeen, static_cast<Verdict>(first));
    }
}

std::uint32_t KeyRegistry::add(const DecisionEvent &event, std::size_t hash, std::string_view name)
{
    if (m_index.size() >= m_options.maxKeys) {
        m_crowded = std::max(m_crowded, event.at);
        if (m_oldest == none || event.at - at(m_oldest).lastSeen <= evictable) {
            return none;
        }
        remove(m_oldest);
    }
    const auto id = place();
    auto &entry = at(id);
    entry.text = std::make_unique_for_overwrite<char[]>(name.size());
    std::copy(name.begin(), name.end(), entry.text.get());
    entry.textSize = static_cast<std::uint32_t>(name.size());
    entry.policySize = static_cast<std::uint32_t>(event.policy.size());
    entry.lastSeen = event.at;
    entry.standing = m_standings.find(name);
    entry.policy = m_policies.findOrAdd(event.policy);
    m_policies.hold(entry.policy);
    entry.born = ++m_births;
    m_index.insert(hash, id);
    link(id);
    return id;
}

std::uint32_t KeyRegistry::place()
{
    if (!m_free.empty()) {
        const auto id = m_free.back();
        m_free.pop_back();
        return id;
    }
    if (m_places % pageSize == 0) {
        m_pages.push_back(std::make_unique<std::array<KeyRecord, pageSize>>());
    }
    return m_places++;
}

void KeyRegistry::remove(std::uint32_t id)
{
    auto &entry = at(id);
    unlink(id);
    m_index.erase(m_hash(entry.name()), id);
    m_policies.release(entry.policy);
    if (entry.history != none) {
        m_histories.giveBack(entry.history);
    }
    entry = {};
    m_free.push_back(id);
    ++m_changes;
}

void KeyRegistry::link(std::uint32_t id)
{
    auto &entry = at(id);
    entry.older = m_newest;
    entry.newer = none;
    (m_newest == none ? m_oldest : at(m_newest).newer) = id;
    m_newest = id;
}

void KeyRegistry::unlink(std::uint32_t id)
{
    const auto &entry = at(id);
    (entry.newer == none ? m_newest : at(entry.newer).older) = entry.older;
    (entry.older == none ? m_oldest : at(entry.older).newer) = entry.newer;
}

void KeyRegistry::collect(Instant now, Snapshot &out)
{
    for (int left = mostForgotten; left > 0 && m_oldest != none && now - at(m_oldest).lastSeen > m_options.idle; --left) {
        remove(m_oldest);
    }
    if (now - m_tidied >= tidyEvery || now < m_tidied) {
        m_tidied = now;
        m_policies.forgetUnused(now, m_options.idle);
        m_crowded = m_crowded - now > KeyRecord::ahead ? now : m_crowded;
    }
    out.keysKnown = m_index.size();
    out.otherRates = m_other.rates(now, m_listening);
    out.otherRequests = m_otherRequests;
}

void KeyRegistry::keepHouse(KeyRecord &entry, Instant now)
{
    entry.age(now);
    const auto quiet = now - entry.lastSeen;
    if (entry.history != none && quiet > std::chrono::seconds(TrafficHistory::defaultSeconds)) {
        m_histories.giveBack(std::exchange(entry.history, none)); // nothing in it is shown any more
    }
}

bool KeyRegistry::look(std::uint32_t id, Instant now, KeyView &out)
{
    auto &entry = at(id);
    if (!entry.text) {
        return false;
    }
    keepHouse(entry, now);
    const auto name = entry.name();
    out.policy = name.substr(0, entry.policySize);
    out.key = name.substr(entry.policySize + std::size_t {1});
    out.born = entry.born;
    out.row = entry.row(id, now, m_listening, m_options.nearShare);
    return true;
}

std::uint32_t KeyRegistry::find(std::string_view policy, std::string_view key)
{
    const auto name = nameOf(policy, key);
    return find(m_hash(name), name, policy.size());
}

std::vector<MinuteSlice> KeyRegistry::minute(std::uint32_t id, Instant now)
{
    std::vector<MinuteSlice> slices;
    const auto history = at(id).history;
    if (history == none) {
        return slices;
    }
    constexpr std::size_t seconds = 60;
    for (const auto &second : m_histories[history].last(seconds, now)) {
        const Instant from {std::chrono::seconds(second.second)};
        const bool isHeard = !second.gap && m_listening.isWhole(from, from + std::chrono::seconds(1));
        slices.push_back({second.allowed, second.rejected + second.wouldReject, !isHeard});
    }
    return slices;
}

const TrafficHistory *KeyRegistry::history(std::string_view policy, std::string_view key)
{
    const auto id = find(policy, key);
    if (id == none) {
        return nullptr;
    }
    if (at(id).history == none) {
        takeBackHistory();
        giveHistory(id);
    }
    return at(id).history == none ? nullptr : &m_histories[at(id).history];
}

// When all histories are lent: the least recently seen of the next few borrowers goes without.
void KeyRegistry::takeBackHistory()
{
    if (!m_histories.isExhausted()) {
        return;
    }
    constexpr std::uint32_t few = 64;
    auto stalest = none;
    for (std::uint32_t i = 0; i < few; ++i) {
        m_takeFrom = (m_takeFrom + 1) % static_cast<std::uint32_t>(m_histories.size());
        const auto owner = m_histories.owner(m_takeFrom);
        if (stalest == none || at(owner).lastSeen < at(stalest).lastSeen) {
            stalest = owner;
        }
    }
    m_histories.giveBack(std::exchange(at(stalest).history, none));
}

Rates KeyRegistry::policyRates(std::string_view policy, Instant now) const
{
    return m_policies.rates(policy, now, m_listening);
}

} // namespace rateguard
