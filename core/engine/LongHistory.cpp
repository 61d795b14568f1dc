// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/LongHistory.h"

#include <algorithm>

namespace rateguard {
namespace {

using namespace std::chrono_literals;

// Of `count` in a minute, what falls into the `part`th of `parts`: together they are exactly `count`.
std::uint32_t shareOf(std::uint64_t count, std::uint64_t part, std::uint64_t parts)
{
    const auto until = [&](std::uint64_t n) { return count / parts * n + count % parts * n / parts; };
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(until(part + 1) - until(part), UINT32_MAX));
}

} // namespace

LongHistory::LongHistory()
    : m_rings {{{TrafficHistory(600, 1s), TrafficHistory(600, 1s), 1s},
                {TrafficHistory(360, 10s), TrafficHistory(360, 10s), 10s},
                {TrafficHistory(360, 60s), TrafficHistory(360, 60s), 60s}}}
{
}

void LongHistory::record(Instant at, Verdict verdict, std::uint32_t count)
{
    for (auto &ring : m_rings) {
        ring.decided.record(at, verdict, count);
    }
}

void LongHistory::recordUnchecked(Instant at, std::uint32_t count)
{
    for (auto &ring : m_rings) {
        ring.unchecked.record(at, Verdict::Allowed, count);
    }
}

void LongHistory::gap(Instant from, Instant to, GapCause cause)
{
    for (auto &ring : m_rings) {
        ring.decided.gap(from, to, cause);
    }
}

std::vector<SecondCounts> LongHistory::series(std::chrono::seconds span, Instant now) const
{
    const auto step = stepOf(span);
    const auto &ring = *std::find_if(m_rings.begin(), m_rings.end(), [step](const Ring &it) { return it.step == step; });
    const auto count = static_cast<std::size_t>(span / step);
    auto slices = ring.decided.last(count, now);
    const auto unchecked = ring.unchecked.last(count, now);
    for (std::size_t i = 0; i < slices.size(); ++i) {
        slices[i].unchecked = unchecked[i].allowed;
    }
    return slices;
}

void LongHistory::seed(const TrafficHistory &seconds, Instant now)
{
    const auto known = seconds.everything(now);
    gap(Instant(), known.empty() ? now : Instant(std::chrono::seconds(known.front().second)), GapCause::NotWatching);
    for (const auto &second : known) {
        const Instant at {std::chrono::seconds(second.second)};
        if (second.gap) {
            gap(at, at + 1s, second.cause);
        }
        for (const auto &[verdict, count] : {std::pair(Verdict::Allowed, second.allowed), std::pair(Verdict::Rejected, second.rejected),
                                             std::pair(Verdict::WouldReject, second.wouldReject)}) {
            if (count > 0) {
                record(at, verdict, count);
            }
        }
    }
}

void fillFromMinutes(std::vector<SecondCounts> &slices, std::chrono::seconds step, const std::vector<MinuteCounts> &minutes)
{
    if (step <= 1s || minutes.empty()) {
        return;
    }
    const auto parts = static_cast<std::uint64_t>(std::chrono::seconds(1min) / step);
    for (auto &slice : slices) {
        const auto minute = std::chrono::floor<std::chrono::minutes>(std::chrono::seconds(slice.second));
        const auto known = std::lower_bound(minutes.begin(), minutes.end(), minute, [](const MinuteCounts &counts, auto wanted) { return counts.minute < wanted; });
        if (!slice.gap || known == minutes.end() || known->minute != minute) {
            continue;
        }
        const auto &counts = *known;
        const auto part = static_cast<std::uint64_t>((std::chrono::seconds(slice.second) - minute) / step);
        slice.allowed = shareOf(counts.allowed, part, parts);
        slice.rejected = shareOf(counts.rejected, part, parts);
        slice.wouldReject = shareOf(counts.wouldReject, part, parts);
        slice.unchecked = shareOf(counts.unchecked, part, parts);
        slice.gap = false;
        slice.byMinute = true;
    }
}

} // namespace rateguard
