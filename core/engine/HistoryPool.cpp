// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/HistoryPool.h"

namespace rateguard {

HistoryPool::HistoryPool(std::size_t capacity)
    : m_capacity(capacity)
{
}

std::uint32_t HistoryPool::lend(std::uint32_t owner)
{
    if (!m_free.empty()) {
        const auto history = m_free.back();
        m_free.pop_back();
        m_histories[history]->clear();
        m_owners[history] = owner;
        return history;
    }
    if (m_histories.size() >= m_capacity) {
        return none;
    }
    m_histories.push_back(std::make_unique<TrafficHistory>());
    m_owners.push_back(owner);
    return static_cast<std::uint32_t>(m_histories.size() - 1);
}

void HistoryPool::giveBack(std::uint32_t history)
{
    m_owners[history] = none;
    m_free.push_back(history);
}

} // namespace rateguard
