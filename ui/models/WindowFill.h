// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QString>

namespace rateguard {

// How full one window of a key is now, and when the next request is admitted into it.
struct WindowFill
{
    Limit limit;
    std::optional<std::uint32_t> used; // nothing: not known
    bool atLeast = false; // `used` is a lower bound: not all stamps were sent
    std::vector<Instant> admitted; // that count now, oldest first; empty with a bucket
    bool hasStamps = false;
    std::optional<Instant> next; // while it is full

    bool isFull() const { return used && *used >= limit.count; }
    double share() const { return used && limit.count > 0 ? static_cast<double>(*used) / limit.count : 0; }
};

// One of each window that decides for the key, the longest first. O(stamps) each.
std::vector<WindowFill> windowFills(const KeyDetail &detail, const Limits &policy, Instant now);

QString fillText(const WindowFill &fill); // "57 of 60 used", "30 used, the limit is 20 now"
QString nextText(const WindowFill &fill, Instant now); // "next admitted in 3.2 s"; empty while there is room

} // namespace rateguard
