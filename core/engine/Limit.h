// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/LimitFault.h"
#include "engine/Time.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rateguard {

// At most `count` admitted in every span of `window`.
struct Limit
{
    static constexpr std::uint32_t maxCount = 1'000'000; // with the algorithm Log
    static constexpr Duration maxWindow = std::chrono::hours(24 * 24); // what 32-bit stamps in Redis can tell apart

    std::uint32_t count = 0;
    Duration window {0};

    double perSecond() const { return count / std::chrono::duration<double>(window).count(); } // that it allows in the long run

    friend bool operator==(const Limit &, const Limit &) = default;
};

// How requests are remembered: each one exactly, or in sixtieths of the window, with bounded memory and on the strict side.
enum class Algorithm : std::uint8_t { Log, Bucket };

constexpr std::uint32_t maxCount(Algorithm algorithm)
{
    return algorithm == Algorithm::Log ? Limit::maxCount : 1'000'000'000;
}

// One to four limits that a request must all fit into, as the operator ordered them. Empty: none given.
class Limits
{
public:
    static constexpr std::size_t most = 4;

    constexpr Limits() = default;
    constexpr Limits(const Limit &only) { push(only); }
    constexpr Limits(std::uint32_t count, Duration window) { push({count, window}); }

    Algorithm algorithm = Algorithm::Log;

    constexpr void push(const Limit &limit) { m_all.at(m_size++) = limit; }
    std::size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    const Limit *begin() const { return m_all.data(); }
    const Limit *end() const { return m_all.data() + m_size; }
    const Limit &operator[](std::size_t i) const { return m_all[i]; }
    const Limit &front() const { return m_all.front(); } // of an empty one: a count of 0
    Limit &front() { return m_all.front(); }
    Duration longest() const;
    std::uint32_t largest() const; // count
    const Limit &tightest() const; // that allows the least in the long run. Requires: not empty
    // Counts and windows in range, no window twice, at least one.
    bool isValid() const;

    friend bool operator==(const Limits &, const Limits &) = default;

private:
    std::array<Limit, most> m_all;
    std::uint8_t m_size = 0;
};

// What a policy does with a request over its limit: reject it, only report it, or not even count.
enum class Mode : std::uint8_t { Enforce = 0, Shadow = 1, Off = 2 };

// One policy's limit as Redis holds it. Version 0: no such policy yet.
struct Rule
{
    Limits limit;
    Mode mode = Mode::Enforce;
    std::uint64_t version = 0;
    std::optional<Instant> until; // the mode ends then, and is `after` from then on
    Mode after = Mode::Enforce;

    constexpr Rule() = default;
    constexpr Rule(const Limits &allowed, Mode what, std::uint64_t number) : limit(allowed), mode(what), version(number) { }

    Mode modeAt(Instant now) const { return until && now >= *until ? after : mode; }
    friend bool operator==(const Rule &, const Rule &) = default;
};

// What holds for one key instead of its policy's limit, until it ends.
struct Override
{
    enum class Kind : std::uint8_t { Ban, Exempt, Limit };

    Kind kind = Kind::Ban;
    Limits limit; // Kind::Limit; the algorithm is the policy's
    std::optional<Instant> until; // nothing: no end
    std::uint64_t version = 0;

    bool isOver(Instant now) const { return until && now >= *until; }
    friend bool operator==(const Override &, const Override &) = default;
};

// When what an edit set ends by itself; nothing: it does not, or nothing was set.
template <typename RuleOrOverride>
std::optional<Instant> endOf(const std::optional<RuleOrOverride> &set)
{
    return set ? set->until : std::nullopt;
}

// "10/s", "100/min", "5/250ms", "1/1d"; several with spaces or commas: "10/s, 1000/h"; "bucket 1000000/h".
// On failure `fault` (if given) tells what is wrong with which part.
std::optional<Limits> parseLimit(std::string_view text, LimitFault *fault = nullptr);

// The shortest form that parseLimit reads back: "100/min", "5/250ms", "10/s 1000/h", "bucket 1000000/h".
std::string formatLimit(const Limits &limit);

// The window alone: "min", "250ms", "2h".
std::string formatWindow(Duration window);

// "90s", "30min", "2h", "1d": a time span of 1 ms to 10 years, as an edit's end is given. Nothing when it is none.
std::optional<Duration> parseSpan(std::string_view text);

std::optional<Mode> parseMode(std::string_view text); // "enforce", "shadow", "off"
std::string_view modeName(Mode mode);

// The text of a limit in Redis, "7 enforce log 100/60000": version, mode, algorithm, count/window in ms, and words
// such as until:MS:MODE. Nothing when the text is damaged or of an algorithm that this version does not know.
std::optional<Rule> parseRule(std::string_view text);
std::string formatRule(const Rule &rule);

// As a call takes it: "log 10/1000 1000/3600000"; empty for none.
std::string wireLimit(const Limits &limit);

// The text of an override in Redis: "3 ban 1764000000000", "4 limit 0 10/1000".
std::optional<Override> parseOverride(std::string_view text);

// 1 to 64 of A-Z a-z 0-9 . _ -
bool isPolicyName(std::string_view name);

} // namespace rateguard
