// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/FollowedKeys.h"

#include <algorithm>

namespace rateguard {

void FollowedKeys::record(const DecisionEvent &event)
{
    for (auto &one : m_keys) {
        if (one.is(event.policy, event.key)) {
            one.history.record(event.at, event.verdict);
            return;
        }
    }
}

const LongHistory &FollowedKeys::follow(std::string_view policy, std::string_view key, const TrafficHistory &seconds, Instant now)
{
    const auto found = std::find_if(m_keys.begin(), m_keys.end(), [&](const Followed &it) { return it.is(policy, key); });
    if (found != m_keys.end()) {
        m_keys.splice(m_keys.begin(), m_keys, found);
        return m_keys.front().history;
    }
    if (m_keys.size() == capacity) {
        m_keys.pop_back();
    }
    m_keys.push_front({std::string(policy), std::string(key), {}});
    m_keys.front().history.seed(seconds, now);
    return m_keys.front().history;
}

const LongHistory *FollowedKeys::find(std::string_view policy, std::string_view key) const
{
    const auto found = std::find_if(m_keys.begin(), m_keys.end(), [&](const Followed &it) { return it.is(policy, key); });
    return found != m_keys.end() ? &found->history : nullptr;
}

} // namespace rateguard
