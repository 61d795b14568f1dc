// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "Contender.h"

#include "redis/Keyspace.h"

#include <hiredis/hiredis.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <random>

namespace rateguard {

namespace {

// Numbers go into the commands as numbers, as there: Redis writes them out as text again, and that is part of the cost.
constexpr const char *sortedSetScript = R"(
local stamp, gone = tonumber(ARGV[1]), tonumber(ARGV[2])
local most, seconds = tonumber(ARGV[3]), tonumber(ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[1], 0, gone)
local held = redis.call('ZCARD', KEYS[1])
if held >= most then return { 0, held } end
redis.call('ZADD', KEYS[1], stamp, ARGV[5])
redis.call('EXPIRE', KEYS[1], seconds)
return { 1, held }
)";

// As long and as random as a version 4 UUID in text.
void writeMember(std::string &out)
{
    static std::mt19937_64 source(7);
    std::array<char, 37> text {};
    const auto a = source();
    const auto b = source();
    std::snprintf(text.data(), text.size(), "%08x-%04x-4%03x-a%03x-%012llx", static_cast<unsigned>(a), static_cast<unsigned>(a >> 48),
        static_cast<unsigned>(a >> 32) & 0xfff, static_cast<unsigned>(b) & 0xfff, static_cast<unsigned long long>(b >> 16));
    out = text.data();
}

long long nowMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

} // namespace

bool startsWithOne(const redisReply &reply)
{
    switch (reply.type) {
    case REDIS_REPLY_INTEGER:
        return reply.integer == 1;
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
        return reply.len > 0 && reply.str[0] == '1' && (reply.len == 1 || reply.str[1] == ' ');
    case REDIS_REPLY_ARRAY:
        return reply.elements > 0 && startsWithOne(*reply.element[0]);
    default:
        return false;
    }
}

Contender floorOf(BenchServer &server)
{
    return {Role::Floor, "EVALSHA of `return 1`", {"EVALSHA", server.loadScript("return 1"), "0"}, [](Words &, std::string_view) {}, nullptr};
}

std::vector<Contender> idlers(BenchServer &server)
{
    server.loadLibrary("#!lua name=bench_empty\nredis.register_function('bench_empty', function() return 1 end)\n");
    const auto sha = server.loadScript("return 1");
    const Keyspace names;
    const auto log = names.log("policy", "user:100000");
    const auto nothing = [](Words &, std::string_view) {};
    return {{Role::Other, "PING", {"PING"}, nothing, nullptr},
        {Role::Other, "EVALSHA of `return 1`, two keys and a word", {"EVALSHA", sha, "2", names.limits, log, "policy"}, nothing, nullptr},
        {Role::Other, "FCALL of a function that returns 1", {"FCALL", "bench_empty", "0"}, nothing, nullptr},
        {Role::Other, "the same, two keys and a word", {"FCALL", "bench_empty", "2", names.limits, log, "policy"}, nothing, nullptr}};
}

std::optional<Contender> ours(BenchServer &server, const std::string &policy, const std::string &algorithm, const std::string &windows)
{
    const Keyspace names;
    const auto set = [&](const std::string &text) {
        const auto reply = server.tell({"FCALL", "rateguard_set", "2", names.limits, names.audit, policy, text, "enforce", "", "bench", "bench"});
        return reply->type != REDIS_REPLY_ERROR;
    };
    const auto limit = algorithm + " " + windows;
    // Version 1 of the library knows the log alone and does not want to hear its name.
    if (!set(limit) && !(algorithm == "log" && set(windows))) {
        return std::nullopt;
    }
    return Contender {algorithm == "log" ? Role::Log : Role::Bucket, "rateguard, " + limit,
        {"FCALL", "rateguard_check", "2", names.limits, "", policy},
        [prefix = names.log(policy, "")](Words &words, std::string_view key) { words[4].assign(prefix).append(key); }, startsWithOne};
}

Contender sortedSet(BenchServer &server, Allowance allowance)
{
    return {Role::SortedSet, "sorted-set log (as rate-guardian v2)",
        {"EVALSHA", server.loadScript(sortedSetScript), "1", "", "", "", std::to_string(allowance.count),
            std::to_string((allowance.milliseconds + 999) / 1000), ""},
        [allowance](Words &words, std::string_view key) {
            const auto now = nowMs();
            words[3].assign("rg:").append(key);
            words[4] = std::to_string(now);
            words[5] = std::to_string(now - allowance.milliseconds);
            writeMember(words[8]);
        },
        startsWithOne};
}

} // namespace rateguard
