// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/KeyEntry.h"

namespace rateguard {

enum class KeyColumn { Policy, Key, Requests, Rejected, Used, RejectedShare, State, LastSeen };
constexpr int keyColumns = 8;

// The order of the key table. Each key has a packed value, sort key << 32 | id, so that sorting moves numbers and looks at
// names only when two of a text column begin alike. The order is total: rows that look the same keep their places by id.
class KeyOrder
{
public:
    explicit KeyOrder(const std::vector<KeyEntry> &entries) : m_entries(entries) { }

    void setColumn(KeyColumn column, bool descending);
    KeyColumn column() const { return m_column; }
    bool isDescending() const { return m_descending; }

    std::uint64_t pack(std::uint32_t id) const;
    bool operator()(std::uint64_t left, std::uint64_t right) const;

    static std::uint32_t idOf(std::uint64_t packed) { return static_cast<std::uint32_t>(packed); }

private:
    const std::string &text(std::uint64_t packed) const;
    std::uint32_t sortKey(const KeyEntry &entry) const;

    const std::vector<KeyEntry> &m_entries;
    KeyColumn m_column = KeyColumn::Rejected;
    bool m_descending = true;
};

} // namespace rateguard
