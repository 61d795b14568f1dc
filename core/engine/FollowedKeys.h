// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Decision.h"
#include "engine/LongHistory.h"

#include <list>

namespace rateguard {

// The keys that the operator looked at last, each with a long history that goes on while he looks at another one, so that
// going back costs nothing. About 350 KB in all. Not thread-safe; lives on the feed thread.
class FollowedKeys
{
public:
    static constexpr std::size_t capacity = 8;

    void record(const DecisionEvent &event); // of any key; O(capacity)

    // The history of this key, which is the one looked at now. When it is new, it begins with what `seconds` has of it, and
    // the one that was not looked at for longest goes. Valid until the next call.
    const LongHistory &follow(std::string_view policy, std::string_view key, const TrafficHistory &seconds, Instant now);
    const LongHistory *find(std::string_view policy, std::string_view key) const;

private:
    struct Followed
    {
        std::string policy;
        std::string key;
        LongHistory history;

        bool is(std::string_view otherPolicy, std::string_view otherKey) const { return key == otherKey && policy == otherPolicy; }
    };

    std::list<Followed> m_keys; // the one looked at last is in front
};

} // namespace rateguard
