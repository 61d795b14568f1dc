// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rateguard {

// One answer of Redis. Lost is ours: the connection went before the answer came, so what was asked may or may not have happened.
struct Reply
{
    enum class Type : std::uint8_t { Nil, Status, Error, Integer, String, Array, Lost };

    Type type = Type::Nil;
    std::int64_t integer = 0;
    std::string text; // Status, Error, String; Lost: why
    std::vector<Reply> items;

    bool isError() const { return type == Type::Error || type == Type::Lost; }
    bool isLost() const { return type == Type::Lost; }
    bool startsWith(const char *prefix) const { return type == Type::Error && text.rfind(prefix, 0) == 0; }
    // An array of at least this many items.
    bool hasItems(std::size_t count) const { return type == Type::Array && items.size() >= count; }
};

// True when this user may not do that, or a function not on its behalf.
inline bool isRightsError(const Reply &reply)
{
    return reply.startsWith("NOPERM") || reply.text.find("user executing the script can't") != std::string::npos
        || reply.text.find("has no permissions") != std::string::npos;
}

} // namespace rateguard
