// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/RedisLimiter.h"

namespace rateguard {

namespace {

RedisLimiter::Answer answerOf(const Reply &reply)
{
    RedisLimiter::Answer answer;
    const auto decision = reply.type == Reply::Type::String ? parseDecision(reply.text) : std::nullopt;
    if (!decision) {
        answer.error = reply.isError() && !reply.text.empty() ? reply.text : "Redis gave an answer that this version does not know";
        answer.lost = reply.isLost();
        return answer;
    }
    answer.decision = *decision;
    return answer;
}

} // namespace

RedisLimiter::RedisLimiter(Library &library, Partitions partitions)
    : m_library(library)
    , m_partitions(std::move(partitions))
{
}

void RedisLimiter::check(std::string_view policy, std::string_view key, std::uint32_t cost, const Limits &fallback, Callback callback)
{
    const auto &names = m_partitions.of(key);
    Connection::Arguments arguments {"FCALL", "rateguard_check", "2", names.limits, names.log(policy, key), std::string(policy)};
    if (cost != 1 || !fallback.empty()) {
        arguments.push_back(std::to_string(cost));
    }
    if (!fallback.empty()) {
        arguments.push_back(wireLimit(fallback));
    }
    m_library.call(arguments, [callback = std::move(callback)](const Reply &reply) { callback(answerOf(reply)); });
}

} // namespace rateguard
