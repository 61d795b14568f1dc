// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace rateguard {

// Finds the number of a thing by the hash of its name; the things themselves live with the caller, who also says
// whether a number found is the one looked for. Open addressing, linear probing, no tombstones: what was erased
// costs nothing later. 8 bytes a place, at most three of four taken; doubles when full, never shrinks.
class KeyIndex
{
public:
    static constexpr std::uint32_t none = UINT32_MAX;

    KeyIndex();

    // `same(number)` is asked only for numbers whose hash agrees in 32 bits.
    template <typename Same>
    std::uint32_t find(std::size_t hash, Same same) const
    {
        const auto tag = static_cast<std::uint32_t>(hash);
        for (auto at = tag & m_mask; m_places[at].number != none; at = (at + 1) & m_mask) {
            if (m_places[at].tag == tag && same(m_places[at].number)) {
                return m_places[at].number;
            }
        }
        return none;
    }

    void insert(std::size_t hash, std::uint32_t number); // Requires: not there yet
    void erase(std::size_t hash, std::uint32_t number); // Requires: there
    std::size_t size() const { return m_size; }

private:
    struct Place
    {
        std::uint32_t tag = 0;
        std::uint32_t number = none;
    };

    void put(Place place);

    std::vector<Place> m_places;
    std::uint32_t m_mask;
    std::size_t m_size = 0;
};

} // namespace rateguard
