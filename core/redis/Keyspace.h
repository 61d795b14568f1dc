// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rateguard {

// The names of one partition's keys and channels, see resources/redis/README.md.
struct Keyspace
{
    explicit Keyspace(std::string_view prefix = "rateguard", std::uint32_t partition = 0)
        : tag("{" + std::string(prefix) + ":" + std::to_string(partition) + "}")
        , limits(tag + ":limits")
        , overrides(tag + ":overrides")
        , unset(tag + ":unset")
        , audit(tag + ":audit")
        , events(tag + ":events")
        , changes(tag + ":changes")
    {
    }

    std::string log(std::string_view policy, std::string_view key) const
    {
        return (tag + ":log:").append(policy).append(":").append(key);
    }

    // Of the minutes of one hour since 1970.
    std::string history(std::string_view policy, std::int64_t hour) const
    {
        return (tag + ":history:").append(policy).append(":").append(std::to_string(hour));
    }

    std::string tag;
    std::string limits;
    std::string overrides;
    std::string unset;
    std::string audit;
    std::string events;
    std::string changes;
};

// All partitions under one prefix; which of them a key lives in.
class Partitions
{
public:
    static constexpr std::uint32_t most = 1024;

    // Requires 1 <= count <= most.
    explicit Partitions(std::string prefix = "rateguard", std::uint32_t count = 1);

    const std::string &prefix() const { return m_prefix; }
    std::size_t size() const { return m_all.size(); }
    const Keyspace &operator[](std::size_t i) const { return m_all[i]; }
    auto begin() const { return m_all.begin(); }
    auto end() const { return m_all.end(); }
    const Keyspace &first() const { return m_all.front(); } // where edits are decided
    const Keyspace &of(std::string_view key) const; // CRC-32 of the key, modulo their number

private:
    std::string m_prefix;
    std::vector<Keyspace> m_all;
};

// CRC-32 as in zlib, PNG and Ethernet (ISO 3309).
std::uint32_t crc32(std::string_view bytes);

// 1 to 64 of A-Z a-z 0-9 . _ -
bool isPrefix(std::string_view text);

} // namespace rateguard
