// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/KeyRegistry.h"

#include <algorithm>

namespace rateguard {

// A key as it was found.
struct Found
{
    std::string policy;
    std::string key;
    KeyRow row;
    std::uint32_t born = 0;
};

// All keys at one moment.
struct Known : Snapshot
{
    std::vector<Found> keys;

    const KeyRow *find(std::string_view policy, std::string_view key) const
    {
        const auto found = std::find_if(keys.begin(), keys.end(), [&](const Found &it) { return it.policy == policy && it.key == key; });
        return found == keys.end() ? nullptr : &found->row;
    }
};

inline DecisionEvent decided(Instant at, std::string_view key, Verdict verdict = Verdict::Allowed, std::uint32_t used = 1)
{
    return {at, "login", key, verdict, 1, used, Duration(0), {10, std::chrono::seconds(60)}, 1, Why::Limit};
}

// As the feed does it: forget what is idle, then look at all that there is.
inline Known collected(KeyRegistry &keys, Instant now)
{
    Known known;
    keys.collect(now, known);
    KeyView view;
    for (std::uint32_t id = 0; id < keys.places(); ++id) {
        if (keys.look(id, now, view)) {
            known.keys.push_back({std::string(view.policy), std::string(view.key), view.row, view.born});
        }
    }
    return known;
}

} // namespace rateguard
