// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "redis/RedisUrl.h"
#include "redis/Reply.h"

#include <functional>

namespace rateguard {

using Arguments = std::vector<std::string>; // of one command, its name first
using ReplyCallback = std::function<void(const Reply &)>;
// Sends a command and hands its answer to the callback, now or later: a Connection, or another way to Redis.
using Caller = std::function<void(const Arguments &, ReplyCallback)>;

// The bytes of one command, as Redis reads them.
std::string formatCommand(const Arguments &arguments);

// What a new connection says first, in this order: who it is, which database, its `name` in CLIENT LIST, and a PING.
std::vector<Arguments> loginCommands(const RedisUrl &url, const std::string &name);

// An answer to these that only a person can change.
bool needsPerson(const Reply &reply);
// One of these that another user or password would change.
bool asksWho(const Reply &reply);
// What such an answer means and what to do, without secrets.
QString loginAdvice(const Reply &reply);

} // namespace rateguard
