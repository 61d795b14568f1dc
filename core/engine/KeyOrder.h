// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/KeySource.h"

#include <string>

namespace rateguard {

std::string_view keyStateName(KeyState state); // "throttled": for filters and files, never translated
// How much a state wants to be looked at: Throttled most, Quiet least.
std::uint32_t keyStateUrgency(KeyState state);

// Puts keys in order. Each has a packed value, sort key << 32 | id, so that sorting moves plain numbers; of a text column it
// keeps copies of the texts, for those that begin alike. So it can be sorted on any thread, far from the keys themselves.
// The order is total: rows that look the same keep their places by id. 8 bytes a key, and its text for a text column.
class KeyOrder
{
public:
    KeyOrder() = default;
    KeyOrder(KeyColumn column, bool descending) : m_column(column), m_descending(descending) { }

    void reserve(std::uint32_t keys) { m_packed.reserve(keys); }
    void add(const KeyView &key);
    void sort();

    std::uint32_t size() const { return static_cast<std::uint32_t>(m_packed.size()); }
    std::uint32_t idAt(std::uint32_t row) const { return static_cast<std::uint32_t>(m_packed[row]); }
    std::uint32_t rowOf(std::uint32_t id) const; // or KeySource::none; O(rows)

    // The order of a column as a number. In tenths, as the eye sees it: rows that show the same figure do not change places.
    static std::uint32_t sortKey(const KeyView &key, KeyColumn column);

private:
    bool isText() const { return m_column == KeyColumn::Policy || m_column == KeyColumn::Key; }
    std::string_view text(std::uint64_t packed) const;

    KeyColumn m_column = KeyColumn::Rejected;
    bool m_descending = true;
    std::vector<std::uint64_t> m_packed; // by row
    std::string m_texts;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_places; // of m_texts, by id: begin and length
};

} // namespace rateguard
