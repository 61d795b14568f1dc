// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/Bucket.h"

#include <algorithm>
#include <numeric>

namespace rateguard {

namespace {

constexpr std::int64_t pieces = 60; // of a window

// What a number holds in Redis, too; a sum that reached it is made anew from its pieces. Only what is tracked gets there.
constexpr std::uint32_t full = UINT32_MAX;

std::uint32_t capped(std::uint64_t sum)
{
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(sum, full));
}

std::int64_t slotOf(Duration window)
{
    return (window.count() + pieces - 1) / pieces;
}

std::int64_t olderOf(Duration window)
{
    const auto slot = slotOf(window);
    return (window.count() - 1 + slot - 1) / slot;
}

} // namespace

Bucket::Block::Block(Duration window)
    : slot(slotOf(window))
    , counts(static_cast<std::size_t>(olderOf(window)))
{
}

std::int64_t Bucket::Block::over(std::int64_t ms) const
{
    // When the clock went back, what is counted stays counted.
    return std::clamp<std::int64_t>(ms / slot - newest, 0, older() + 1);
}

std::uint32_t Bucket::Block::totalAt(std::int64_t ms) const
{
    const auto gone = over(ms);
    if (gone == 0 || gone > older()) {
        return gone == 0 ? total : 0;
    }
    const auto kept = counts.begin() + gone;
    if (total < full) {
        return total - std::accumulate(counts.begin(), kept, std::uint32_t {0});
    }
    return capped(std::accumulate(kept, counts.end(), std::uint64_t {current}));
}

std::int64_t Bucket::Block::waitFor(std::int64_t ms, std::uint64_t excess) const
{
    for (auto i = over(ms); i < older(); ++i) {
        const auto count = counts[static_cast<std::size_t>(i)];
        if (count > 0 && count >= excess) {
            return ends(newest - older() + i) - ms;
        }
        excess -= count;
    }
    return ends(newest) - ms;
}

bool Bucket::Block::advance(std::int64_t ms)
{
    const auto gone = over(ms);
    if (gone == 0) {
        return false;
    }
    total = totalAt(ms);
    newest = ms / slot;
    if (gone > older()) {
        std::fill(counts.begin(), counts.end(), 0);
    } else {
        std::fill(std::move(counts.begin() + gone, counts.end(), counts.begin()), counts.end(), 0);
        counts[static_cast<std::size_t>(older() - gone)] = current;
    }
    current = 0;
    return true;
}

void Bucket::Block::count(std::int64_t at, std::uint32_t cost)
{
    const auto i = at / slot - newest + older();
    if (i >= 0) {
        auto &piece = i == older() ? current : counts[static_cast<std::size_t>(i)];
        piece = capped(std::uint64_t {piece} + cost);
        total = capped(std::uint64_t {total} + cost);
    }
}

// In the order of the blocks: the windows of a limit, then those that are only remembered and not among them.
template <typename Each>
void Bucket::forEachWindow(const Limits &limit, const Limits &tracked, Each each)
{
    for (const auto &one : limit) {
        each(one.window);
    }
    for (const auto &one : tracked) {
        if (std::none_of(limit.begin(), limit.end(), [&](const Limit &other) { return other.window == one.window; })) {
            each(one.window);
        }
    }
}

const Bucket::Block *Bucket::longest() const
{
    return &*std::max_element(m_blocks.begin(), m_blocks.end(), [](const Block &a, const Block &b) { return a.ends(0) < b.ends(0); });
}

void Bucket::begin(const Limits &limit, const Limits &tracked, std::int64_t ms)
{
    m_blocks.clear();
    forEachWindow(limit, tracked, [&](Duration window) {
        auto &block = m_blocks.emplace_back(window);
        block.newest = ms / block.slot;
    });
    finish();
}

void Bucket::fillFrom(const Bucket &before, std::int64_t ms)
{
    if (before.isIdle(ms)) {
        return;
    }
    for (auto &block : m_blocks) {
        const auto like = std::find_if(before.m_blocks.begin(), before.m_blocks.end(),
            [&](const Block &b) { return b.slot == block.slot && b.counts.size() == block.counts.size(); });
        recall(like == before.m_blocks.end() ? *before.longest() : *like, ms,
            [&block](std::int64_t at, std::uint32_t cost) { block.count(at, cost); });
    }
}

void Bucket::fillFrom(const SlidingLog &before, std::int64_t ms)
{
    for (auto &block : m_blocks) {
        before.recall(ms, [&block](std::int64_t at, std::uint32_t cost) { block.count(at, cost); });
    }
}

// Until its last piece is over.
void Bucket::finish()
{
    m_expires = 0;
    for (const auto &block : m_blocks) {
        m_expires = std::max(m_expires, block.ends(block.newest));
    }
}

bool Bucket::hasWindowsOf(const Limits &limit, const Limits &tracked) const
{
    std::size_t i = 0;
    bool has = true;
    forEachWindow(limit, tracked, [&](Duration window) {
        has = has && i < m_blocks.size() && m_blocks[i].slot == slotOf(window) && m_blocks[i].older() == olderOf(window);
        ++i;
    });
    return has && i == m_blocks.size();
}

bool Bucket::refuses(const Limits &limit, std::int64_t ms, std::uint32_t cost, Fit &fit) const
{
    for (std::size_t i = 0; i < limit.size() && fit.retry >= 0; ++i) {
        const auto total = m_blocks[i].totalAt(ms);
        const auto wished = std::uint64_t {total} + cost;
        if (wished > limit[i].count) {
            const auto wait = cost > limit[i].count ? Fit::never : m_blocks[i].waitFor(ms, wished - limit[i].count);
            if (wait < 0 || wait > fit.retry) {
                fit = {false, i, std::min(total, limit[i].count), wait, wait};
            }
        }
    }
    return !fit.fits;
}

Fit Bucket::decide(const Limits &limit, const Limits &tracked, std::int64_t ms, std::uint32_t cost)
{
    const bool isNew = isIdle(ms);
    if (isNew) {
        begin(limit, tracked, ms);
    }
    Fit fit;
    if (refuses(limit, ms, cost, fit)) {
        if (isNew) {
            *this = {}; // there is nothing to keep
        }
        return fit;
    }
    bool isLater = false;
    for (std::size_t i = 0; i < m_blocks.size(); ++i) {
        auto &block = m_blocks[i];
        isLater = block.advance(ms) || isLater;
        block.total = capped(std::uint64_t {block.total} + cost);
        block.current = capped(std::uint64_t {block.current} + cost);
        if (i < limit.size() && (i == 0 || limit[i].count - block.total < limit[fit.decider].count - fit.used)) {
            fit.decider = i;
            fit.used = block.total;
        }
    }
    if (isLater) {
        finish();
    }
    fit.reset = m_blocks[fit.decider].waitFor(ms, 1);
    return fit;
}

Fit Bucket::look(const Limits &limit, const Limits &tracked, std::int64_t ms, std::uint32_t cost) const
{
    if (isIdle(ms)) {
        Bucket empty;
        empty.begin(limit, tracked, ms);
        return empty.look(limit, tracked, ms, cost);
    }
    Fit fit;
    if (refuses(limit, ms, cost, fit)) {
        return fit;
    }
    for (std::size_t i = 0; i < limit.size(); ++i) {
        const auto total = m_blocks[i].totalAt(ms);
        if (i == 0 || limit[i].count - total < limit[fit.decider].count - fit.used) {
            fit.decider = i;
            fit.used = total;
        }
    }
    fit.reset = fit.used > 0 ? m_blocks[fit.decider].waitFor(ms, 1) : 0;
    return fit;
}

} // namespace rateguard
