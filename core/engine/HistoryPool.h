// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/TrafficHistory.h"

#include <memory>

namespace rateguard {

// Lends histories to keys, and never more than `capacity` at a time: 2 KB each, made when first needed, used again.
class HistoryPool
{
public:
    static constexpr std::uint32_t none = UINT32_MAX;

    explicit HistoryPool(std::size_t capacity);

    // An empty history for the key numbered `owner`; none when all are lent.
    std::uint32_t lend(std::uint32_t owner);
    void giveBack(std::uint32_t history);

    // All exist and are lent; false for a pool of none at all.
    bool isExhausted() const { return m_free.empty() && !m_owners.empty() && m_owners.size() >= m_capacity; }
    TrafficHistory &operator[](std::uint32_t history) { return *m_histories[history]; }
    std::uint32_t owner(std::uint32_t history) const { return m_owners[history]; } // none: it is free
    std::size_t size() const { return m_histories.size(); } // that exist, lent or free

private:
    std::size_t m_capacity;
    std::vector<std::unique_ptr<TrafficHistory>> m_histories;
    std::vector<std::uint32_t> m_owners;
    std::vector<std::uint32_t> m_free;
};

} // namespace rateguard
