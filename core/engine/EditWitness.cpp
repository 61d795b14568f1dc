// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/EditWitness.h"

#include "engine/EditEffect.h"

#include <algorithm>

namespace rateguard {

namespace {

using namespace std::chrono_literals;

constexpr Duration late = 30s; // that news of the edit which took its place may come

std::int64_t secondOf(Instant at)
{
    return std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count();
}

} // namespace

void EditWitness::look(const std::vector<AuditEntry> &entries, Instant now, const Seconds &seconds)
{
    open(entries, now);
    for (auto &watch : m_watches) {
        if (watch.isSettled) {
            continue;
        }
        const auto entry = std::find(entries.begin(), entries.end(), watch.edit);
        if (entry == entries.end()) {
            watch.isSettled = true; // Redis forgot it
            watch.effect.isOpen = false;
            continue;
        }
        listen(watch, seconds(watch.edit.policy, watch.edit.key));
        measure(watch, entries, static_cast<std::size_t>(entry - entries.begin()), now);
    }
}

// Those that were made in the last minute.
void EditWitness::open(const std::vector<AuditEntry> &entries, Instant now)
{
    const auto most = entries.begin() + static_cast<std::ptrdiff_t>(std::min(entries.size(), capacity));
    const auto end = std::find_if(entries.begin(), most, [&](const AuditEntry &entry) { return entry.at <= now - before; });
    for (auto entry = std::make_reverse_iterator(end); entry != entries.rend(); ++entry) {
        if (find(*entry)) {
            continue;
        }
        if (m_watches.size() == capacity) {
            m_watches.erase(m_watches.begin());
        }
        m_watches.push_back({*entry, {}, secondOf(entry->at - before), {}, false});
        m_watches.back().effect.basis = entry->key ? EditHistory::Basis::Key : EditHistory::Basis::Policy;
    }
}

void EditWitness::listen(Watch &watch, const std::vector<SecondCounts> &heard)
{
    for (const auto &one : heard) {
        if (one.second >= watch.next) {
            watch.next = one.second + 1;
            if (!one.gap) {
                watch.seconds.push_back({one.second, one.rejected, one.allowed + one.rejected + one.wouldReject});
            }
        }
    }
}

void EditWitness::measure(Watch &watch, const std::vector<AuditEntry> &entries, std::size_t index, Instant now)
{
    const auto span = editSpan(entries, index, reach);
    const auto from = std::max(span.from, watch.edit.at - before);
    auto &effect = watch.effect;
    std::uint64_t rejected[2] {};
    std::uint64_t requests[2] {};
    std::int64_t count[2] {};
    for (const auto &one : watch.seconds) {
        const Instant begin {std::chrono::seconds(one.second)};
        const bool isBefore = begin >= from && begin + 1s <= watch.edit.at;
        const bool isAfter = begin >= watch.edit.at && begin + 1s <= span.to;
        if (isBefore || isAfter) {
            rejected[isAfter] += one.rejected;
            requests[isAfter] += one.requests;
            ++count[isAfter];
        }
    }
    const auto perMinute = [](std::uint64_t sum, std::int64_t seconds) { return seconds > 0 ? 60.0 * static_cast<double>(sum) / static_cast<double>(seconds) : 0; };
    effect.rejectedBefore = perMinute(rejected[0], count[0]);
    effect.rejectedAfter = perMinute(rejected[1], count[1]);
    effect.requestsBefore = perMinute(requests[0], count[0]);
    effect.requestsAfter = perMinute(requests[1], count[1]);
    effect.before = std::chrono::seconds(count[0]);
    effect.after = std::chrono::seconds(count[1]);
    effect.end = span.to <= now ? span.end : std::nullopt;
    watch.isSettled = now > span.to + late;
    effect.isOpen = !watch.isSettled;
    if (watch.isSettled) {
        watch.seconds = {};
    }
}

bool EditWitness::isWatching() const
{
    return std::any_of(m_watches.begin(), m_watches.end(), [](const Watch &watch) { return !watch.isSettled; });
}

const EditHistory::Effect *EditWitness::find(const AuditEntry &edit) const
{
    const auto found = std::find_if(m_watches.begin(), m_watches.end(), [&](const Watch &watch) { return watch.edit == edit; });
    return found == m_watches.end() ? nullptr : &found->effect;
}

} // namespace rateguard
