// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "support/TestRedis.h"

namespace rateguard {

// The calls of the contract, with one partition.
inline Reply setLimit(TestRedis &redis, const std::string &limit, const std::string &mode = "enforce", const std::string &policy = "search")
{
    const Keyspace names;
    return redis.ask({"FCALL", "rateguard_set", "2", names.limits, names.audit, policy, limit, mode, "", "tester", "because"});
}

inline Reply check(TestRedis &redis, const std::string &key, int cost = 1, const std::string &policy = "search")
{
    const Keyspace names;
    return redis.ask({"FCALL", "rateguard_check", "2", names.limits, names.log(policy, key), policy, std::to_string(cost)});
}

inline Reply override(TestRedis &redis, const std::string &key, const std::string &what, const std::string &ms = {}, const std::string &policy = "search")
{
    return redis.ask({"FCALL", "rateguard_override", "1", Keyspace().limits, policy, key, what, ms, "", "else", "because"});
}

} // namespace rateguard
