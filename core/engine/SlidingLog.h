// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Decision.h"

#include <memory>

namespace rateguard {

// When requests of one key were admitted: the exact sliding log, and the twin of `check` in resources/redis/rateguard.lua.
// Given the same calls at the same times, both decide the same in every field; tests/live/tst_Twins.cpp holds them to it.
//
// A request of cost c is within the limit when the (limit - c + 1)-th youngest entry has left the window; an entry
// made at t counts until, and not including, t + window, in whole milliseconds. So no window ever holds more than
// the limit. Edits, clock steps and modes: "What the limiter promises" in resources/redis/README.md.
//
// Not thread-safe. A rejection of cost 1 is O(1) and writes nothing; else O(cost + log limit). 4 bytes for each
// unit of cost in the window, in a ring that grows and shrinks by halves, and 40 bytes.
class SlidingLog
{
public:
    static constexpr std::uint32_t maxCost = 100'000;

    // Requires: 1 <= cost <= maxCost and a rule whose limit parseLimit() would read.
    // resetAfter of a request over the limit is its retryAfter again, -1 ms if that is never, as in Redis.
    Decision decide(const Rule &rule, Instant now, std::uint32_t cost = 1);

    // Nothing in it can matter any more: a window has passed since the last entry. Dropping it changes no decision.
    bool isIdle(Instant now) const;
    Instant endsAfter() const { return Instant(Duration(m_expires)); } // the last millisecond in which it is not idle

    std::size_t size() const { return m_size; } // entries kept; some may have left the window
    std::size_t capacity() const { return m_mask == 0 ? 0 : std::size_t {m_mask} + 1; }

private:
    std::int64_t age(std::uint32_t index, std::int64_t now) const; // of the index-th oldest, ms
    std::uint32_t countExpired(std::int64_t now, std::int64_t window) const;
    Duration admit(const Rule &rule, std::int64_t now, std::uint32_t cost);
    void dropOldest(std::uint32_t count);
    void resize(std::uint32_t capacity);

    std::unique_ptr<std::uint32_t[]> m_stamps; // ms since 1970 modulo 2^32, oldest first from m_first
    std::uint32_t m_mask = 0; // capacity - 1; 0: no memory yet
    std::uint32_t m_first = 0;
    std::uint32_t m_size = 0;
    std::int64_t m_expires = 0; // ms; after it the log is over, as PEXPIRE does it
};

} // namespace rateguard
