// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/RejectionBook.h"

#include <algorithm>

namespace rateguard {

RejectionBook::RejectionBook(std::size_t capacity)
    : m_capacity(capacity)
{
}

void RejectionBook::remember(const DecisionEvent &event)
{
    if (event.policy.size() + event.key.size() >= longestName) {
        return;
    }
    m_name.assign(event.policy).append(":").append(event.key);
    const auto hash = m_hash(m_name);
    auto number = find(hash, m_name);
    Rejection rejection {event.at, event.limit, event.used, event.cost, event.retryAfter, event.version, event.why, event.verdict == Verdict::WouldReject, event.at};
    if (number == none) {
        follow(rejection, nullptr);
        number = place();
        m_entries[number].name = m_name;
        m_entries[number].hash = hash;
        m_index.insert(hash, number);
    } else {
        follow(rejection, &m_entries[number].rejection);
        unlink(number);
    }
    link(number);
    m_entries[number].rejection = rejection;
}

// Takes over the run of the one before, or begins a new one.
void RejectionBook::follow(Rejection &rejection, const Rejection *before) const
{
    if (before && before->shadow == rejection.shadow && rejection.at - before->at <= Rejection::calm && before->at - rejection.at <= Rejection::calm) {
        rejection.since = std::min(before->since, rejection.at);
        rejection.orLonger = before->orLonger;
        return;
    }
    const bool mayBeForgotten = !before && m_entries.size() == m_capacity;
    rejection.orLonger = mayBeForgotten || rejection.at - m_from <= Rejection::calm;
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
