// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/Limit.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <concepts>

namespace rateguard {

namespace {

struct Unit
{
    std::string_view name;
    std::int64_t milliseconds;
};

// The first name of a length is the one that formatWindow writes.
constexpr std::array units {
    Unit {"d", 86'400'000}, Unit {"h", 3'600'000}, Unit {"min", 60'000}, Unit {"s", 1000}, Unit {"ms", 1},
    Unit {"day", 86'400'000}, Unit {"hour", 3'600'000}, Unit {"m", 60'000}, Unit {"sec", 1000},
    Unit {"minute", 60'000}, Unit {"second", 1000},
};

template <std::integral T>
bool parseWhole(std::string_view text, T &value)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && !text.empty() && text.front() != '-';
}

bool fail(LimitFault *fault, std::string_view text, LimitFault::Why why)
{
    if (fault) {
        *fault = {why, std::string(text.substr(0, 80))};
    }
    return false;
}

// The amount and the unit, "250ms", "min" -> milliseconds; 0: no such unit, below 0: out of range
std::int64_t milliseconds(std::string_view text)
{
    const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
    std::int64_t amount = 1;
    if (digits > 0 && (!parseWhole(text.substr(0, digits), amount) || amount < 1)) {
        return -1;
    }
    text.remove_prefix(digits);
    const auto unit = std::find_if(units.begin(), units.end(), [&](const Unit &u) { return u.name == text; });
    if (unit == units.end()) {
        return 0;
    }
    constexpr std::int64_t tenYears = 315'360'000'000;
    return amount > tenYears / unit->milliseconds ? -1 : amount * unit->milliseconds;
}

// The next word, without it in `text`; words end with one of `ends`.
std::string_view takeWord(std::string_view &text, std::string_view ends = " ")
{
    const auto end = std::min(text.find_first_of(ends), text.size());
    const auto word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

bool parseOne(std::string_view text, Algorithm algorithm, Limits &into, LimitFault *fault)
{
    const auto slash = text.find('/');
    std::uint64_t count = 0;
    if (slash == std::string_view::npos || !parseWhole(text.substr(0, slash), count)) {
        return fail(fault, text, LimitFault::Why::NoLimit);
    }
    if (count < 1) {
        return fail(fault, text, LimitFault::Why::CountTooSmall);
    }
    if (count > maxCount(algorithm)) {
        return fail(fault, text, count > maxCount(Algorithm::Bucket) ? LimitFault::Why::CountFarTooLarge : LimitFault::Why::CountTooLarge);
    }
    const auto window = milliseconds(text.substr(slash + 1));
    if (window == 0) {
        return fail(fault, text, LimitFault::Why::NoUnit);
    }
    if (window < 0) {
        return fail(fault, text, LimitFault::Why::WindowOutOfRange);
    }
    if (Duration(window) > Limit::maxWindow) {
        return fail(fault, text, LimitFault::Why::WindowTooLong);
    }
    for (const auto &other : into) {
        if (other.window == Duration(window)) {
            return fail(fault, text, LimitFault::Why::WindowTwice);
        }
    }
    if (into.size() == Limits::most) {
        return fail(fault, text, LimitFault::Why::TooManyWindows);
    }
    into.push({static_cast<std::uint32_t>(count), Duration(window)});
    return true;
}

// "10/1000", for Redis
bool parseWire(std::string_view word, Limits &into)
{
    const auto slash = std::min(word.find('/'), word.size());
    Limit limit;
    std::int64_t window = 0;
    if (into.size() == Limits::most || !parseWhole(word.substr(0, slash), limit.count)
        || !parseWhole(word.substr(std::min(slash + 1, word.size())), window)) {
        return false;
    }
    limit.window = Duration(window);
    into.push(limit);
    return true;
}

std::optional<Algorithm> parseAlgorithm(std::string_view text)
{
    return text == "log" ? std::optional(Algorithm::Log) : text == "bucket" ? std::optional(Algorithm::Bucket) : std::nullopt;
}

std::optional<Instant> instantOf(std::string_view milliseconds)
{
    std::int64_t number = 0;
    const bool isTime = parseWhole(milliseconds, number) && number < std::int64_t {1} << 50;
    return isTime ? std::optional(Instant(Duration(number))) : std::nullopt;
}

} // namespace

Duration Limits::longest() const
{
    Duration longest {0};
    for (const auto &limit : *this) {
        longest = std::max(longest, limit.window);
    }
    return longest;
}

std::uint32_t Limits::largest() const
{
    std::uint32_t largest = 0;
    for (const auto &limit : *this) {
        largest = std::max(largest, limit.count);
    }
    return largest;
}

const Limit &Limits::tightest() const
{
    return *std::min_element(begin(), end(), [](const Limit &a, const Limit &b) { return a.perSecond() < b.perSecond(); });
}

bool Limits::isValid() const
{
    for (const auto &limit : *this) {
        const bool twice = std::count_if(begin(), end(), [&](const Limit &other) { return other.window == limit.window; }) > 1;
        if (twice || limit.count < 1 || limit.count > maxCount(algorithm) || limit.window < Duration(1) || limit.window > Limit::maxWindow) {
            return false;
        }
    }
    return !empty();
}

std::optional<Limits> parseLimit(std::string_view text, LimitFault *fault)
{
    Limits limits;
    auto rest = text;
    const auto first = std::min(text.find_first_not_of(' '), text.size());
    rest.remove_prefix(first);
    auto beginning = rest;
    if (const auto algorithm = parseAlgorithm(takeWord(beginning))) {
        limits.algorithm = *algorithm;
        rest = beginning;
    }
    while (!rest.empty()) {
        const auto word = takeWord(rest, " ,");
        if (!word.empty() && !parseOne(word, limits.algorithm, limits, fault)) {
            return std::nullopt;
        }
    }
    if (limits.empty()) {
        fail(fault, text, LimitFault::Why::NoLimit);
        return std::nullopt;
    }
    return limits;
}

std::optional<Duration> parseSpan(std::string_view text)
{
    const auto span = milliseconds(text);
    return span > 0 ? std::optional(Duration(span)) : std::nullopt;
}

std::string formatWindow(Duration window)
{
    for (const auto &unit : units) {
        if (window.count() % unit.milliseconds == 0) {
            const auto amount = window.count() / unit.milliseconds;
            return (amount == 1 ? std::string() : std::to_string(amount)).append(unit.name);
        }
    }
    return {};
}

std::string formatLimit(const Limits &limit)
{
    std::string text = limit.algorithm == Algorithm::Bucket ? "bucket " : "";
    for (const auto &one : limit) {
        text.append(&one == limit.begin() ? "" : " ").append(std::to_string(one.count)).append("/").append(formatWindow(one.window));
    }
    return text;
}

std::optional<Mode> parseMode(std::string_view text)
{
    for (const auto mode : {Mode::Enforce, Mode::Shadow, Mode::Off}) {
        if (modeName(mode) == text) {
            return mode;
        }
    }
    return std::nullopt;
}

std::string_view modeName(Mode mode)
{
    switch (mode) {
    case Mode::Enforce:
        return "enforce";
    case Mode::Shadow:
        return "shadow";
    case Mode::Off:
        return "off";
    }
    return "enforce";
}

std::optional<Rule> parseRule(std::string_view text)
{
    Rule rule;
    const bool hasVersion = parseWhole(takeWord(text), rule.version);
    const auto mode = parseMode(takeWord(text));
    const auto algorithm = parseAlgorithm(takeWord(text));
    if (!hasVersion || !mode || !algorithm) {
        return std::nullopt;
    }
    rule.mode = *mode;
    rule.limit.algorithm = *algorithm;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        if (!parseWire(takeWord(text), rule.limit)) {
            return std::nullopt;
        }
    }
    while (!text.empty()) {
        auto word = takeWord(text);
        if (takeWord(word, ":") == "until") {
            rule.until = instantOf(takeWord(word, ":"));
            const auto after = parseMode(word);
            if (!rule.until || !after) {
                return std::nullopt;
            }
            rule.after = *after;
        }
    }
    return rule.limit.isValid() ? std::optional(rule) : std::nullopt;
}

std::string wireLimit(const Limits &limit)
{
    if (limit.empty()) {
        return {};
    }
    std::string text = limit.algorithm == Algorithm::Bucket ? "bucket" : "log";
    for (const auto &one : limit) {
        text.append(" ").append(std::to_string(one.count)).append("/").append(std::to_string(one.window.count()));
    }
    return text;
}

std::string formatRule(const Rule &rule)
{
    auto text = std::to_string(rule.version).append(" ").append(modeName(rule.mode)).append(" ").append(wireLimit(rule.limit));
    if (rule.until) {
        const auto ms = std::chrono::floor<Duration>(rule.until->time_since_epoch()).count();
        text.append(" until:").append(std::to_string(ms)).append(":").append(modeName(rule.after));
    }
    return text;
}

std::optional<Override> parseOverride(std::string_view text)
{
    Override override;
    const bool hasVersion = parseWhole(takeWord(text), override.version);
    const auto kind = takeWord(text);
    const auto until = instantOf(takeWord(text));
    if (!hasVersion || !until || (kind != "ban" && kind != "exempt" && kind != "limit")) {
        return std::nullopt;
    }
    override.kind = kind == "ban" ? Override::Kind::Ban : kind == "exempt" ? Override::Kind::Exempt : Override::Kind::Limit;
    if (until->time_since_epoch().count() > 0) {
        override.until = until;
    }
    override.limit.algorithm = Algorithm::Bucket; // the one with the larger counts
    while (!text.empty()) {
        if (!parseWire(takeWord(text), override.limit)) {
            return std::nullopt;
        }
    }
    const bool fits = override.kind == Override::Kind::Limit ? override.limit.isValid() : override.limit.empty();
    return fits ? std::optional(override) : std::nullopt;
}

bool isPolicyName(std::string_view name)
{
    return !name.empty() && name.size() <= 64
        && name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")
        == std::string_view::npos;
}

} // namespace rateguard
