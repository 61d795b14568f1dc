// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/RejectionBook.h"

#include <algorithm>

namespace rateguard {

RejectionBook::RejectionBook(std::size_t capacity)
    : m_capacity(capacity)
{
}

bool RejectionBook::name(std::string_view policy, std::string_view key)
{
    if (policy.size() + key.size() >= longestName) {
        return false;
    }
    m_name.assign(policy).append(":").append(key);
    return true;
}

void RejectionBook::record(const DecisionEvent &event)
{
    const bool isAdmitted = event.verdict == Verdict::Allowed;
    if ((isAdmitted && m_entries.empty()) || !name(event.policy, event.key)) {
        return;
    }
    const auto hash = m_hash(m_name);
    const auto number = find(hash, m_name);
    if (!isAdmitted) {
        remember(event, hash, number);
    } else if (number != none) {
        admit(event, m_entries[number]);
    }
}

void RejectionBook::remember(const DecisionEvent &event, std::size_t hash, std::uint32_t number)
{
    Rejection rejection {event.at, event.limit, event.used, event.cost, event.retryAfter, event.version, event.why, event.verdict == Verdict::WouldReject, event.at};
    Instant ended;
    if (number == none) {
        rejection.orLonger = m_entries.size() == m_capacity || rejection.at - m_from <= Rejection::calm; // it may have been forgotten
        number = place();
        m_entries[number].name = m_name;
        m_entries[number].hash = hash;
        m_index.insert(hash, number);
    } else {
        const auto &before = m_entries[number];
        ended = before.ended;
        if (goesOn(before, rejection)) {
            rejection.since = std::min(before.rejection.since, rejection.at);
            rejection.orLonger = before.rejection.orLonger;
        } else {
            rejection.orLonger = before.rejection.at < m_from && rejection.at - m_from <= Rejection::calm;
        }
        unlink(number);
    }
    link(number);
    auto &entry = m_entries[number];
    entry.rejection = rejection;
    entry.admittedFrom = entry.admittedUntil = {};
    entry.ended = ended;
    entry.why = event.why;
}

void RejectionBook::admit(const DecisionEvent &event, Entry &entry)
{
    if (event.at < entry.rejection.at) {
        return; // late
    }
    if (entry.admittedFrom == Instant() || event.at - entry.admittedUntil > patience(entry.rejection) / 2) {
        entry.admittedFrom = event.at;
    }
    entry.admittedUntil = std::max(entry.admittedUntil, event.at);
    const bool isLong = entry.admittedUntil - entry.admittedFrom > patience(entry.rejection);
    if (isLong || entry.why != event.why) {
        entry.ended = event.at;
        entry.why = event.why;
    }
}

void RejectionBook::changed(std::string_view policy, std::string_view key, Instant at)
{
    if (!name(policy, key)) {
        return;
    }
    if (const auto number = find(m_hash(m_name), m_name); number != none) {
        m_entries[number].ended = at;
    }
}

Duration RejectionBook::patience(const Rejection &rejection)
{
    constexpr Duration least = std::chrono::seconds(5);
    return std::max(rejection.limit.window, least);
}

bool RejectionBook::goesOn(const Entry &entry, const Rejection &next)
{
    const auto &last = entry.rejection;
    const bool isCalm = next.at - last.at > Rejection::calm || last.at - next.at > Rejection::calm;
    const bool isUnderAnother = entry.why != next.why || last.shadow != next.shadow;
    const bool hasEnded = last.at <= entry.ended && entry.ended <= next.at;
    return !isCalm && !isUnderAnother && !hasEnded;
}

std::uint32_t RejectionBook::find(std::size_t hash, std::string_view name) const
{
    return m_index.find(hash, [&](std::uint32_t number) { return m_entries[number].name == name; });
}

// A new one, or that of the key rejected longest ago.
std::uint32_t RejectionBook::place()
{
    if (m_entries.size() < m_capacity) {
        m_entries.emplace_back();
        return static_cast<std::uint32_t>(m_entries.size() - 1);
    }
    const auto number = m_oldest;
    unlink(number);
    m_index.erase(m_entries[number].hash, number);
    return number;
}

void RejectionBook::link(std::uint32_t number)
{
    m_entries[number].newer = none;
    m_entries[number].older = m_newest;
    (m_newest == none ? m_oldest : m_entries[m_newest].newer) = number;
    m_newest = number;
}

void RejectionBook::unlink(std::uint32_t number)
{
    const auto &entry = m_entries[number];
    (entry.newer == none ? m_newest : m_entries[entry.newer].older) = entry.older;
    (entry.older == none ? m_oldest : m_entries[entry.older].newer) = entry.newer;
}

const Rejection *RejectionBook::find(std::string_view policy, std::string_view key) const
{
    const auto name = std::string(policy).append(":").append(key);
    const auto number = find(m_hash(name), name);
    return number == none ? nullptr : &m_entries[number].rejection;
}

} // namespace rateguard
