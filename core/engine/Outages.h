// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Breaker.h"
#include "engine/Limiter.h"
#include "engine/ServiceDecision.h"
#include "engine/UncheckedMeter.h"

namespace rateguard {

// What becomes of requests without an answer of Redis: whether to ask at all (the breaker), what to decide instead (the failure
// mode), and how many were let in that way (the meter). Shared by all clients, so that they cannot differ.
// Thread-safe; while Redis answers, nothing here takes a lock. Instants come from one clock that never goes backwards.
class Outages
{
public:
    // A request that was decided without its answer.
    struct Overdue
    {
        std::string policy;
        bool isCounted = false; // by the meter
        bool isAllowed = false; // by Redis
    };

    // `localKeys`: how many keys FailureMode::Local can count.
    Outages(FailureMode mode, Duration pause, std::size_t localKeys);

    // False: do not ask Redis now, decide() at once.
    bool mayAsk(Instant now);
    void answered(); // Redis answered, whatever it said
    void failed(Instant now); // it did not

    // Without Redis. `fallback` is the limit for FailureMode::Local, which admits like Open when there is none. In this process
    // nothing is known of what Redis has counted: each process admits up to the limit by itself.
    // `overdue`: Redis was asked, and its answer may still come.
    ServiceDecision decide(std::string_view policy, std::string_view key, std::uint32_t cost, const Limits &fallback, Instant now, std::string error,
        const std::shared_ptr<Overdue> &overdue = {});

    // The answer has come, before or after decide(). What Redis has admitted and counted itself is not reported to it again.
    void cameLate(Overdue &overdue, bool allowed);

    // See UncheckedMeter.
    PolicyCounts takeReport(std::string_view answered, Instant now);
    void putBack(std::string_view policy, std::uint64_t count);
    void refused(std::string_view policy, std::uint64_t count);

    PolicyCounts unchecked() const; // admitted without Redis, by policy, since this object was made
    std::uint64_t admitted() const; // all of them
    std::uint64_t rejected() const; // rejected without Redis
    bool isOpen() const; // the breaker

private:
    std::optional<Decision> decideLocally(std::string_view policy, std::string_view key, std::uint32_t cost, const Limits &fallback, Instant now);

    const FailureMode m_mode;
    const Duration m_pause;
    mutable std::mutex m_mutex;
    Breaker m_breaker;
    UncheckedMeter m_meter;
    std::uint64_t m_rejected = 0;
    std::atomic<bool> m_isCalm = true; // no failure since the last answer
    std::atomic<bool> m_hasReport = false;
    Limiter m_local;
    std::map<std::string, Limits, std::less<>> m_localLimits; // what m_local goes by
};

// Why Redis need not be asked: no policy's name, or a cost that is none. Empty: all is well. Such a request is refused in every mode.
std::string misuse(std::string_view policy, std::uint32_t cost);
ServiceDecision refuseMisuse(std::string error);

} // namespace rateguard
