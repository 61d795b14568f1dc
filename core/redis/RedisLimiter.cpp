// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/RedisLimiter.h"

#include <QCryptographicHash>

namespace rateguard {

std::string wireKey(std::string_view key)
{
    if (key.size() <= longestKey) {
        return std::string(key);
    }
    const auto digest = QCryptographicHash::hash(QByteArray(key.data(), static_cast<qsizetype>(key.size())), QCryptographicHash::Sha256).toHex();
    return std::string(key.substr(0, 64)).append("~").append(digest.data(), static_cast<std::size_t>(digest.size()));
}

Connection::Arguments checkCommand(const Keyspace &names, std::string_view policy, std::string_view key, std::uint32_t cost, const Limits &fallback)
{
    Connection::Arguments arguments {"FCALL", "rateguard_check", "2", names.limits, names.log(policy, key), std::string(policy)};
    if (cost != 1 || !fallback.empty()) {
        arguments.push_back(std::to_string(cost));
    }
    if (!fallback.empty()) {
        arguments.push_back(wireLimit(fallback));
    }
    return arguments;
}

Connection::Arguments uncheckedCommand(const Keyspace &names, std::string_view policy, std::uint64_t count)
{
    return {"FCALL", "rateguard_unchecked", "1", names.limits, std::string(policy), std::to_string(count)};
}

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

RedisLimiter::RedisLimiter(Library &library, Partitions partitions)
    : m_library(library)
    , m_partitions(std::move(partitions))
{
}

void RedisLimiter::check(std::string_view policy, std::string_view key, std::uint32_t cost, const Limits &fallback, Callback callback)
{
    const auto arguments = checkCommand(m_partitions.of(key), policy, key, cost, fallback);
    m_library.call(arguments, [callback = std::move(callback)](const Reply &reply) { callback(answerOf(reply)); });
}

} // namespace rateguard
