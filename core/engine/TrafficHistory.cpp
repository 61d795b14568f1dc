// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/TrafficHistory.h"

#include "engine/Seconds.h"

#include <algorithm>

namespace rateguard {

TrafficHistory::TrafficHistory(std::size_t slices, std::chrono::seconds step)
    : m_slots(slices + ahead)
    , m_step(static_cast<std::uint32_t>(step.count()))
{
}

std::uint32_t TrafficHistory::sliceOf(Instant at) const
{
    return secondOf(at) / m_step;
}

TrafficHistory::Slot *TrafficHistory::slotOf(std::uint32_t slice)
{
    auto &slot = m_slots[slice % m_slots.size()];
    if (slot.slice == slice) {
        return &slot;
    }
    // The place of one ring ahead is simply the present. Further ahead means that its stamp lied, or that the
    // clock was set back since: whatever comes now is right.
    if (slot.slice > slice && slot.slice - slice <= m_slots.size()) {
        return nullptr;
    }
    slot = {};
    slot.slice = slice;
    return &slot;
}

void TrafficHistory::record(Instant at, Verdict verdict, std::uint32_t count)
{
    auto *slot = slotOf(sliceOf(at));
    if (!slot) {
        return;
    }
    const auto plus = [count](std::uint32_t known) { return known + std::min(count, most - known); };
    switch (verdict) {
    case Verdict::Allowed:
        slot->allowed = plus(slot->allowed);
        break;
    case Verdict::Rejected:
        slot->rejected = plus(slot->rejected);
        break;
    case Verdict::WouldReject:
        slot->wouldReject = plus(slot->wouldReject) & most;
        break;
    }
}

void TrafficHistory::gap(Instant from, Instant to, GapCause cause)
{
    if (to <= from) {
        return;
    }
    const auto end = std::uint64_t {sliceOf(to - std::chrono::microseconds(1))} + 1;
    const auto oldest = end - std::min<std::uint64_t>(end, m_slots.size());
    for (auto slice = std::max<std::uint64_t>(sliceOf(from), oldest); slice < end; ++slice) {
        auto *slot = slotOf(static_cast<std::uint32_t>(slice));
        if (slot && !slot->gap) {
            slot->gap = 1;
            slot->cause = static_cast<std::uint32_t>(cause) & 3;
        }
    }
}

std::vector<SecondCounts> TrafficHistory::last(std::size_t count, Instant now) const
{
    return before(sliceOf(now), std::min(count, m_slots.size() - ahead));
}

std::vector<SecondCounts> TrafficHistory::everything(Instant now) const
{
    return before(std::uint64_t {sliceOf(now)} + ahead, m_slots.size());
}

std::vector<SecondCounts> TrafficHistory::before(std::uint64_t end, std::size_t count) const
{
    count = std::min(count, std::size_t {end});
    std::vector<SecondCounts> slices(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto slice = end - count + i;
        slices[i].second = static_cast<std::int64_t>(slice * m_step);
        const auto &slot = m_slots[slice % m_slots.size()];
        if (slot.slice == slice) {
            slices[i].allowed = slot.allowed;
            slices[i].rejected = slot.rejected;
            slices[i].wouldReject = slot.wouldReject;
            slices[i].gap = slot.gap != 0;
            slices[i].cause = static_cast<GapCause>(slot.cause);
        }
    }
    return slices;
}

void TrafficHistory::clear()
{
    std::fill(m_slots.begin(), m_slots.end(), Slot {});
}

} // namespace rateguard
