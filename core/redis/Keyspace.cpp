// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/Keyspace.h"

#include "engine/Limit.h"

namespace rateguard {

namespace {

constexpr std::array<std::uint32_t, 256> makeTable()
{
    std::array<std::uint32_t, 256> table {};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        auto rest = i;
        for (int bit = 0; bit < 8; ++bit) {
            rest = rest & 1 ? 0xedb88320U ^ (rest >> 1) : rest >> 1;
        }
        table[i] = rest;
    }
    return table;
}

} // namespace

std::uint32_t crc32(std::string_view bytes)
{
    static constexpr auto table = makeTable();
    std::uint32_t rest = 0xffffffff;
    for (const char byte : bytes) {
        rest = table[(rest ^ static_cast<unsigned char>(byte)) & 0xff] ^ (rest >> 8);
    }
    return ~rest;
}

bool isPrefix(std::string_view text)
{
    return isPolicyName(text); // the same characters
}

Partitions::Partitions(std::string prefix, std::uint32_t count)
    : m_prefix(std::move(prefix))
{
    for (std::uint32_t i = 0; i < count; ++i) {
        m_all.emplace_back(m_prefix, i);
    }
}

const Keyspace &Partitions::of(std::string_view key) const
{
    return m_all.size() == 1 ? m_all.front() : m_all[crc32(key) % m_all.size()];
}

} // namespace rateguard
