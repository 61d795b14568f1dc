// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/Decision.h"

#include <array>
#include <charconv>

namespace rateguard {

namespace {

constexpr std::array<std::string_view, 6> names {"limit", "override", "off", "ban", "exempt", "unchecked"};

// Takes a number and the space behind it off the front.
template <typename T>
bool take(std::string_view &text, T &number)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end == text.data() + text.size() || *end != ' ') {
        return false;
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
    return true;
}

} // namespace

std::optional<Why> parseWhy(std::string_view text)
{
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == text) {
            return static_cast<Why>(i);
        }
    }
    return std::nullopt;
}

std::string_view whyName(Why why)
{
    return names[static_cast<std::size_t>(why)];
}

std::optional<Decision> parseDecision(std::string_view text)
{
    Decision decision;
    int allowed = 0;
    std::int64_t retry = 0;
    std::int64_t reset = 0;
    std::int64_t window = 0;
    if (!take(text, allowed) || allowed < 0 || allowed > 1 || !take(text, decision.remaining) || !take(text, retry) || retry < -1
        || !take(text, reset) || reset < -1 || !take(text, decision.limit) || !take(text, window) || window < 0 || !take(text, decision.version)) {
        return std::nullopt;
    }
    decision.verdict = allowed == 0 ? Verdict::Rejected : retry == 0 ? Verdict::Allowed : Verdict::WouldReject;
    decision.retryAfter = retry < 0 ? std::nullopt : std::optional(Duration(retry));
    decision.resetAfter = Duration(reset);
    decision.window = Duration(window);
    decision.why = parseWhy(text.substr(0, text.find(' '))).value_or(Why::Limit);
    return decision;
}

std::string formatDecision(const Decision &decision)
{
    std::string text = decision.allowed() ? "1" : "0";
    const auto append = [&text](auto number) { text.append(" ").append(std::to_string(number)); };
    append(decision.remaining);
    append(decision.retryAfter.value_or(Duration(-1)).count());
    append(decision.resetAfter.count());
    append(decision.limit);
    append(decision.window.count());
    append(decision.version);
    return text.append(" ").append(whyName(decision.why));
}

} // namespace rateguard
