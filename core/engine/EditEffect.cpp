// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/EditEffect.h"

#include <algorithm>

namespace rateguard {

namespace {

std::chrono::minutes minuteOf(Instant at)
{
    return std::chrono::floor<std::chrono::minutes>(at.time_since_epoch());
}

// Of what the edit set.
std::optional<Instant> endOf(const AuditEntry &entry)
{
    if (entry.key) {
        const auto made = parseOverride(entry.after);
        return made ? made->until : std::nullopt;
    }
    const auto made = parseRule(entry.after);
    return made ? made->until : std::nullopt;
}

} // namespace

EditSpan editSpan(const std::vector<AuditEntry> &entries, std::size_t index, Duration reach)
{
    const auto &entry = entries[index];
    EditSpan span {entry.at - reach, entry.at + reach};
    if (const auto end = endOf(entry); end && *end <= span.to) { // a reset has none
        span.to = std::max(*end, entry.at);
        span.isOver = true;
    }
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const auto &other = entries[i];
        if (i == index || other.policy != entry.policy || (other.key && other.key != entry.key)) {
            continue;
        }
        if (i > index) {
            span.from = std::max(span.from, std::min(other.at, entry.at));
        } else if (other.at <= span.to) {
            // What a key has of its own outlives edits of the policy, and the forgetting of what it used.
            span.to = std::max(other.at, entry.at);
            span.isOver = other.key == entry.key && !other.isReset() && !entry.isReset();
        }
    }
    if (!entry.key && entry.before.empty()) {
        span.from = entry.at;
    }
    return span;
}

EffectSpan effectSpan(const std::vector<AuditEntry> &entries, std::size_t index)
{
    const auto &entry = entries[index];
    const auto edit = minuteOf(entry.at);
    EffectSpan span {edit - EffectSpan::reach, edit, edit + EffectSpan::reach + std::chrono::minutes(1)};
    for (const auto &other : entries) {
        if (other.key || other.policy != entry.policy) {
            continue;
        }
        const auto minute = minuteOf(other.at);
        if (minute < edit) {
            span.first = std::max(span.first, minute + std::chrono::minutes(1));
        } else if (minute > edit) {
            span.end = std::min(span.end, minute);
        }
    }
    if (!entry.key && entry.before.empty()) {
        span.first = edit;
    }
    return span;
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
