// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <string>
#include <string_view>

namespace rateguard {

// The names of one partition's keys and channels, see resources/redis/README.md.
struct Keyspace
{
    explicit Keyspace(std::string_view prefix = "rateguard")
        : tag("{" + std::string(prefix) + ":0}")
        , limits(tag + ":limits")
        , audit(tag + ":audit")
        , events(tag + ":events")
        , changes(tag + ":changes")
    {
    }

    std::string log(std::string_view policy, std::string_view key) const
    {
        return (tag + ":log:").append(policy).append(":").append(key);
    }

    std::string tag;
    std::string limits;
    std::string audit;
    std::string events;
    std::string changes;
};

} // namespace rateguard
