// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Fit.h"

#include <memory>

namespace rateguard {

// When requests of one key were admitted: the exact sliding log, and the twin of the log in resources/redis/rateguard.lua.
// Given the same calls at the same times, both decide the same in every field; tests/live/tst_Twins.cpp holds them to it.
//
// A request of cost c fits into a window when the (count - c + 1)-th youngest entry has left it; an entry made at t counts
// until, and not including, t + window, in whole milliseconds. So no window ever holds more than its count. Edits,
// clock steps and modes: "What the limiter promises" in resources/redis/README.md.
//
// Not thread-safe. A rejection of cost 1 is O(windows) and writes nothing; else O(cost + windows x log count). 4 bytes for
// each unit of cost in the longest window, in a ring that grows and shrinks by halves, and 40 bytes.
class SlidingLog
{
public:
    // What may have to be known one day: entries so young, and so many.
    struct Kept
    {
        std::int64_t keep; // ms, not below the longest window
        std::uint32_t most = UINT32_MAX; // not below the largest count
    };

    // Counts what fits. Requires a valid limit, ms >= 0 and cost >= 1.
    Fit decide(const Limits &limit, const Kept &kept, std::int64_t ms, std::uint32_t cost);
    // The same without counting.
    Fit look(const Limits &limit, std::int64_t ms, std::uint32_t cost) const;

    // What a bucket knew, from the oldest on, and when all of it is over.
    void append(std::int64_t at, std::uint32_t cost);
    void expireAt(std::int64_t ms) { m_expires = ms; }

    // Calls add(ms, cost), the oldest first; of a very long log the older part as if it had come with the rest's first.
    template <typename Add>
    void recall(std::int64_t ms, Add add) const
    {
        const auto first = ms > m_expires ? m_size : m_size - std::min(m_size, recalled);
        for (auto i = first; i < m_size; ++i) {
            add(ms - std::max<std::int64_t>(age(i, ms), 0), i == first ? first + 1 : 1);
        }
    }

    // Nothing in it can matter any more. Dropping it changes no decision.
    bool isIdle(std::int64_t ms) const { return m_size == 0 || ms > m_expires; }
    std::int64_t expires() const { return m_expires; } // the last millisecond in which it is not idle

    std::size_t size() const { return m_size; } // entries kept; some may have left the window
    std::size_t capacity() const { return m_mask == 0 ? 0 : std::size_t {m_mask} + 1; }

private:
    static constexpr std::uint32_t recalled = 100'000;

    std::int64_t age(std::uint32_t index, std::int64_t now) const; // of the index-th oldest, ms
    bool isYoung(std::uint32_t nth, std::int64_t now, std::int64_t window) const { return age(m_size - nth, now) < window; }
    std::uint32_t countExpired(std::int64_t now, std::int64_t window) const;
    std::uint32_t countYoung(std::int64_t now, std::int64_t window, std::uint32_t known, std::int64_t oldestAge) const;
    std::uint32_t lookYoung(std::int64_t now, std::int64_t window) const;
    bool refuses(const Limits &limit, std::int64_t ms, std::uint32_t cost, Fit &fit) const;
    std::int64_t admit(const Kept &kept, std::int64_t ms, std::uint32_t cost);
    void dropOldest(std::uint32_t count);
    void resize(std::uint32_t capacity);

    std::unique_ptr<std::uint32_t[]> m_stamps; // ms since 1970 modulo 2^32, oldest first from m_first
    std::uint32_t m_mask = 0; // capacity - 1; 0: no memory yet
    std::uint32_t m_first = 0;
    std::uint32_t m_size = 0;
    std::int64_t m_expires = 0; // ms; after it the log is over, as PEXPIREAT does it
};

} // namespace rateguard
