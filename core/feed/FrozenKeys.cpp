// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/FrozenKeys.h"

#include <algorithm>

namespace rateguard {

namespace {

std::uint32_t fit(std::uint64_t count)
{
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(count, UINT32_MAX));
}

} // namespace

bool FrozenKeys::copy(KeySource &from, Instant now, const QDeadlineTimer &slice)
{
    if (!m_begun) {
        m_begun = true;
        m_now = now;
        m_keys.reserve(from.places());
    }
    KeyView key;
    const auto end = from.places();
    while (m_next < end) {
        const auto stop = std::min(end, m_next + 32);
        for (; m_next < stop; ++m_next) {
            if (!from.look(m_next, m_now, key)) {
                continue;
            }
            const auto &row = key.row;
            if (auto minute = from.minute(m_next, m_now); !minute.empty()) {
                m_minutes.emplace(places(), std::move(minute));
            }
            m_keys.push_back({m_names.size(), static_cast<std::uint32_t>(key.policy.size()), static_cast<std::uint32_t>(key.key.size()),
                {static_cast<float>(row.rates.allowed), static_cast<float>(row.rates.rejected), static_cast<float>(row.rates.wouldReject)}, row.used,
                row.limit, {fit(row.total.allowed), fit(row.total.rejected), fit(row.total.wouldReject)}, row.minuteRequests, row.minuteRejected, row.lastSeen, row.state});
            m_names.append(key.policy).append(key.key);
        }
        if (slice.hasExpired()) {
            break;
        }
    }
    m_whole = m_next >= end;
    return m_whole;
}

bool FrozenKeys::look(std::uint32_t id, Instant, KeyView &out)
{
    const auto &key = m_keys[id];
    const auto names = std::string_view(m_names).substr(key.name);
    out.policy = names.substr(0, key.policySize);
    out.key = names.substr(key.policySize, key.keySize);
    out.born = 0;
    out.row = {id, key.state, {key.rates[0], key.rates[1], key.rates[2]}, key.used, key.limit, {key.total[0], key.total[1], key.total[2]}, key.lastSeen,
        key.minuteRequests, key.minuteRejected};
    return true;
}

std::uint32_t FrozenKeys::find(std::string_view policy, std::string_view key)
{
    KeyView view;
    for (std::uint32_t id = 0; id < places(); ++id) {
        look(id, m_now, view);
        if (view.key == key && view.policy == policy) {
            return id;
        }
    }
    return none;
}

std::vector<MinuteSlice> FrozenKeys::minute(std::uint32_t id, Instant)
{
    const auto found = m_minutes.find(id);
    return found == m_minutes.end() ? std::vector<MinuteSlice>() : found->second;
}

} // namespace rateguard
