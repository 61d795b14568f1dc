// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Time.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace rateguard {

// An alert began or ended.
struct AlertEvent
{
    enum class What : std::uint8_t { Raised, Cleared };

    What what = What::Raised;
    std::uint32_t rule = 0;
    std::uint32_t alert = 0; // grows; the same number when it begins and when it ends
    Instant at; // server time
    double value = 0; // the worst so far; of silence and disconnection the seconds
    std::string policy; // the key with the largest part in it, when one stands out
    std::string key; // bytes
    bool isSnoozed = false; // while it is under way
};

// What is to be said to people who look elsewhere.
struct AlertNotice
{
    struct Item
    {
        AlertEvent event; // the latest
        std::uint32_t times = 1;
    };

    std::vector<Item> items; // a rule each, in the order in which they happened
    bool isDigest = false; // gathered over the last minute
};

// Keeps alerts from becoming a storm. The alert of a rule goes out at once, but only if that rule has not been told of within
// a minute; the others are gathered and go out together, once a minute at most. Of one rule nothing is told after what came
// later. Time never runs back.
class AlertPacer
{
public:
    static constexpr std::chrono::minutes pause {1};

    void add(const AlertEvent &raised, Duration now);
    void drop(std::uint32_t rule); // what waits to be told of it is not any more
    std::vector<AlertNotice> take(Duration now);

private:
    std::map<std::uint32_t, Duration> m_told; // by rule, when last
    AlertNotice m_fresh;
    AlertNotice m_gathered;
    Duration m_gatheringSince {0};
};

} // namespace rateguard
