// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "feed/KeyTable.h"

namespace rateguard {

using namespace std::chrono_literals;

inline constexpr Instant start {1'790'000'000s};

inline KeyRow row(std::uint32_t id, double rejected, KeyState state = KeyState::Active)
{
    KeyRow key;
    key.id = id;
    key.state = state;
    key.rates.rejected = rejected;
    key.limit = 60;
    key.used = 57;
    key.lastSeen = start;
    return key;
}

// Keys that a test makes up, and what the feed says of them.
class KeyList : private KeySource
{
public:
    void add(std::uint32_t id, std::string policy, std::string key)
    {
        if (id >= m_keys.size())
            m_keys.resize(id + 1);
        m_size += m_keys[id].born == 0;
        m_keys[id] = {std::move(policy), std::move(key), {}, ++m_births};
        m_keys[id].row.id = id;
    }
    void remove(std::uint32_t id)
    {
        m_keys[id].born = 0;
        --m_size;
    }
    void change(const KeyRow &row) { m_keys[row.id].row = row; }
    void clear()
    {
        m_keys.clear();
        m_size = 0;
    }
    bool has(std::uint32_t id) const { return id < m_keys.size() && m_keys[id].born > 0; }
    std::size_t size() const { return m_size; }
    const KeyRow &rowOf(std::uint32_t id) const { return m_keys[id].row; }
    KeySource &source() { return *this; }

    Snapshot answer(const SnapshotRequest &request, Instant now = start)
    {
        Snapshot out;
        out.now = now;
        out.keysKnown = size();
        m_table.fill(request, now, out);
        return out;
    }
    Snapshot answer(const TableWish &wish, Instant now = start)
    {
        SnapshotRequest request;
        request.table = wish;
        return answer(request, now);
    }
    KeyTable &table() { return m_table; }

private:
    struct Key
    {
        std::string policy;
        std::string key;
        KeyRow row;
        std::uint32_t born = 0; // 0: nobody is there
    };
    std::uint32_t places() const override { return static_cast<std::uint32_t>(m_keys.size()); }
    std::uint32_t births() const override { return m_births; }
    std::uint64_t changes() const override { return ++m_changes; } // always something
    bool look(std::uint32_t id, Instant, KeyView &out) override
    {
        const Key &key = m_keys[id];
        out = {key.policy, key.key, key.row, key.born};
        return key.born > 0;
    }
    std::uint32_t find(std::string_view policy, std::string_view key) override
    {
        for (std::uint32_t id = 0; id < m_keys.size(); ++id) {
            if (m_keys[id].born > 0 && m_keys[id].key == key && m_keys[id].policy == policy)
                return id;
        }
        return none;
    }
    std::vector<MinuteSlice> minute(std::uint32_t, Instant) override { return {}; }

    std::vector<Key> m_keys;
    std::size_t m_size = 0;
    std::uint32_t m_births = 0;
    mutable std::uint64_t m_changes = 0;
    KeyTable m_table {*this};
};

} // namespace rateguard
