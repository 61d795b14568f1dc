// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/Decided.h"

#include "ctl/Wording.h"
#include "redis/LimitStore.h"

namespace rateguard {

namespace {

// The version is always that of the policy's limit: an override has its own, which no decision tells.
QString versionText(const Decision &decision)
{
    const bool isOfKey = decision.why == Why::Override || decision.why == Why::Ban || decision.why == Why::Exempt;
    return (isOfKey ? QStringLiteral("policy v%1") : QStringLiteral("v%1")).arg(decision.version);
}

QString reasonText(const Decision &decision)
{
    switch (decision.why) {
    case Why::Override:
        return QStringLiteral(", by its override");
    case Why::Ban:
        return QStringLiteral(", by a ban");
    case Why::Exempt:
        return QStringLiteral(", exempt");
    case Why::Off:
        return QStringLiteral(", mode off");
    case Why::Limit:
    case Why::Unchecked:
        break;
    }
    return {};
}

} // namespace

QString decisionText(const Decision &decision)
{
    if (decision.verdict == Verdict::Allowed && (decision.why == Why::Exempt || decision.why == Why::Off)) {
        return QStringLiteral("allowed, not counted%1, %2").arg(reasonText(decision), versionText(decision));
    }
    if (decision.verdict == Verdict::Allowed) {
        return QStringLiteral("allowed, %1 of %2 left%3, %4").arg(QString::number(decision.remaining), QString::number(decision.limit), reasonText(decision), versionText(decision));
    }
    const auto retry = decision.retryAfter ? QStringLiteral("retry after %1 ms").arg(decision.retryAfter->count())
        : decision.why == Why::Ban         ? QStringLiteral("never: the ban has no end")
                                           : QStringLiteral("never: the cost is above the limit");
    const auto limit = decision.why == Why::Ban ? QString() : QStringLiteral("limit %1, ").arg(decision.limit); // which a ban does not ask
    return QStringLiteral("%1, %2%3 (%4%5)")
        .arg(decision.allowed() ? QStringLiteral("allowed by shadow mode") : QStringLiteral("rejected"), retry, reasonText(decision), limit, versionText(decision));
}

QJsonObject decisionObject(const Decision &decision)
{
    return {{QStringLiteral("allowed"), decision.allowed()}, {QStringLiteral("limit"), static_cast<qint64>(decision.limit)},
        {QStringLiteral("window_ms"), static_cast<qint64>(decision.window.count())}, {QStringLiteral("remaining"), static_cast<qint64>(decision.remaining)},
        {QStringLiteral("retry_after_ms"), decision.retryAfter ? QJsonValue(static_cast<qint64>(decision.retryAfter->count())) : QJsonValue()},
        {QStringLiteral("reset_after_ms"), decision.resetAfter.count() >= 0 ? QJsonValue(static_cast<qint64>(decision.resetAfter.count())) : QJsonValue()},
        {QStringLiteral("version"), static_cast<qint64>(decision.version)}, {QStringLiteral("shadow"), decision.verdict == Verdict::WouldReject},
        {QStringLiteral("why"), textOf(whyName(decision.why))}};
}

QString undecidedText(const std::string &policy, const Reply &reply)
{
    return reply.startsWith("NOLIMIT") ? QStringLiteral("policy '%1' has no limit yet; set one: rateguardctl limits set %1 100/min").arg(textOf(policy))
        : reply.isError()              ? explainError(reply)
                                       : QStringLiteral("Redis gave an answer that this version does not know.");
}

} // namespace rateguard
