// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/CheckCommand.h"

#include "ctl/Decided.h"

namespace rateguard {

void CheckCommand::begin()
{
    m_limiter.emplace(m_library, m_partitions);
    ask();
}

void CheckCommand::ask()
{
    while (m_asked < wanted() && m_asked - m_answered < maxInFlight) {
        ++m_asked;
        m_limiter->check(m_options.policy, m_options.key, m_options.cost, {}, [this](const RedisLimiter::Answer &answer) { answered(answer); });
    }
}

void CheckCommand::answered(const RedisLimiter::Answer &answer)
{
    if (!answer.error.empty()) {
        const auto reply = answer.failure();
        fail(answer.lost ? Exit::Unknown : exitOf(reply), undecidedText(m_options.policy, reply));
        return;
    }
    m_options.json ? printLine(decisionObject(answer.decision)) : printLine(decisionText(answer.decision));
    if (++m_answered == wanted()) {
        emit done(Exit::Ok);
    } else {
        ask();
    }
}

} // namespace rateguard
