// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "BenchServer.h"

#include <array>
#include <functional>
#include <optional>
#include <string_view>

namespace rateguard {

// A count in a span of time, as every limiter here takes it.
struct Allowance
{
    std::uint32_t count = 100;
    std::uint32_t milliseconds = 60'000;
};

// What a goal looks for.
enum class Role { Floor, SortedSet, Log, Bucket, Other };

// Something that can be asked to decide about a key, or that is only the yardstick for those.
struct Contender
{
    Role role = Role::Other;
    std::string name;
    Words words; // the command, as far as it is always the same
    std::function<void(Words &words, std::string_view key)> fill = [](Words &, std::string_view) {};
    std::function<bool(const redisReply &reply)> admitted; // none: it decides nothing
};

// Whether the first thing in a reply is the number 1: as integer, as first of several, or as first word of a text.
bool startsWithOne(const redisReply &reply);

// EVALSHA of `return 1`: what any script costs before it does anything.
Contender floorOf(BenchServer &server);

// What else costs something before anything is decided: PING, and a script and a function that do nothing, without words
// or with as many as a decision has.
std::vector<Contender> idlers(BenchServer &server);

// Our own, by the names that limits give them.
inline constexpr std::array<const char *, 2> algorithms {"log", "bucket"};

// The library that the server has, deciding by one policy; `windows` as rateguard_set takes them, such as «100/60000».
// Sets the policy. Nothing when the library does not know such a limit.
std::optional<Contender> ours(BenchServer &server, const std::string &policy, const std::string &algorithm, const std::string &windows);

// A log in a sorted set: the sequence of commands that rate-guardian v2 sends, in words of our own, with the client's
// clock and a random member as there. It is on no package registry, so it cannot be read at run time as other peers are.
Contender sortedSet(BenchServer &server, Allowance allowance);

} // namespace rateguard
