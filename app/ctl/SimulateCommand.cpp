// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/SimulateCommand.h"

#include <algorithm>

namespace rateguard {

using namespace std::chrono_literals;

SimulateCommand::SimulateCommand(const Options &options)
    : LinkedCommand(options)
    , m_policy(options.policy.empty() ? "simulate" : options.policy)
    , m_span(options.span ? std::chrono::duration<double>(*options.span).count() : 10)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(5ms);
    connect(&m_timer, &QTimer::timeout, this, &SimulateCommand::tick);
}

void SimulateCommand::begin()
{
    m_limiter.emplace(m_library, m_partitions);
    m_clock.start();
    m_timer.start();
}

// Only the first connection decides whether there is a command; later losses count as errors.
void SimulateCommand::linkFailed(Exit exit, const QString &text)
{
    if (!m_clock.isValid()) {
        fail(exit, text);
    }
}

void SimulateCommand::tick()
{
    const double now = static_cast<double>(m_clock.nsecsElapsed()) / 1e9;
    if (!m_stopping) {
        m_due += m_options.rate * (std::min(now, m_span) - m_lastTick);
        m_lastTick = std::min(now, m_span);
        while (m_due >= 1 && m_inFlight < maxInFlight) {
            m_due -= 1;
            ask();
        }
        m_due = std::min(m_due, m_options.rate);
        report();
        m_stopping = m_stopping || now >= m_span;
    }
    if (m_stopping && (m_inFlight == 0 || now > m_span + 5)) {
        m_timer.stop();
        if (m_options.json) {
            printLine(summary());
        } else {
            printLine(QStringLiteral("%1 requests in %2 s: %3 allowed%4, %5 rejected, %6 errors").arg(m_allowed + m_rejected + m_errors).arg(std::min(m_span, static_cast<double>(m_clock.elapsed()) / 1000), 0, 'f', 1).arg(m_allowed)
                          .arg(m_wouldReject ? QStringLiteral(" (%1 of them by shadow mode)").arg(m_wouldReject) : QString()).arg(m_rejected).arg(m_errors));
        }
        emit done(m_allowed + m_rejected == 0 ? m_trouble : Exit::Ok);
    }
}

void SimulateCommand::ask()
{
    // A few keys make most of the traffic: the rank is skewed towards the first.
    const double skewed = std::uniform_real_distribution(0.0, 1.0)(m_random);
    const auto key = static_cast<std::uint64_t>(skewed * skewed * skewed * static_cast<double>(m_options.keys)) + 1;
    ++m_inFlight;
    m_limiter->check(m_policy, "client-" + std::to_string(key), 1, Limit {100, 1min}, [this](const RedisLimiter::Answer &answer) {
        --m_inFlight;
        if (!answer.error.empty()) {
            if (m_errors++ == 0) {
                const auto reply = answer.failure();
                m_trouble = exitOf(reply);
                printError(explainError(reply));
            }
        } else {
            ++(answer.decision.allowed() ? m_allowed : m_rejected);
            m_wouldReject += answer.decision.verdict == Verdict::WouldReject;
        }
    });
}

void SimulateCommand::report()
{
    const auto second = static_cast<std::uint64_t>(m_clock.elapsed() / 1000);
    if (second > m_reportedSeconds && m_clock.elapsed() < static_cast<qint64>(m_span * 1000)) {
        m_reportedSeconds = second;
        if (m_options.json) {
            printLine(summary());
        } else {
            printLine(QStringLiteral("%1 s: %2 allowed, %3 rejected, %4 errors").arg(second).arg(m_allowed).arg(m_rejected).arg(m_errors));
        }
    }
}

QJsonObject SimulateCommand::summary() const
{
    return {{QStringLiteral("requests"), static_cast<qint64>(m_allowed + m_rejected + m_errors)}, {QStringLiteral("allowed"), static_cast<qint64>(m_allowed)},
        {QStringLiteral("rejected"), static_cast<qint64>(m_rejected)}, {QStringLiteral("would_reject"), static_cast<qint64>(m_wouldReject)}, {QStringLiteral("errors"), static_cast<qint64>(m_errors)},
        {QStringLiteral("seconds"), static_cast<double>(m_clock.elapsed()) / 1000}};
}

} // namespace rateguard
