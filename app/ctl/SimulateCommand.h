// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/LinkedCommand.h"
#include "redis/RedisLimiter.h"

#include <QElapsedTimer>
#include <QTimer>

#include <random>

namespace rateguard {

// simulate: an open-loop load on the real limiter: `--rate` requests a second over `--keys` keys, a few of them much busier
// than the rest, whatever the answers are. What is in flight is bounded; what could not be sent in time is not caught up with.
class SimulateCommand : public LinkedCommand
{
public:
    explicit SimulateCommand(const Options &options);
    void interrupt() override { m_stopping = true; }

private:
    static constexpr std::size_t maxInFlight = 10'000;

    void begin() override;
    void linkFailed(Exit exit, const QString &text) override;
    void tick();
    void ask();
    void report();
    QJsonObject summary() const;

    std::optional<RedisLimiter> m_limiter;
    std::string m_policy;
    QElapsedTimer m_clock;
    QTimer m_timer;
    std::mt19937_64 m_random {1};
    double m_span = 10;
    double m_due = 0;
    double m_lastTick = 0;
    std::size_t m_inFlight = 0;
    std::uint64_t m_allowed = 0;
    std::uint64_t m_rejected = 0;
    std::uint64_t m_wouldReject = 0; // of those allowed
    std::uint64_t m_errors = 0;
    std::uint64_t m_reportedSeconds = 0;
    bool m_stopping = false;
    Exit m_trouble = Exit::Ok;
};

} // namespace rateguard
