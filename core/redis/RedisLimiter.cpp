// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/RedisLimiter.h"

namespace rateguard {

namespace {

RedisLimiter::Answer answerOf(const Reply &reply)
{
    RedisLimiter::Answer answer;
    if (!reply.hasItems(7)) {
        answer.error = reply.text.empty() ? "Redis gave an answer that this version does not know" : reply.text;
        answer.lost = reply.isLost();
        return answer;
    }
    const auto number = [&reply](std::size_t i) { return reply.items[i].integer; };
    auto &decision = answer.decision;
    decision.verdict = number(0) == 0 ? Verdict::Rejected : number(3) == 0 ? Verdict::Allowed : Verdict::WouldReject;
    decision.limit = static_cast<std::uint32_t>(number(1));
    decision.remaining = static_cast<std::uint32_t>(number(2));
    decision.retryAfter = number(3) < 0 ? std::nullopt : std::optional(Duration(number(3)));
    decision.version = static_cast<std::uint64_t>(number(4));
    decision.window = Duration(number(5));
    decision.resetAfter = Duration(number(6));
    return answer;
}

} // namespace

RedisLimiter::RedisLimiter(Library &library, const Keyspace &names)
    : m_library(library)
    , m_names(names)
{
}

void RedisLimiter::check(std::string_view policy, std::string_view key, std::uint32_t cost, const Limit &fallback, Callback callback)
{
    Connection::Arguments arguments {"FCALL", "rateguard_check", "2", m_names.limits, m_names.log(policy, key), std::string(policy)};
    if (cost != 1 || fallback.count) {
        arguments.push_back(std::to_string(cost));
    }
    if (fallback.count) {
        arguments.push_back(std::to_string(fallback.count) + '/' + std::to_string(fallback.window.count()));
    }
    m_library.call(arguments, [callback = std::move(callback)](const Reply &reply) { callback(answerOf(reply)); });
}

} // namespace rateguard
