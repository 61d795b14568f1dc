// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/MinuteCounts.h"

#include <map>
#include <vector>

namespace rateguard {

// What all policies together were told, minute by minute, as Redis remembers it: for charts of a time in which nobody
// listened. Minutes that are too old go by themselves.
// Not thread-safe; lives on the feed thread. O(minutes).
class MinuteBook
{
public:
    static constexpr std::chrono::minutes longest = std::chrono::hours(6);

    // The sum of one reading of all policies takes the place of what was known of those minutes. The last minute is left
    // out: it was going on.
    void put(const std::vector<MinuteCounts> &minutes);
    // From that minute on, oldest first. A minute that is not there is not known; one with zeros was quiet.
    std::vector<MinuteCounts> since(std::chrono::minutes from) const;
    bool empty() const { return m_minutes.empty(); }

private:
    std::map<std::chrono::minutes, MinuteCounts> m_minutes;
};

} // namespace rateguard
