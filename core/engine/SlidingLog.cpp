// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/SlidingLog.h"

#include <algorithm>
#include <bit>

namespace rateguard {

namespace {

constexpr std::uint32_t smallest = 4; // entries of a new ring
constexpr std::size_t keptAnyway = 64; // a ring of this size is not worth shrinking

std::int64_t wholeMilliseconds(Instant at)
{
    return std::chrono::floor<Duration>(at.time_since_epoch()).count();
}

} // namespace

Decision SlidingLog::decide(const Rule &rule, Instant now, std::uint32_t cost)
{
    const auto count = rule.limit.count;
    const auto window = rule.limit.window.count();
    Decision decision;
    decision.limit = count;
    decision.remaining = count;
    decision.window = rule.limit.window;
    decision.version = rule.version;
    if (rule.mode == Mode::Off) {
        return decision;
    }

    const auto ms = wholeMilliseconds(now);
    if (ms > m_expires) {
        dropOldest(m_size);
    }
    // The entry that has to be out of the window before `cost` more fit in it decides alone.
    const bool fits = cost <= count;
    const bool blocked = fits && count - cost + 1 <= m_size;
    const auto blockerAge = blocked ? age(m_size - (count - cost + 1), ms) : 0;
    if (fits && (!blocked || blockerAge >= window)) {
        decision.resetAfter = admit(rule, ms, cost);
        decision.remaining = count - std::min(count, m_size);
        return decision;
    }

    decision.verdict = rule.mode == Mode::Shadow ? Verdict::WouldReject : Verdict::Rejected;
    decision.remaining = 0;
    if (cost > 1) {
        const auto alive = m_size - countExpired(ms, window);
        decision.remaining = count - std::min(count, alive);
    }
    decision.retryAfter = blocked ? std::optional(Duration(window - blockerAge)) : std::nullopt;
    decision.resetAfter = decision.retryAfter.value_or(Duration(-1));
    return decision;
}

bool SlidingLog::isIdle(Instant now) const
{
    return m_size == 0 || wholeMilliseconds(now) > m_expires;
}

// A stamp from before a clock step backwards (of up to a day) is younger than now, never ancient. An entry can be up
// to two of the longest windows old: it was younger than one when the last entry was made, and the log ends one later.
std::int64_t SlidingLog::age(std::uint32_t index, std::int64_t now) const
{
    constexpr std::int64_t lap = std::int64_t {1} << 32;
    constexpr std::int64_t day = 86'400'000;
    static_assert(2 * Limit::maxWindow.count() < lap - day);
    const std::int64_t difference = static_cast<std::uint32_t>(now) - m_stamps[(m_first + index) & m_mask];
    return difference < lap - day ? difference : difference - lap;
}

// How many entries at the old end have left the window: doubling, then halving. Step for step as in rateguard.lua:
// after a clock step the stamps are not sorted, and the two must still agree.
std::uint32_t SlidingLog::countExpired(std::int64_t now, std::int64_t window) const
{
    const auto gone = [&](std::uint32_t index) { return age(index, now) >= window; };
    if (m_size == 0 || !gone(0)) {
        return 0;
    }
    std::uint32_t low = 0;
    std::uint32_t high = 1;
    while (high < m_size && gone(high)) {
        low = high;
        high *= 2;
    }
    high = std::min(high, m_size);
    while (high - low > 1) {
        const auto middle = low + (high - low) / 2;
        (gone(middle) ? low : high) = middle;
    }
    return high;
}

Duration SlidingLog::admit(const Rule &rule, std::int64_t now, std::uint32_t cost)
{
    const auto window = rule.limit.window.count();
    if (m_size > 0 && age(0, now) >= window) {
        dropOldest(countExpired(now, window));
    }
    const auto oldest = m_size > 0 ? std::max<std::int64_t>(age(0, now), 0) : 0;
    if (m_size + cost > capacity()) {
        resize(std::max(std::bit_ceil(m_size + cost), smallest));
    }
    for (std::uint32_t i = 0; i < cost; ++i) {
        m_stamps[(m_first + m_size++) & m_mask] = static_cast<std::uint32_t>(now);
    }
    m_expires = now + window;
    return Duration(window - oldest);
}

void SlidingLog::dropOldest(std::uint32_t count)
{
    m_first = (m_first + count) & m_mask;
    m_size -= count;
    // One halving at a time, and from a quarter full: a log that fills and empties with each window moves twice in it.
    if (capacity() > keptAnyway && m_size <= capacity() / 4) {
        resize(m_mask / 2 + 1);
    }
}

void SlidingLog::resize(std::uint32_t capacity)
{
    auto stamps = std::make_unique_for_overwrite<std::uint32_t[]>(capacity);
    for (std::uint32_t i = 0; i < m_size; ++i) {
        stamps[i] = m_stamps[(m_first + i) & m_mask];
    }
    m_stamps = std::move(stamps);
    m_mask = capacity - 1;
    m_first = 0;
}

} // namespace rateguard
