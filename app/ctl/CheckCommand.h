// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/LinkedCommand.h"
#include "redis/RedisLimiter.h"

namespace rateguard {

// check POLICY KEY: asks the limiter as a service would, `--count` times, and prints each answer.
class CheckCommand : public LinkedCommand
{
public:
    using LinkedCommand::LinkedCommand;
    void interrupt() override { fail(Exit::Interrupted, QStringLiteral("interrupted; what was asked before counts")); }

private:
    static constexpr std::uint32_t maxInFlight = 128;

    void begin() override;
    void ask();
    void answered(const RedisLimiter::Answer &answer);
    std::uint32_t wanted() const { return m_options.count.value_or(1); }

    std::optional<RedisLimiter> m_limiter;
    std::uint32_t m_asked = 0;
    std::uint32_t m_answered = 0;
};

} // namespace rateguard
