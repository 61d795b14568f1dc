// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/StepSize.h"

#include <algorithm>
#include <limits>

namespace rateguard {
namespace {

constexpr double half = 0.5;
constexpr double tenfold = 10; // a zero too many

// Whether `test` holds for a count and the one before it of a window of the same length, or for what is admitted in the long run.
template <typename Test>
bool anyWindow(const Limits &before, const Limits &after, Test test)
{
    for (const Limit &wished : after) {
        const auto same = std::find_if(before.begin(), before.end(), [&wished](const Limit &one) { return one.window == wished.window; });
        if (same != before.end() && test(static_cast<double>(same->count), static_cast<double>(wished.count)))
            return true;
    }
    return test(sustained(before), sustained(after));
}

bool isCut(double before, double after) { return after < half * before; }
bool isOpened(double before, double after) { return after >= tenfold * before; }

// What a key gets: per second, nothing of it while banned, and without end when nothing limits it.
double admits(const std::optional<Override> &own, const KeyStanding &standing)
{
    if (!own)
        return standing.isEnforced ? sustained(standing.policy) : std::numeric_limits<double>::infinity();
    switch (own->kind) {
    case Override::Kind::Ban: return 0;
    case Override::Kind::Exempt: break;
    case Override::Kind::Limit: return sustained(own->limit);
    }
    return std::numeric_limits<double>::infinity();
}

} // namespace

Asking askingFor(Environment environment, StepSize size)
{
    switch (environment) {
    case Environment::Development: return size == StepSize::Large ? Asking::Question : Asking::Nothing;
    case Environment::Unmarked:
    case Environment::Test: return size == StepSize::Small ? Asking::Nothing : Asking::Question;
    case Environment::Production: return size == StepSize::Large ? Asking::Name : Asking::Question;
    }
    return Asking::Name;
}

double sustained(const Limits &limit)
{
    return limit.empty() ? std::numeric_limits<double>::infinity() : limit.tightest().perSecond();
}

StepSize sizeOf(const Rule &now, const LimitEdit &edit)
{
    if (edit.unset)
        return now.limit.empty() ? StepSize::Small : StepSize::Large;
    const bool changesMode = !edit.keepMode && edit.mode != now.mode;
    if (changesMode && edit.mode == Mode::Off)
        return StepSize::Large;
    if (now.limit.empty())
        return StepSize::Small;
    const Limits &after = edit.limit.empty() ? now.limit : edit.limit;
    if (anyWindow(now.limit, after, isCut))
        return StepSize::Large;
    return changesMode || anyWindow(now.limit, after, isOpened) ? StepSize::Medium : StepSize::Small;
}

StepSize sizeOf(const KeyStanding &now, const OverrideEdit &edit)
{
    if (edit.reset)
        return StepSize::Medium;
    if (edit.kind == Override::Kind::Ban)
        return StepSize::Large;
    const double before = admits(now.own, now);
    const double after = admits(edit.kind ? std::optional(Override {*edit.kind, edit.limit, std::nullopt, 0}) : std::nullopt, now);
    if (after < before) {
        const bool wasLimited = before < std::numeric_limits<double>::infinity();
        return (wasLimited && isCut(before, after)) || isCut(now.admitted, after) ? StepSize::Large : StepSize::Small;
    }
    return after > before && isOpened(before, after) ? StepSize::Medium : StepSize::Small;
}

StepSize sizeOfMany(std::size_t edits, StepSize largest)
{
    constexpr std::size_t many = 5;
    return edits >= many ? StepSize::Large : edits > 1 ? std::max(largest, StepSize::Medium) : largest;
}

} // namespace rateguard
