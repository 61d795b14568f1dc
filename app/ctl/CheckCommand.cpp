// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/CheckCommand.h"

#include "format/Text.h"

namespace rateguard {

CheckCommand::CheckCommand(const Options &options)
    : Command(options)
    , m_connection(options.url, "rateguardctl")
    , m_library(m_connection)
    , m_limiter(m_library)
    , m_policy(options.word(1).toStdString())
    , m_key(options.word(2).toUtf8().toStdString())
{
}

void CheckCommand::start()
{
    if (!isPolicyName(m_policy)) {
        fail(Exit::Value, QStringLiteral("policy '%1': use 1 to 64 of the characters A-Z a-z 0-9 . _ -").arg(displayText(m_policy)));
        return;
    }
    open(m_connection, [this] { ask(); });
}

void CheckCommand::ask()
{
    while (m_asked < m_options.count && m_asked - m_answered < maxInFlight) {
        ++m_asked;
        m_limiter.check(m_policy, m_key, m_options.cost, {}, [this](const RedisLimiter::Answer &answer) { answered(answer); });
    }
}

void CheckCommand::answered(const RedisLimiter::Answer &answer)
{
    if (!answer.error.empty()) {
        const auto reply = answer.failure();
        const auto text = reply.startsWith("NOLIMIT")
            ? QStringLiteral("policy '%1' has no limit yet; set one: rateguardctl limits set %1 100/min").arg(QString::fromStdString(m_policy))
            : explainError(reply);
        fail(answer.lost ? Exit::Unknown : exitOf(reply), text);
        return;
    }
    const auto &decision = answer.decision;
    if (m_options.json) {
        printLine(QJsonObject {{QStringLiteral("allowed"), decision.allowed()}, {QStringLiteral("limit"), static_cast<qint64>(decision.limit)},
            {QStringLiteral("remaining"), static_cast<qint64>(decision.remaining)},
            {QStringLiteral("retry_after_ms"), decision.retryAfter ? QJsonValue(static_cast<qint64>(decision.retryAfter->count())) : QJsonValue()},
            {QStringLiteral("version"), static_cast<qint64>(decision.version)}, {QStringLiteral("shadow"), decision.verdict == Verdict::WouldReject}});
    } else if (decision.verdict == Verdict::Allowed) {
        printLine(QStringLiteral("allowed, %1 of %2 left, v%3").arg(decision.remaining).arg(decision.limit).arg(decision.version));
    } else {
        const auto retry = decision.retryAfter ? QStringLiteral("retry after %1 ms").arg(decision.retryAfter->count()) : QStringLiteral("never: the cost is above the limit");
        printLine(QStringLiteral("%1, %2 (limit %3, v%4)").arg(decision.allowed() ? QStringLiteral("allowed by shadow mode") : QStringLiteral("rejected"), retry)
                      .arg(decision.limit).arg(decision.version));
    }
    if (++m_answered == m_options.count) {
        emit done(Exit::Ok);
    } else {
        ask();
    }
}

} // namespace rateguard
