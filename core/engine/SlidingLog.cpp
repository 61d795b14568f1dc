// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/SlidingLog.h"

#include <algorithm>
#include <bit>

namespace rateguard {

namespace {

constexpr std::uint32_t smallest = 4; // entries of a new ring
constexpr std::size_t keptAnyway = 64; // a ring of this size is not worth shrinking

// Below zero after clock steps, when a window holds what it could not.
std::int64_t left(const Limit &limit, std::uint32_t used)
{
    return std::int64_t {limit.count} - used;
}

} // namespace

bool SlidingLog::refuses(const Limits &limit, std::int64_t ms, std::uint32_t cost, Fit &fit) const
{
    bool isNever = false;
    for (std::size_t i = 0; i < limit.size(); ++i) {
        const auto count = limit[i].count;
        if (cost > count) {
            fit.decider = isNever ? fit.decider : i;
            isNever = true;
        } else if (!isNever && count - cost + 1 <= m_size) {
            // The entry that has to be out of the window before `cost` more fit in it decides alone.
            const auto wait = limit[i].window.count() - age(m_size - (count - cost + 1), ms);
            if (wait > fit.retry) {
                fit.retry = wait;
                fit.decider = i;
            }
        }
    }
    if (!isNever && fit.retry == 0) {
        return false;
    }
    const auto &decider = limit[fit.decider];
    fit.fits = false;
    fit.retry = fit.reset = isNever ? Fit::never : fit.retry;
    fit.used = cost == 1 ? decider.count : std::min(decider.count, lookYoung(ms, decider.window.count()));
    return true;
}

Fit SlidingLog::decide(const Limits &limit, const Kept &kept, std::int64_t ms, std::uint32_t cost)
{
    Fit fit;
    if (ms > m_expires) {
        dropOldest(m_size);
    }
    if (refuses(limit, ms, cost, fit)) {
        return fit;
    }
    auto oldest = admit(kept, ms, cost);
    for (std::size_t i = 0; i < limit.size(); ++i) {
        const auto window = limit[i].window.count();
        const auto used = window < kept.keep ? countYoung(ms, window, cost, oldest) : m_size;
        if (i == 0 || left(limit[i], used) < left(limit[fit.decider], fit.used)) {
            fit.decider = i;
            fit.used = used;
        }
    }
    if (fit.used < m_size) {
        oldest = std::max<std::int64_t>(age(m_size - fit.used, ms), 0);
    }
    fit.reset = limit[fit.decider].window.count() - oldest;
    return fit;
}

Fit SlidingLog::look(const Limits &limit, std::int64_t ms, std::uint32_t cost) const
{
    Fit fit;
    if (m_size > 0 && ms > m_expires) {
        return SlidingLog().look(limit, ms, cost);
    }
    if (refuses(limit, ms, cost, fit)) {
        return fit;
    }
    for (std::size_t i = 0; i < limit.size(); ++i) {
        const auto used = lookYoung(ms, limit[i].window.count());
        if (i == 0 || left(limit[i], used) < left(limit[fit.decider], fit.used)) {
            fit.decider = i;
            fit.used = used;
        }
    }
    if (fit.used > 0) {
        fit.reset = limit[fit.decider].window.count() - std::max<std::int64_t>(age(m_size - fit.used, ms), 0);
    }
    return fit;
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

// The oldest has left the window: how many have. Doubling, then halving. Step for step as in rateguard.lua: after a
// clock step the stamps are not sorted, and the two must still agree.
std::uint32_t SlidingLog::countExpired(std::int64_t now, std::int64_t window) const
{
    const auto gone = [&](std::uint32_t index) { return index < m_size && age(index, now) >= window; };
    std::uint32_t low = 0;
    std::uint32_t high = 1;
    while (gone(high)) {
        low = high;
        high *= 2;
    }
    while (high - low > 1) {
        const auto middle = low + (high - low) / 2;
        (gone(middle) ? low : high) = middle;
    }
    return high;
}

// How many entries are in a window, `known` of them for sure: a guess as if they had come evenly, then doubling, then
// halving; step for step as in rateguard.lua.
std::uint32_t SlidingLog::countYoung(std::int64_t now, std::int64_t window, std::uint32_t known, std::int64_t oldestAge) const
{
    if (oldestAge < window) {
        return m_size;
    }
    auto low = known; // so many are young, so many are not
    auto high = m_size;
    const auto even = static_cast<std::uint32_t>(static_cast<double>(m_size) * static_cast<double>(window) / static_cast<double>(oldestAge));
    const auto guess = std::max(std::min(even, m_size - 1), known + 1);
    if (guess >= high) {
        return low;
    }
    std::uint32_t step = 1;
    if (isYoung(guess, now, window)) {
        low = guess;
        while (low + step < high && isYoung(low + step, now, window)) {
            low += step;
            step *= 2;
        }
        high = std::min(low + step, high);
    } else {
        high = guess;
        while (high > low + step && !isYoung(high - step, now, window)) {
            high -= step;
            step *= 2;
        }
        low = high > low + step ? high - step : low;
    }
    while (high - low > 1) {
        const auto middle = low + (high - low) / 2;
        (isYoung(middle, now, window) ? low : high) = middle;
    }
    return low;
}

std::uint32_t SlidingLog::lookYoung(std::int64_t now, std::int64_t window) const
{
    return m_size == 0 ? 0 : countYoung(now, window, 0, age(0, now));
}

// -> the age of the oldest entry
std::int64_t SlidingLog::admit(const Kept &kept, std::int64_t ms, std::uint32_t cost)
{
    const auto keep = kept.keep;
    if (m_size > 0 && age(0, ms) >= keep) {
        dropOldest(countExpired(ms, keep));
    }
    auto oldest = m_size > 0 ? age(0, ms) : 0;
    append(ms, cost);
    if (m_size > 1.25 * kept.most) {
        // Under an override with a shorter window: what is older than the largest count can never decide again.
        dropOldest(m_size - kept.most);
        oldest = age(0, ms) < 0 || age(0, ms) >= keep ? 0 : age(0, ms); // not sorted, after a clock step: rather longer than too short
    }
    m_expires = ms - oldest + 2 * keep;
    return std::max<std::int64_t>(oldest, 0);
}

void SlidingLog::append(std::int64_t at, std::uint32_t cost)
{
    if (m_size + cost > capacity()) {
        resize(std::max(std::bit_ceil(m_size + cost), smallest));
    }
    for (std::uint32_t i = 0; i < cost; ++i) {
        m_stamps[(m_first + m_size++) & m_mask] = static_cast<std::uint32_t>(at);
    }
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
