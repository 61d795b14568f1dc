// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Decision.h"
#include "redis/Keyspace.h"
#include "redis/Library.h"

namespace rateguard {

// The distributed limiter: one FCALL a decision, any number in flight, answered in order.
// Lives on the connection's thread; connection and library must outlive it.
class RedisLimiter
{
public:
    struct Answer
    {
        Decision decision;
        std::string error; // empty: the decision counts. Else Redis' words; startsWith NOLIMIT: no such policy
        bool lost = false; // the connection broke: the request may or may not have been counted

        // What went wrong, for explainError.
        Reply failure() const { return {lost ? Reply::Type::Lost : Reply::Type::Error, 0, error, {}}; }
    };
    using Callback = std::function<void(const Answer &)>;

    explicit RedisLimiter(Library &library, Partitions partitions = Partitions());

    // `fallback` is used, and registered, only when Redis holds no limit for the policy; empty: none.
    void check(std::string_view policy, std::string_view key, std::uint32_t cost, const Limits &fallback, Callback callback);

private:
    Library &m_library;
    Partitions m_partitions;
};

// The calls of the contract, for those who send them in another way.
Connection::Arguments checkCommand(const Keyspace &names, std::string_view policy, std::string_view key, std::uint32_t cost, const Limits &fallback);
Connection::Arguments uncheckedCommand(const Keyspace &names, std::string_view policy, std::uint64_t count);
RedisLimiter::Answer answerOf(const Reply &reply);

// A primary that became a replica: it decides nothing any more.
inline bool isReadOnly(const Reply &reply) { return reply.startsWith("READONLY"); }

// The key as services send it: one of more than longestKey bytes as its first 64, '~' and its SHA-256 in hex, as all clients do.
constexpr std::size_t longestKey = 256;
std::string wireKey(std::string_view key);

} // namespace rateguard
