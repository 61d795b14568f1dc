// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "redis/RedisLimiter.h"
#include "support/Link.h"

namespace rateguard {

// A service that asks the distributed limiter, and waits for each answer.
struct Service
{
    explicit Service(const RedisUrl &url)
        : link(url) // ready before the first call: what is asked without a connection is lost at once
        , limiter(link.library)
    {
    }

    RedisLimiter::Answer answer(std::string_view policy, std::string_view key, std::uint32_t cost, const Limits &fallback)
    {
        return Link::wait<RedisLimiter::Answer>([&](auto done) { limiter.check(policy, key, cost, fallback, done); });
    }

    Decision ask(std::string_view policy, std::string_view key, std::uint32_t cost, const Limits &fallback)
    {
        const auto result = answer(policy, key, cost, fallback);
        if (!result.error.empty()) {
            qFatal("%s", result.error.c_str());
        }
        return result.decision;
    }

    // All at once: how many of them were allowed.
    int askTimes(int count, std::string_view policy, std::string_view key, const Limits &fallback)
    {
        int answers = 0;
        int allowed = 0;
        for (int i = 0; i < count; ++i) {
            limiter.check(policy, key, 1, fallback, [&](const RedisLimiter::Answer &answer) {
                ++answers;
                allowed += answer.error.empty() && answer.decision.allowed();
            });
        }
        if (!QTest::qWaitFor([&] { return answers == count; })) {
            qFatal("no answers");
        }
        return allowed;
    }

    Link link;
    RedisLimiter limiter;
};

} // namespace rateguard
