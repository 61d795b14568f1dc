// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/Outages.h"

namespace rateguard {

std::string_view sourceName(Source source)
{
    constexpr std::array<std::string_view, 4> names {"redis", "open", "closed", "local"};
    return names[static_cast<std::size_t>(source)];
}

std::string misuse(std::string_view policy, std::uint32_t cost)
{
    if (!isPolicyName(policy)) {
        return "INVALID a policy's name is 1 to 64 of the characters A-Z a-z 0-9 . _ -";
    }
    return cost >= 1 && cost <= KeyUsage::maxCost ? std::string() : "BADCOST a cost is a whole number from 1 to " + std::to_string(KeyUsage::maxCost);
}

ServiceDecision refuseMisuse(std::string error)
{
    ServiceDecision decision;
    decision.verdict = Verdict::Rejected;
    decision.retryAfter = std::nullopt; // it will never be right
    decision.resetAfter = Duration(-1);
    decision.source = Source::Closed;
    decision.error = std::move(error);
    return decision;
}

Outages::Outages(FailureMode mode, Duration pause, std::size_t localKeys)
    : m_mode(mode)
    , m_pause(pause)
    , m_breaker(pause)
    , m_meter(pause)
    , m_local(localKeys)
{
}

bool Outages::mayAsk(Instant now)
{
    if (m_isCalm) {
        return true;
    }
    const std::lock_guard lock(m_mutex);
    return m_breaker.allows(now);
}

void Outages::answered()
{
    if (m_isCalm) {
        return;
    }
    const std::lock_guard lock(m_mutex);
    m_breaker.answered();
    m_isCalm = true;
}

void Outages::failed(Instant now)
{
    const std::lock_guard lock(m_mutex);
    m_breaker.failed(now);
    m_isCalm = false;
}

ServiceDecision Outages::decide(std::string_view policy, std::string_view key, std::uint32_t cost, const Limits &fallback, Instant now, std::string error,
    const std::shared_ptr<Overdue> &overdue)
{
    ServiceDecision decision;
    const auto local = m_mode == FailureMode::Local ? decideLocally(policy, key, cost, fallback, now) : std::nullopt;
    if (local) {
        static_cast<Decision &>(decision) = *local;
        decision.version = 0; // of no limit that Redis holds
        decision.source = Source::Local;
    } else {
        decision.limit = fallback.front().count;
        decision.window = fallback.front().window;
        decision.why = Why::Unchecked;
        decision.source = m_mode == FailureMode::Closed ? Source::Closed : Source::Open;
    }
    if (decision.source == Source::Closed) {
        decision.verdict = Verdict::Rejected;
        decision.retryAfter = decision.resetAfter = m_pause;
    }
    decision.error = std::move(error);
    const std::lock_guard lock(m_mutex);
    if (decision.allowed()) {
        m_meter.count(policy);
        if (overdue && overdue->isAllowed) {
            m_meter.takeBack(policy);
        } else if (overdue) {
            overdue->isCounted = true;
        }
        m_hasReport = m_meter.hasWaiting();
    } else {
        ++m_rejected;
    }
    return decision;
}

std::optional<Decision> Outages::decideLocally(std::string_view policy, std::string_view key, std::uint32_t cost, const Limits &fallback, Instant now)
{
    if (!fallback.isValid()) {
        return std::nullopt;
    }
    {
        const std::lock_guard lock(m_mutex);
        const auto known = m_localLimits.find(policy);
        if (known == m_localLimits.end() || known->second != fallback) {
            m_local.setRule(policy, Rule(fallback, Mode::Enforce, 1));
            m_localLimits.insert_or_assign(std::string(policy), fallback);
        }
    }
    return m_local.decide(policy, key, now, cost);
}

void Outages::cameLate(Overdue &overdue, bool allowed)
{
    const std::lock_guard lock(m_mutex);
    if (allowed && overdue.isCounted) {
        m_meter.takeBack(overdue.policy);
    }
    overdue.isAllowed = allowed;
}

PolicyCounts Outages::takeReport(std::string_view answered, Instant now)
{
    if (!m_hasReport) {
        return {};
    }
    const std::lock_guard lock(m_mutex);
    auto report = m_meter.take(answered, now);
    m_hasReport = m_meter.hasWaiting();
    return report;
}

void Outages::putBack(std::string_view policy, std::uint64_t count)
{
    const std::lock_guard lock(m_mutex);
    m_meter.putBack(policy, count);
    m_hasReport = true;
}

void Outages::refused(std::string_view policy, std::uint64_t count)
{
    const std::lock_guard lock(m_mutex);
    m_meter.refused(policy, count);
    m_hasReport = true;
}

PolicyCounts Outages::unchecked() const
{
    const std::lock_guard lock(m_mutex);
    return m_meter.totals();
}

std::uint64_t Outages::admitted() const
{
    const std::lock_guard lock(m_mutex);
    std::uint64_t sum = 0;
    for (const auto &[policy, count] : m_meter.totals()) {
        sum += count;
    }
    return sum;
}

std::uint64_t Outages::rejected() const
{
    const std::lock_guard lock(m_mutex);
    return m_rejected;
}

bool Outages::isOpen() const
{
    const std::lock_guard lock(m_mutex);
    return m_breaker.isOpen();
}

} // namespace rateguard
