// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/KeyOrder.h"

#include "models/KeyWords.h"

#include <algorithm>
#include <cmath>

namespace rateguard {
namespace {

unsigned char lower(char c)
{
    return static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

// By letters without case, then by bytes.
int compare(const std::string &a, const std::string &b)
{
    const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end(),
                                      [](char left, char right) { return lower(left) == lower(right); });
    if (x != a.end() && y != b.end())
        return lower(*x) < lower(*y) ? -1 : 1;
    if (a.size() != b.size())
        return a.size() < b.size() ? -1 : 1;
    return a.compare(b);
}

std::uint32_t firstLetters(const std::string &text)
{
    std::uint32_t key = 0;
    for (std::size_t i = 0; i < 4; ++i)
        key = key << 8U | (i < text.size() ? lower(text[i]) : 0U);
    return key;
}

// In tenths, as the eye sees it: rows that show the same figure do not change places.
std::uint32_t tenths(double value)
{
    return static_cast<std::uint32_t>(std::clamp(value * 10 + 0.5, 0.0, 4e9));
}

// In 64 ms since an arbitrary moment that lies before all our events; enough for eight years.
std::uint32_t stamp(Instant at)
{
    constexpr std::int64_t from = 1'750'000'000'000; // June 2025
    const auto since = std::chrono::floor<std::chrono::milliseconds>(at.time_since_epoch()).count() - from;
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(since / 64, 0, 0xFFFFFFFF));
}

bool isText(KeyColumn column)
{
    return column == KeyColumn::Policy || column == KeyColumn::Key;
}

} // namespace

void KeyOrder::setColumn(KeyColumn column, bool descending)
{
    m_column = column;
    m_descending = descending;
}

std::uint64_t KeyOrder::pack(std::uint32_t id) const
{
    const std::uint32_t key = sortKey(m_entries[id]);
    return std::uint64_t {m_descending ? ~key : key} << 32U | id;
}

bool KeyOrder::operator()(std::uint64_t left, std::uint64_t right) const
{
    if (left >> 32U == right >> 32U && isText(m_column)) {
        const int order = compare(text(left), text(right));
        if (order != 0)
            return (order < 0) != m_descending;
    }
    return left < right;
}

const std::string &KeyOrder::text(std::uint64_t packed) const
{
    const KeyEntry &entry = m_entries[idOf(packed)];
    return m_column == KeyColumn::Policy ? entry.policy : entry.key;
}

std::uint32_t KeyOrder::sortKey(const KeyEntry &entry) const
{
    switch (m_column) {
    case KeyColumn::Policy: return firstLetters(entry.policy);
    case KeyColumn::Key: return firstLetters(entry.key);
    case KeyColumn::Requests: return tenths(entry.row.rates.requests());
    case KeyColumn::Rejected: // with what shadow mode would reject; among those over no limit, the near ones come first
        return std::min(tenths(entry.row.rates.rejected + entry.row.rates.wouldReject), 1U << 28U) * 8 + static_cast<std::uint32_t>(keyStateUrgency(entry.row.state));
    case KeyColumn::Used: return tenths(entry.usedShare() * 100);
    case KeyColumn::RejectedShare: return tenths(entry.row.rejectedShare() * 10);
    case KeyColumn::State: return static_cast<std::uint32_t>(keyStateUrgency(entry.row.state));
    case KeyColumn::LastSeen: return stamp(entry.row.lastSeen);
    }
    return 0;
}

} // namespace rateguard
