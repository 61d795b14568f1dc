// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rateguard {

// At most `count` admitted in every span of `window`.
struct Limit
{
    static constexpr std::uint32_t maxCount = 1'000'000;
    static constexpr Duration maxWindow = std::chrono::hours(24 * 24); // what 32-bit stamps in Redis can tell apart

    std::uint32_t count = 0;
    Duration window {0};

    friend bool operator==(const Limit &, const Limit &) = default;
};

// What a policy does with a request over its limit: reject it, only report it, or not even count.
enum class Mode : std::uint8_t { Enforce = 0, Shadow = 1, Off = 2 };

// One policy's limit as Redis holds it. Version 0: no such policy yet.
struct Rule
{
    Limit limit;
    Mode mode = Mode::Enforce;
    std::uint64_t version = 0;

    friend bool operator==(const Rule &, const Rule &) = default;
};

// "10/s", "100/min", "1000/h", "5/250ms", "20/2s", "1/1d". On failure `error` (if given) names the value and the remedy.
std::optional<Limit> parseLimit(std::string_view text, std::string *error = nullptr);

// The shortest form that parseLimit reads back: "100/min", "5/250ms".
std::string formatLimit(const Limit &limit);

// The window alone: "min", "250ms", "2h".
std::string formatWindow(Duration window);

std::optional<Mode> parseMode(std::string_view text); // "enforce", "shadow", "off"
std::string_view modeName(Mode mode);

// The text of a limit in Redis, "7 enforce log 100/60000": version, mode, algorithm, count/window in ms.
// Nothing when the text is damaged or of an algorithm that this version does not know.
std::optional<Rule> parseRule(std::string_view text);
std::string formatRule(const Rule &rule);

// 1 to 64 of A-Z a-z 0-9 . _ -
bool isPolicyName(std::string_view name);

} // namespace rateguard
