// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/Command.h"
#include "redis/RedisLimiter.h"

namespace rateguard {

// check POLICY KEY: asks the limiter as a service would, `--count` times, and prints each answer.
class CheckCommand : public Command
{
public:
    explicit CheckCommand(const Options &options);
    void start() override;
    void interrupt() override { fail(Exit::Interrupted, QStringLiteral("interrupted; what was asked before counts")); }

private:
    static constexpr std::uint32_t maxInFlight = 128;

    void ask();
    void answered(const RedisLimiter::Answer &answer);

    Connection m_connection;
    Library m_library;
    RedisLimiter m_limiter;
    std::string m_policy;
    std::string m_key;
    std::uint32_t m_asked = 0;
    std::uint32_t m_answered = 0;
};

} // namespace rateguard
