// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/KeyIndex.h"

#include <utility>

namespace rateguard {

KeyIndex::KeyIndex()
    : m_places(16)
    , m_mask(15)
{
}

void KeyIndex::insert(std::size_t hash, std::uint32_t number)
{
    if ((m_size + 1) * 4 > m_places.size() * 3) {
        const auto old = std::exchange(m_places, std::vector<Place>(m_places.size() * 2));
        m_mask = static_cast<std::uint32_t>(m_places.size() - 1);
        for (const auto &place : old) {
            if (place.number != none) {
                put(place);
            }
        }
    }
    put({static_cast<std::uint32_t>(hash), number});
    ++m_size;
}

void KeyIndex::put(Place place)
{
    auto at = place.tag & m_mask;
    while (m_places[at].number != none) {
        at = (at + 1) & m_mask;
    }
    m_places[at] = place;
}

void KeyIndex::erase(std::size_t hash, std::uint32_t number)
{
    auto hole = static_cast<std::uint32_t>(hash) & m_mask;
    while (m_places[hole].number != number) {
        hole = (hole + 1) & m_mask;
    }
    // Whoever stands behind the hole and would like to be at or before it moves up (Knuth, vol. 3, 6.4, algorithm R).
    for (auto at = (hole + 1) & m_mask; m_places[at].number != none; at = (at + 1) & m_mask) {
        const auto walked = (at - m_places[at].tag) & m_mask;
        if (walked >= ((at - hole) & m_mask)) {
            m_places[hole] = m_places[at];
            hole = at;
        }
    }
    m_places[hole] = {};
    --m_size;
}

} // namespace rateguard
