// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/EditEffect.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace rateguard {

namespace {

std::chrono::minutes minuteOf(Instant at)
{
    return std::chrono::floor<std::chrono::minutes>(at.time_since_epoch());
}

std::optional<Instant> endOf(const AuditEntry &entry)
{
    return entry.key ? rateguard::endOf(parseOverride(entry.after)) : rateguard::endOf(parseRule(entry.after));
}

bool touches(const AuditEntry &other, const AuditEntry &entry)
{
    return other.policy == entry.policy && (!other.key || other.key == entry.key);
}

// What is newer: the first edit that touches the same thing, or the end that was set, whichever comes first.
// `below`: the ends of the limit, and of the override, that were in force and stayed so.
void findEnd(EditSpan &span, const std::vector<AuditEntry> &entries, std::size_t index, const std::array<std::optional<Instant>, 2> &below)
{
    using Cause = EditHistory::End::Cause;
    const auto &entry = entries[index];
    const auto until = [&](Instant at, EditHistory::End end) {
        if (at <= span.to) {
            span.to = std::max(at, entry.at);
            end.after = std::chrono::floor<std::chrono::seconds>(span.to - entry.at);
            span.end = end;
        }
    };
    for (const bool ofKey : {false, true}) {
        if (below[ofKey]) {
            until(*below[ofKey], {Cause::Time, !ofKey});
        }
    }
    if (const auto end = endOf(entry)) {
        until(*end, {Cause::Time, !entry.key});
    }
    for (auto i = index; i-- > 0;) {
        if (touches(entries[i], entry)) {
            until(entries[i].at, {entries[i].after.empty() ? Cause::Removal : Cause::Edit, !entries[i].key, entries[i].version});
            return;
        }
    }
}

} // namespace

EditSpan editSpan(const std::vector<AuditEntry> &entries, std::size_t index, Duration reach)
{
    const auto &entry = entries[index];
    EditSpan span {entry.at - reach, entry.at + reach};
    // Of the limit, of the key: whether the newest edit before this one is found, and the end of what it set.
    std::array<bool, 2> isFound {false, !entry.key};
    std::array<std::optional<Instant>, 2> below;
    for (auto i = index + 1; i < entries.size() && !(isFound[0] && isFound[1]); ++i) {
        const auto &other = entries[i];
        if (!touches(other, entry) || isFound[other.key.has_value()]) {
            continue;
        }
        span.from = std::max(span.from, std::min(other.at, entry.at));
        isFound[other.key.has_value()] = !other.isReset(); // which leaves in force what there was
        const auto end = endOf(other);
        if (end && *end <= entry.at) {
            span.from = std::max(span.from, *end);
        } else if (entry.key && (!other.key || entry.isReset())) {
            below[other.key.has_value()] = end;
        }
    }
    if (!entry.key && entry.before.empty()) {
        span.from = entry.at;
    }
    findEnd(span, entries, index, below);
    return span;
}

std::vector<KeyTurn> keyTurns(const std::vector<AuditEntry> &entries)
{
    using Cause = EditHistory::End::Cause;
    std::vector<KeyTurn> turns;
    std::map<std::pair<std::string_view, std::string_view>, Instant> replaced; // when what an older edit set was
    for (const auto &entry : entries) {
        if (!entry.key) {
            continue;
        }
        turns.push_back({entry.at, entry.policy, {entry.after.empty() ? Cause::Removal : Cause::Edit, false, entry.version, {}, entry.key}});
        if (entry.isReset()) {
            continue; // which leaves in force what there was
        }
        const auto next = replaced.find({entry.policy, *entry.key});
        const auto end = endOf(entry);
        if (end && *end > entry.at && (next == replaced.end() || *end < next->second)) {
            turns.push_back({*end, entry.policy, {Cause::Time, false, 0, {}, entry.key}});
        }
        replaced.insert_or_assign({entry.policy, *entry.key}, entry.at);
    }
    return turns;
}

void bound(EditSpan &span, const AuditEntry &edit, const KeyTurn &turn)
{
    if (turn.at <= edit.at) {
        span.from = std::max(span.from, turn.at);
    }
    if (turn.at >= edit.at && turn.at < span.to) {
        span.to = turn.at;
        span.end = turn.end;
        span.end->after = std::chrono::floor<std::chrono::seconds>(turn.at - edit.at);
    }
}

EditSpan policySpan(const std::vector<AuditEntry> &entries, const std::vector<KeyTurn> &turns, std::size_t index, Duration reach)
{
    const auto &entry = entries[index];
    auto span = editSpan(entries, index, reach);
    for (const auto &turn : turns) {
        if (turn.policy == entry.policy && turn.end.key != entry.key) {
            bound(span, entry, turn);
        }
    }
    return span;
}

EffectSpan effectSpan(const std::vector<AuditEntry> &entries, const std::vector<KeyTurn> &turns, std::size_t index)
{
    constexpr std::chrono::minutes one {1};
    const auto span = policySpan(entries, turns, index, EffectSpan::reach + one);
    const auto edit = minuteOf(entries[index].at);
    return {std::min(minuteOf(span.from) + one, edit), edit, minuteOf(span.to)};
}

EditHistory::Effect editEffect(const EffectSpan &span, const std::vector<MinuteCounts> &minutes)
{
    EditHistory::Effect effect;
    std::uint32_t before = 0;
    std::uint32_t after = 0;
    for (std::size_t i = 0; i + 1 < minutes.size(); ++i) {
        const auto &counts = minutes[i];
        const bool isBefore = counts.minute >= span.first && counts.minute < span.edit;
        const bool isAfter = counts.minute > span.edit && counts.minute < span.end;
        if (isBefore || isAfter) {
            (isBefore ? before : after) += 1;
            (isBefore ? effect.rejectedBefore : effect.rejectedAfter) += static_cast<double>(counts.rejected);
            (isBefore ? effect.requestsBefore : effect.requestsAfter) += static_cast<double>(counts.requests());
        }
    }
    const auto average = [](double &sum, std::uint32_t count) { sum /= std::max(count, 1U); };
    average(effect.rejectedBefore, before);
    average(effect.requestsBefore, before);
    average(effect.rejectedAfter, after);
    average(effect.requestsAfter, after);
    effect.before = std::chrono::minutes(before);
    effect.after = std::chrono::minutes(after);
    return effect;
}

} // namespace rateguard
