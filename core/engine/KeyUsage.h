// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Bucket.h"
#include "engine/Decision.h"
#include "engine/SlidingLog.h"

#include <variant>

namespace rateguard {

// What one key of a policy has used, and the decisions that follow from it: the twin of what rateguard.lua does for one key.
// Turns a log into a bucket, or back, when the limit says so. Not thread-safe; costs as SlidingLog and Bucket.
class KeyUsage
{
public:
    static constexpr std::uint32_t maxCost = 100'000;

    // Requires 1 <= cost <= maxCost, a valid rule, and an override (or null) that is valid.
    Decision decide(const Rule &rule, Instant now, std::uint32_t cost = 1, const Override *override = nullptr);
    // What decide() would say now, but for `remaining`, which is what is left without this request.
    Decision peek(const Rule &rule, Instant now, std::uint32_t cost = 1, const Override *override = nullptr) const;

    // Nothing in it can matter any more. Dropping it changes no decision.
    bool isIdle(Instant now) const;
    Instant endsAfter() const; // the last millisecond in which it is not idle
    // Units of a log that are kept, some of which may have left the window; those of a bucket are not counted here.
    std::size_t size() const;

private:
    struct Acting; // which limits decide, and which are only remembered

    template <typename Ask>
    static Decision decideWith(const Rule &rule, Instant now, const Override *override, Ask ask);
    Bucket &bucketFor(const Acting &acting, std::int64_t ms);
    SlidingLog &logFor(const Acting &acting, std::int64_t ms);

    std::variant<SlidingLog, Bucket> m_usage;
};

} // namespace rateguard
