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

std::optional<Limit> fail(std::string *error, std::string_view text, std::string_view remedy)
{
    if (error) {
        error->assign("'").append(text.substr(0, 80)).append("' is not a limit: ").append(remedy);
    }
    return std::nullopt;
}

} // namespace

std::optional<Limit> parseLimit(std::string_view text, std::string *error)
{
    const auto slash = text.find('/');
    std::uint64_t count = 0;
    if (slash == std::string_view::npos || !parseWhole(text.substr(0, slash), count)) {
        return fail(error, text, "write COUNT/WINDOW, for example 10/s, 100/min, 1000/h or 5/250ms");
    }
    if (count < 1 || count > Limit::maxCount) {
        return fail(error, text, count < 1 ? "the smallest count is 1" : "the largest count is 1000000");
    }
    auto window = text.substr(slash + 1);
    const auto digits = std::min(window.find_first_not_of("0123456789"), window.size());
    std::int64_t amount = 1;
    if (digits > 0 && (!parseWhole(window.substr(0, digits), amount) || amount < 1)) {
        return fail(error, text, "the window's number is out of range; it goes from 1ms to 24d");
    }
    window.remove_prefix(digits);
    const auto unit = std::find_if(units.begin(), units.end(), [&](const Unit &u) { return u.name == window; });
    if (unit == units.end()) {
        return fail(error, text, "end the window in ms, s, min, h or d, for example 10/s or 5/250ms");
    }
    if (amount > Limit::maxWindow.count() / unit->milliseconds) {
        return fail(error, text, "the longest window is 24d");
    }
    return Limit {static_cast<std::uint32_t>(count), Duration(amount * unit->milliseconds)};
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

std::string formatLimit(const Limit &limit)
{
    return std::to_string(limit.count) + '/' + formatWindow(limit.window);
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
    std::array<std::string_view, 4> words;
    for (auto &word : words) {
        const auto end = std::min(text.find(' '), text.size());
        word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    Rule rule;
    const auto slash = std::min(words[3].find('/'), words[3].size());
    std::int64_t window = 0;
    const auto mode = parseMode(words[1]);
    if (!parseWhole(words[0], rule.version) || !mode || words[2] != "log"
        || !parseWhole(words[3].substr(0, slash), rule.limit.count)
        || !parseWhole(words[3].substr(std::min(slash + 1, words[3].size())), window)) {
        return std::nullopt;
    }
    rule.mode = *mode;
    rule.limit.window = Duration(window);
    const bool inRange = rule.limit.count >= 1 && rule.limit.count <= Limit::maxCount && window >= 1
        && rule.limit.window <= Limit::maxWindow;
    return inRange ? std::optional(rule) : std::nullopt;
}

std::string formatRule(const Rule &rule)
{
    return std::to_string(rule.version).append(" ").append(modeName(rule.mode)).append(" log ")
        .append(std::to_string(rule.limit.count)).append("/").append(std::to_string(rule.limit.window.count()));
}

bool isPolicyName(std::string_view name)
{
    return !name.empty() && name.size() <= 64
        && name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")
        == std::string_view::npos;
}

} // namespace rateguard
