// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/LimitCourse.h"

#include <algorithm>
#include <utility>

namespace rateguard {
namespace {

using namespace std::chrono_literals;

constexpr Duration clockError {2000}; // between the server's clock and what we take for it

template<typename T> struct Edit
{
    Instant at;
    std::optional<T> before;
    std::optional<T> after;
};

template<typename T> struct Stretch
{
    Instant from;
    bool isKnown = false;
    std::optional<T> value {};
};

bool fits(const std::optional<Rule> &earlier, const std::optional<Rule> &later, Instant)
{
    return earlier == later;
}

// No two overrides share a version. One that ends leaves nothing behind, and no edit.
bool fits(const std::optional<Override> &earlier, const std::optional<Override> &later, Instant at)
{
    return later ? earlier && earlier->version == later->version : !earlier || earlier->isOver(at);
}

// Of this policy, or of this key alone; oldest first.
template<typename T, typename Parse> std::vector<Edit<T>> editsOf(const LimitSources &sources, bool ofKey, Parse parse)
{
    std::vector<Edit<T>> edits;
    if (!sources.history)
        return edits;
    const auto &entries = sources.history->entries;
    for (auto it = entries.rbegin(); it != entries.rend(); ++it) {
        if (it->policy == sources.policy && it->key.has_value() == ofKey && (!ofKey || *it->key == sources.key) && !it->isReset())
            edits.push_back({it->at, parse(it->before), parse(it->after)});
    }
    return edits;
}

// Since when no edit is missing.
std::optional<Instant> knownSince(const EditHistory *history)
{
    if (history && history->isComplete)
        return Instant::min();
    return history && !history->entries.empty() ? std::optional(history->entries.back().at) : std::nullopt;
}

template<typename T>
std::vector<Stretch<T>> stretchesOf(std::vector<Edit<T>> edits, const LimitSources &sources, const std::optional<T> &current, bool isKnown, const LimitSources::Sight<T> &seen)
{
    std::vector<Stretch<T>> result {{Instant::min()}};
    const auto since = knownSince(sources.history);
    const auto explainsNow = [&] { return !edits.empty() && fits(edits.back().after, current, sources.now + clockError); };
    if (isKnown && seen.isChange && !explainsNow() && since)
        edits.push_back({std::max(seen.at, edits.empty() ? seen.at : edits.back().at), seen.before, current});
    if (since && (!edits.empty() || isKnown || sources.history->isComplete))
        result.push_back({*since, true, edits.empty() ? current : edits.front().before});
    for (std::size_t i = 0; i < edits.size(); ++i) {
        const bool isLast = i + 1 == edits.size();
        const bool leads = isLast ? !isKnown || explainsNow() : fits(edits[i].after, edits[i + 1].before, edits[i + 1].at);
        result.push_back({edits[i].at, leads, edits[i].after});
    }
    if (isKnown && !result.back().isKnown)
        result.push_back({std::max(seen.at, result.back().from), true, current});
    return result;
}

LimitPiece limitPiece(Instant at, const Limits &limits, bool shadow, Duration span)
{
    const auto rank = [span](const Limit &limit) {
        const bool isShort = limit.window <= span / 2;
        return std::pair(!isShort, isShort ? limit.perSecond() : static_cast<double>(limit.window.count()));
    };
    const auto drawn = std::min_element(limits.begin(), limits.end(), [&](const Limit &a, const Limit &b) { return rank(a) < rank(b); });
    LimitPiece piece {at, LimitPiece::Kind::Limit, *drawn, shadow};
    for (const auto &limit : limits) {
        if (limit.window != drawn->window)
            piece.others.push(limit);
    }
    return piece;
}

LimitPiece pieceOf(const Stretch<Rule> &rule, const Stretch<Override> &override, Instant at, Duration span)
{
    using Kind = LimitPiece::Kind;
    if (!rule.isKnown)
        return {at};
    const Mode mode = rule.value ? rule.value->modeAt(at) : Mode::Off;
    if (mode == Mode::Off)
        return {at, Kind::Free};
    if (!override.isKnown)
        return {at};
    const bool shadow = mode == Mode::Shadow;
    const bool holds = override.value && !override.value->isOver(at);
    if (holds && override.value->kind != Override::Kind::Limit)
        return override.value->kind == Override::Kind::Ban ? LimitPiece {at, Kind::Ban, {}, shadow} : LimitPiece {at, Kind::Free};
    const Limits &limits = holds ? override.value->limit : rule.value->limit;
    return limits.empty() ? LimitPiece {at, Kind::Free} : limitPiece(at, limits, shadow, span);
}

template<typename T> void addBorders(std::vector<Instant> &borders, const std::vector<Stretch<T>> &stretches)
{
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        borders.push_back(stretches[i].from);
        const auto end = endOf(stretches[i].value);
        if (stretches[i].isKnown && end && *end > stretches[i].from && (i + 1 == stretches.size() || *end < stretches[i + 1].from))
            borders.push_back(*end);
    }
}

template<typename T> void advance(const std::vector<Stretch<T>> &stretches, std::size_t &i, Instant at)
{
    while (i + 1 < stretches.size() && stretches[i + 1].from <= at)
        ++i;
}

} // namespace

std::optional<double> LimitPiece::perSecond() const
{
    if (kind == Kind::Ban)
        return 0;
    return kind == Kind::Limit ? std::optional(limit.perSecond()) : std::nullopt;
}

std::vector<LimitPiece> limitCourse(const LimitSources &sources)
{
    const auto rules = stretchesOf(editsOf<Rule>(sources, false, parseRule), sources, sources.rule, true, sources.ruleSeen);
    const auto overrides = stretchesOf(editsOf<Override>(sources, true, parseOverride), sources, sources.override, sources.knowsOverride, sources.overrideSeen);
    std::vector<Instant> borders;
    addBorders(borders, rules);
    addBorders(borders, overrides);
    std::sort(borders.begin(), borders.end());
    borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
    std::vector<LimitPiece> course;
    std::size_t rule = 0;
    std::size_t override = 0;
    for (const Instant at : borders) {
        advance(rules, rule, at);
        advance(overrides, override, at);
        LimitPiece piece = pieceOf(rules[rule], overrides[override], at, sources.span);
        if (!course.empty())
            piece.from = course.back().from; // to see whether anything but the time differs
        if (!course.empty() && piece == course.back())
            continue;
        piece.from = at;
        course.push_back(piece);
    }
    return course;
}

LimitPiece pieceAt(const std::vector<LimitPiece> &course, Instant at)
{
    const auto next = std::upper_bound(course.begin(), course.end(), at, [](Instant time, const LimitPiece &piece) { return time < piece.from; });
    return next == course.begin() ? LimitPiece() : *std::prev(next);
}

} // namespace rateguard
