// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Time.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace rateguard {

// Counts by policy, the way rateguard_unchecked wants to be told.
using PolicyCounts = std::map<std::string, std::uint64_t, std::less<>>;

// Requests that were admitted only because Redis gave no answer, by policy, and what Redis has not been told of them yet.
// Each is told at most once: a report whose answer was lost counts as told, because an outage that looks too large would be
// worse than one that looks a little too small. Instants must not go backwards. Not thread-safe.
class UncheckedMeter
{
public:
    explicit UncheckedMeter(Duration pause) : m_pause(pause) { }

    void count(std::string_view policy);
    // The answer came after all, and Redis has admitted and counted the request itself. The totals stay: they only grow.
    void takeBack(std::string_view policy);

    // What to report now that Redis has answered for this policy; usually nothing, and at most once every pause.
    PolicyCounts take(std::string_view answered, Instant now);
    // A report that was not sent.
    void putBack(std::string_view policy, std::uint64_t count);
    // A report that Redis refused: it has no limit for the policy (yet), so the policy's own next answer is awaited.
    void refused(std::string_view policy, std::uint64_t count);

    bool hasWaiting() const { return !m_waiting.empty() || !m_refused.empty(); }
    const PolicyCounts &totals() const { return m_totals; }

private:
    Duration m_pause;
    PolicyCounts m_totals;
    PolicyCounts m_waiting;
    PolicyCounts m_refused;
    Instant m_notBefore = Instant::min();
};

} // namespace rateguard
