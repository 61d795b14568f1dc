// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "redis/RedisUrl.h"
#include "redis/ServiceOptions.h"

#include <cstdint>
#include <map>
#include <memory>

namespace rateguard {

class CallCount;
class LinkKeeper;
class Outages;

// The distributed limiter for threads that wait: construct one for the whole process, call check() from any thread. Needs no
// event loop and no QCoreApplication. All calls share one connection, on which they are pipelined; a thread inside connects,
// and comes back after an outage. Never blocks longer than the time-out, and never fails because of Redis: see FailureMode.
// One round trip a decision, made by the calling thread itself.
class BlockingLimiter
{
public:
    // Connects in the background, at once.
    explicit BlockingLimiter(RedisUrl url, ServiceOptions options = {});
    // Calls in flight return with the failure mode's decision first; no new ones may come.
    ~BlockingLimiter();
    BlockingLimiter(const BlockingLimiter &) = delete;
    BlockingLimiter &operator=(const BlockingLimiter &) = delete;

    // Decides one request of `key`, any bytes, and counts it when admitted. `fallback` is used, and registered, only when Redis
    // holds no limit for the policy. A policy's name or cost that Redis would not take is refused, with `error`.
    ServiceDecision check(std::string_view policy, std::string_view key, std::uint32_t cost = 1, const Limits &fallback = {});

    // Requests that were admitted only because Redis gave no answer, by policy. Redis is told of them when it is back.
    std::map<std::string, std::uint64_t, std::less<>> unchecked() const;
    std::uint64_t admittedWithoutRedis() const;
    std::uint64_t rejectedWithoutRedis() const;

private:
    ServiceDecision ask(std::string_view policy, std::string_view key, std::uint32_t cost, const Limits &fallback, Instant now);
    void report(std::string_view policy, const std::string &key, Instant now);

    const ServiceOptions m_options;
    const std::unique_ptr<CallCount> m_calls;
    const std::unique_ptr<Outages> m_outages;
    const std::unique_ptr<LinkKeeper> m_keeper; // last: its thread uses the outages
};

} // namespace rateguard
