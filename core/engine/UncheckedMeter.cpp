// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/UncheckedMeter.h"

#include <utility>

namespace rateguard {

namespace {

void add(PolicyCounts &counts, std::string_view policy, std::uint64_t count)
{
    const auto known = counts.find(policy);
    if (known != counts.end()) {
        known->second += count;
    } else {
        counts.emplace(policy, count);
    }
}

} // namespace

void UncheckedMeter::count(std::string_view policy)
{
    add(m_totals, policy, 1);
    add(m_waiting, policy, 1);
}

void UncheckedMeter::takeBack(std::string_view policy)
{
    const auto known = m_waiting.find(policy);
    if (known != m_waiting.end() && --known->second == 0) {
        m_waiting.erase(known);
    }
}

PolicyCounts UncheckedMeter::take(std::string_view answered, Instant now)
{
    const auto refused = m_refused.find(answered);
    if ((m_waiting.empty() && refused == m_refused.end()) || now < m_notBefore) {
        return {};
    }
    m_notBefore = now + m_pause;
    auto taken = std::exchange(m_waiting, {});
    if (refused != m_refused.end()) {
        add(taken, answered, refused->second);
        m_refused.erase(refused);
    }
    return taken;
}

void UncheckedMeter::putBack(std::string_view policy, std::uint64_t count)
{
    add(m_waiting, policy, count);
}

void UncheckedMeter::refused(std::string_view policy, std::uint64_t count)
{
    add(m_refused, policy, count);
}

} // namespace rateguard
