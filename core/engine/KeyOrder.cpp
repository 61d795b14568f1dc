// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/KeyOrder.h"

#include <algorithm>
#include <cmath>

namespace rateguard {
namespace {

unsigned char lower(char c)
{
    return static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

// By letters without case, then by bytes.
int compare(std::string_view a, std::string_view b)
{
    const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end(),
                                      [](char left, char right) { return lower(left) == lower(right); });
    if (x != a.end() && y != b.end())
        return lower(*x) < lower(*y) ? -1 : 1;
    if (a.size() != b.size())
        return a.size() < b.size() ? -1 : 1;
    return a.compare(b);
}

std::uint32_t firstLetters(std::string_view text)
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

} // namespace

std::string_view keyStateName(KeyState state)
{
    switch (state) {
    case KeyState::Quiet: return "quiet";
    case KeyState::Active: return "active";
    case KeyState::Near: return "near";
    case KeyState::Throttled: return "throttled";
    case KeyState::Shadowed: return "shadow";
    case KeyState::Banned: return "banned";
    case KeyState::Exempt: return "exempt";
    }
    return "";
}

std::uint32_t keyStateUrgency(KeyState state)
{
    switch (state) {
    case KeyState::Quiet: return 0;
    case KeyState::Active: return 1;
    case KeyState::Exempt: return 2;
    case KeyState::Banned: return 3; // somebody has seen to it
    case KeyState::Near: return 4;
    case KeyState::Shadowed: return 5;
    case KeyState::Throttled: return 6;
    }
    return 0;
}

void KeyOrder::add(const KeyView &key)
{
    const auto id = key.row.id;
    const auto number = sortKey(key, m_column);
    m_packed.push_back(std::uint64_t {m_descending ? ~number : number} << 32U | id);
    if (isText()) {
        constexpr std::size_t enough = 128; // of what strangers make as long as they like
        const auto text = (m_column == KeyColumn::Policy ? key.policy : key.key).substr(0, enough);
        if (id >= m_places.size()) {
            m_places.resize(std::max<std::size_t>(id + std::size_t {1}, m_places.size() * 2));
        }
        m_places[id] = {static_cast<std::uint32_t>(m_texts.size()), static_cast<std::uint32_t>(text.size())};
        m_texts.append(text);
    }
}

void KeyOrder::sort()
{
    if (!isText()) {
        std::sort(m_packed.begin(), m_packed.end());
        return;
    }
    std::sort(m_packed.begin(), m_packed.end(), [this](std::uint64_t left, std::uint64_t right) {
        if (left >> 32U == right >> 32U) {
            const int order = compare(text(left), text(right));
            if (order != 0) {
                return (order < 0) != m_descending;
            }
        }
        return left < right;
    });
    m_texts = {};
    m_places = {};
}

std::string_view KeyOrder::text(std::uint64_t packed) const
{
    const auto [begin, length] = m_places[static_cast<std::uint32_t>(packed)];
    return std::string_view(m_texts).substr(begin, length);
}

std::uint32_t KeyOrder::rowOf(std::uint32_t id) const
{
    const auto found = std::find_if(m_packed.begin(), m_packed.end(), [id](std::uint64_t packed) { return static_cast<std::uint32_t>(packed) == id; });
    return found == m_packed.end() ? KeySource::none : static_cast<std::uint32_t>(found - m_packed.begin());
}

std::uint32_t KeyOrder::sortKey(const KeyView &key, KeyColumn column)
{
    const auto &row = key.row;
    switch (column) {
    case KeyColumn::Policy: return firstLetters(key.policy);
    case KeyColumn::Key: return firstLetters(key.key);
    case KeyColumn::Requests: return tenths(row.rates.requests());
    case KeyColumn::Minute:
    case KeyColumn::Rejected: // with what shadow mode would reject; among those over no limit, the near ones come first
        return std::min(tenths(row.rates.rejected + row.rates.wouldReject), 1U << 28U) * 8 + keyStateUrgency(row.state);
    case KeyColumn::Used: return tenths(row.usedShare() * 100);
    case KeyColumn::RejectedShare: { // not known comes below nothing
        const auto share = row.rejectedShare();
        return share ? 1 + tenths(*share * 10) : 0;
    }
    case KeyColumn::State: return keyStateUrgency(row.state);
    case KeyColumn::LastSeen: return stamp(row.lastSeen);
    }
    return 0;
}

} // namespace rateguard
