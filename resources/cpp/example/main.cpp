// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include <rateguard/redis/BlockingLimiter.h>

#include <cstdio>
#include <cstdlib>
#include <thread>

// A worker that sends ten mails, five of them in any two seconds: mailer [URL of a Redis].
using namespace rateguard;
using namespace std::chrono_literals;

int main(int count, char **words)
{
    QString error;
    const auto url = chooseRedisUrl(count > 1 ? QString::fromLocal8Bit(words[1]) : QString(), QStringLiteral("redis://localhost"), &error);
    if (!url) {
        std::fprintf(stderr, "mailer: %s\n", qPrintable(error));
        return EXIT_FAILURE;
    }
    ServiceOptions options;
    options.name = "mailer";
    options.onFailure = FailureMode::Local; // without Redis, each worker keeps to the limit by itself
    BlockingLimiter limiter(*url, options); // one for all threads

    int sent = 0;
    while (sent < 10) {
        const auto decision = limiter.check("mail", "anna@example.org", 1, Limits(5, 2s));
        if (decision.source != Source::Redis) {
            std::printf("without Redis: %s\n", decision.error.c_str());
        }
        if (decision.allowed()) {
            std::printf("mail %d sent, %u left\n", ++sent, decision.remaining);
        } else if (decision.retryAfter) {
            std::printf("again in %lld ms\n", static_cast<long long>(decision.retryAfter->count()));
            std::this_thread::sleep_for(*decision.retryAfter);
        } else {
            std::printf("never: banned, or more than the limit at once\n");
            return EXIT_FAILURE;
        }
        std::fflush(stdout);
    }
    std::printf("%llu without Redis\n", static_cast<unsigned long long>(limiter.admittedWithoutRedis()));
    return EXIT_SUCCESS;
}
