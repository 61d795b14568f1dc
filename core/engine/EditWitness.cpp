// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/EditWitness.h"

#include <algorithm>
#include <utility>

namespace rateguard {

namespace {

using namespace std::chrono_literals;

constexpr Duration news = 30s; // that those of the edit which took its place may be late

std::int64_t secondOf(Instant at)
{
    return std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count();
}

bool isOthers(const KeyTurn &turn, const AuditEntry &edit)
{
    return !edit.key && turn.policy == edit.policy;
}

// Where traffic began, if it did: silence much longer than any other before the edit tells nothing of a limit, and would look
// as if nobody had been rejected. `seconds`: oldest first.
template <typename Second>
Instant beginOfTraffic(const std::vector<Second> &seconds, Instant from, Instant edit)
{
    constexpr int least = 5; // seconds of silence
    std::optional<Instant> first;
    int silence = 0;
    int leading = 0;
    int longest = 0; // but for the leading one
    for (const auto &one : seconds) {
        const Instant at {std::chrono::seconds(one.second)};
        if (at < from || at + 1s > edit) {
            continue;
        }
        if (one.requests > 0 && !first) {
            first = at;
            leading = std::exchange(silence, 0);
        }
        silence = one.requests > 0 ? 0 : silence + 1;
        longest = first ? std::max(longest, silence) : 0;
    }
    return first && leading >= least && leading > 2 * longest ? *first : from;
}

} // namespace

void EditWitness::look(const std::vector<AuditEntry> &entries, Instant now, const Seconds &seconds)
{
    open(entries, now);
    const auto turns = keyTurns(entries);
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
        const auto next = watch.next;
        listen(watch, seconds(watch.edit.policy, watch.edit.key));
        for (const auto &key : watch.effect.without) {
            leaveOut(watch, seconds(watch.edit.policy, key), next);
        }
        leaveOut(watch, turns, now, seconds);
        measure(watch, editSpan(entries, static_cast<std::size_t>(entry - entries.begin()), reach), turns, now);
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

// Seconds from `from` on; one in which the key was not heard goes.
void EditWitness::leaveOut(Watch &watch, const std::vector<SecondCounts> &ofKey, std::int64_t from)
{
    std::erase_if(watch.seconds, [&](Second &one) {
        if (one.second < from) {
            return false;
        }
        const auto place = ofKey.empty() ? -1 : one.second - ofKey.front().second;
        if (place < 0 || place >= static_cast<std::int64_t>(ofKey.size()) || ofKey[static_cast<std::size_t>(place)].gap) {
            return true;
        }
        const auto &its = ofKey[static_cast<std::size_t>(place)];
        one.rejected -= std::min(one.rejected, its.rejected);
        one.requests -= std::min(one.requests, its.allowed + its.rejected + its.wouldReject);
        return false;
    });
}

void EditWitness::leaveOut(Watch &watch, const std::vector<KeyTurn> &turns, Instant now, const Seconds &seconds)
{
    auto &without = watch.effect.without;
    for (const auto &turn : turns) {
        const bool isClose = turn.at > watch.edit.at - close && turn.at < watch.edit.at + close && turn.at <= now;
        const auto &key = *turn.end.key;
        if (!isClose || !isOthers(turn, watch.edit) || watch.mixed.contains(key) || std::find(without.begin(), without.end(), key) != without.end()) {
            continue;
        }
        const auto ofKey = without.size() < maxWithout ? seconds(watch.edit.policy, key) : std::vector<SecondCounts>();
        if (ofKey.empty()) {
            watch.mixed.insert(key);
        } else {
            without.push_back(key);
            leaveOut(watch, ofKey, INT64_MIN);
        }
    }
}

void EditWitness::measure(Watch &watch, EditSpan span, const std::vector<KeyTurn> &turns, Instant now)
{
    const auto &without = watch.effect.without;
    for (const auto &turn : turns) {
        if (turn.at <= now && isOthers(turn, watch.edit) && std::find(without.begin(), without.end(), *turn.end.key) == without.end()) {
            bound(span, watch.edit, turn);
        }
    }
    const auto from = beginOfTraffic(watch.seconds, std::max(span.from, watch.edit.at - before), watch.edit.at);
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
    watch.isSettled = now > span.to + news;
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
