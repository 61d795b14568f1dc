// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/TrafficHistory.h"

#include "engine/Seconds.h"

#include <algorithm>

namespace rateguard {

TrafficHistory::TrafficHistory(std::size_t seconds)
    : m_slots(seconds + ahead)
{
}

TrafficHistory::Slot *TrafficHistory::slotOf(std::uint32_t second)
{
    auto &slot = m_slots[second % m_slots.size()];
    if (slot.second == second) {
        return &slot;
    }
    // The place of one ring ahead is simply the present. Further ahead means that its stamp lied, or that the
    // clock was set back since: whatever comes now is right.
    if (slot.second > second && slot.second - second <= m_slots.size()) {
        return nullptr;
    }
    slot = {};
    slot.second = second;
    return &slot;
}

void TrafficHistory::record(Instant at, Verdict verdict)
{
    auto *slot = slotOf(secondOf(at));
    if (!slot) {
        return;
    }
    switch (verdict) {
    case Verdict::Allowed:
        slot->allowed += slot->allowed != UINT32_MAX;
        break;
    case Verdict::Rejected:
        slot->rejected += slot->rejected != UINT32_MAX;
        break;
    case Verdict::WouldReject:
        if (slot->wouldReject != UINT32_MAX >> 1) {
            ++slot->wouldReject;
        }
        break;
    }
}

void TrafficHistory::gap(Instant from, Instant to)
{
    if (to <= from) {
        return;
    }
    const auto end = std::uint64_t {secondOf(to - std::chrono::microseconds(1))} + 1;
    const auto oldest = end - std::min<std::uint64_t>(end, m_slots.size());
    for (auto second = std::max<std::uint64_t>(secondOf(from), oldest); second < end; ++second) {
        if (auto *slot = slotOf(static_cast<std::uint32_t>(second))) {
            slot->gap = 1;
        }
    }
}

std::vector<SecondCounts> TrafficHistory::last(std::size_t count, Instant now) const
{
    const auto end = secondOf(now);
    count = std::min({count, m_slots.size() - ahead, std::size_t {end}});
    std::vector<SecondCounts> seconds(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto second = static_cast<std::uint32_t>(end - count + i);
        seconds[i].second = second;
        const auto &slot = m_slots[second % m_slots.size()];
        if (slot.second == second) {
            seconds[i] = {second, slot.allowed, slot.rejected, slot.wouldReject, slot.gap != 0};
        }
    }
    return seconds;
}

void TrafficHistory::clear()
{
    std::fill(m_slots.begin(), m_slots.end(), Slot {});
}

} // namespace rateguard
