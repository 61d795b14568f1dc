// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/KeySource.h"

#include <QDeadlineTimer>

#include <unordered_map>

namespace rateguard {

// All keys as they were at one moment, or, where there are very many, within a few tenths of a second: the copy is made in
// slices. About 70 bytes a key and its name, and 0.7 KB for each history.
class FrozenKeys : public KeySource
{
public:
    // Goes on copying until the slice is over; true when all is there. `now` counts the first time only.
    bool copy(KeySource &from, Instant now, const QDeadlineTimer &slice);
    bool isWhole() const { return m_whole; }
    Instant now() const { return m_now; } // when the copy began

    std::uint32_t places() const override { return static_cast<std::uint32_t>(m_keys.size()); }
    std::uint32_t births() const override { return 0; }
    std::uint64_t changes() const override { return 0; }
    bool look(std::uint32_t id, Instant now, KeyView &out) override;
    std::uint32_t find(std::string_view policy, std::string_view key) override; // O(keys)
    std::vector<MinuteSlice> minute(std::uint32_t id, Instant now) override;

private:
    struct Key
    {
        std::uint64_t name = 0; // where in m_names
        std::uint32_t policySize = 0;
        std::uint32_t keySize = 0;
        float rates[3] {};
        std::uint32_t used = 0;
        std::uint32_t limit = 0;
        std::uint32_t total[3] {};
        std::uint32_t minuteRequests = 0;
        std::uint32_t minuteRejected = 0;
        Instant lastSeen;
        KeyState state = KeyState::Quiet;
    };

    bool m_whole = false;
    bool m_begun = false;
    Instant m_now;
    std::uint32_t m_next = 0; // place to be copied
    std::vector<Key> m_keys;
    std::string m_names;
    std::unordered_map<std::uint32_t, std::vector<MinuteSlice>> m_minutes;
};

} // namespace rateguard
