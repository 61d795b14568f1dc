// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/SlidingLog.h"

#include <algorithm>
#include <vector>

namespace rateguard {

// What one key has used, counted in sixtieths of each window: the twin of the bucket in resources/redis/rateguard.lua, held to
// it by tests/live/tst_Twins.cpp. A request counts until the whole piece that it came in has left the window: at most a
// piece too long (two where the window is no multiple of 60 ms), never too short. So no window ever holds more than its count, in memory that does not grow with it.
//
// Not thread-safe. O(windows), and O(60 x windows) when a new piece begins; 4 bytes for each of 60 pieces of a window.
class Bucket
{
public:
    // Counts what fits. Requires valid limits, and tracked windows that are only to be remembered (they never refuse).
    Fit decide(const Limits &limit, const Limits &tracked, std::int64_t ms, std::uint32_t cost);
    Fit look(const Limits &limit, const Limits &tracked, std::int64_t ms, std::uint32_t cost) const;

    // Makes one with the windows of these that has counted what another, or a log, knows of the past.
    void begin(const Limits &limit, const Limits &tracked, std::int64_t ms);
    void fillFrom(const Bucket &before, std::int64_t ms);
    void fillFrom(const SlidingLog &before, std::int64_t ms);
    bool hasWindowsOf(const Limits &limit, const Limits &tracked) const;

    // Calls add(ms, cost) for each piece of the longest window, the oldest first, as if all of it had come at its end.
    template <typename Add>
    void recall(std::int64_t ms, Add add) const
    {
        if (!isIdle(ms)) {
            recall(*longest(), ms, add);
        }
    }

    bool isIdle(std::int64_t ms) const { return m_blocks.empty() || ms > m_expires; }
    std::int64_t expires() const { return m_expires; } // the last millisecond in which it is not idle

private:
    struct Block
    {
        explicit Block(Duration window);
        std::int64_t older() const { return static_cast<std::int64_t>(counts.size()); }
        std::int64_t ends(std::int64_t piece) const { return (piece + older() + 1) * slot; }
        std::int64_t over(std::int64_t ms) const; // how many of counts are over by then
        std::uint32_t totalAt(std::int64_t ms) const;
        std::int64_t waitFor(std::int64_t ms, std::uint64_t excess) const; // until so much of totalAt(ms) has left
        void count(std::int64_t at, std::uint32_t cost); // in the piece of that time, if it still counts
        bool advance(std::int64_t ms); // lets go of what is over; true when a new piece began

        std::int64_t slot; // ms
        std::int64_t newest = 0; // number of the present piece: time / slot
        std::uint32_t total = 0;
        std::uint32_t current = 0; // of it in the present piece
        std::vector<std::uint32_t> counts; // of the older pieces, the oldest first
    };

    void finish();
    bool refuses(const Limits &limit, std::int64_t ms, std::uint32_t cost, Fit &fit) const;
    const Block *longest() const;
    template <typename Each>
    static void forEachWindow(const Limits &limit, const Limits &tracked, Each each);
    template <typename Add>
    static void recall(const Block &block, std::int64_t ms, Add add)
    {
        for (std::int64_t i = 0; i <= block.older(); ++i) {
            const auto used = i < block.older() ? block.counts[static_cast<std::size_t>(i)] : block.current;
            if (used > 0) {
                add(std::min((block.newest - block.older() + i + 1) * block.slot - 1, ms), used);
            }
        }
    }

    std::vector<Block> m_blocks;
    std::int64_t m_expires = 0;
};

} // namespace rateguard
