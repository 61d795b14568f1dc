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

} // namespace

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
    for (std::size_t i = 0; i + 1 < minutes.size(); ++i) {
        const auto &counts = minutes[i];
        const bool isBefore = counts.minute >= span.first && counts.minute < span.edit;
        const bool isAfter = counts.minute > span.edit && counts.minute < span.end;
        if (isBefore || isAfter) {
            (isBefore ? effect.minutesBefore : effect.minutesAfter) += 1;
            (isBefore ? effect.rejectedBefore : effect.rejectedAfter) += static_cast<double>(counts.rejected);
            (isBefore ? effect.requestsBefore : effect.requestsAfter) += static_cast<double>(counts.requests());
        }
    }
    const auto average = [](double &sum, std::uint32_t count) { sum /= std::max(count, 1U); };
    average(effect.rejectedBefore, effect.minutesBefore);
    average(effect.requestsBefore, effect.minutesBefore);
    average(effect.rejectedAfter, effect.minutesAfter);
    average(effect.requestsAfter, effect.minutesAfter);
    return effect;
}

} // namespace rateguard
