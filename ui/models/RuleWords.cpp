// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/RuleWords.h"

#include "format/Numbers.h"
#include "format/RefusalText.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace rateguard {
namespace {

using namespace std::chrono_literals;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::RuleWords)
};

Duration leftOf(const Rule &rule, Instant now)
{
    return std::max(std::chrono::ceil<Duration>(*rule.until - now), 0ms);
}

bool has(const Limits &limit, Duration window)
{
    return std::any_of(limit.begin(), limit.end(), [window](const Limit &one) { return one.window == window; });
}

} // namespace

Rule inForce(const Rule &rule, Instant now)
{
    Rule result = rule;
    result.mode = rule.modeAt(now);
    if (rule.until && now >= *rule.until) {
        result.until.reset();
        result.after = Mode::Enforce;
    }
    return result;
}

QString modeText(Mode mode)
{
    switch (mode) {
    case Mode::Enforce: return Words::tr("enforce");
    case Mode::Shadow: return Words::tr("shadow");
    case Mode::Off: return Words::tr("off");
    }
    return {};
}

QString timeLeft(Duration left)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(left).count();
    if (seconds < 60)
        return Words::tr("%1 s").arg(seconds);
    const auto minutes = (seconds + 59) / 60;
    if (minutes < 60)
        return Words::tr("%1 min").arg(minutes);
    if (minutes < 24 * 60)
        return minutes % 60 == 0 ? Words::tr("%1 h").arg(minutes / 60) : Words::tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
    const auto hours = (minutes + 59) / 60;
    return hours % 24 == 0 ? Words::tr("%1 d").arg(hours / 24) : Words::tr("%1 d %2 h").arg(hours / 24).arg(hours % 24);
}

QString ruleText(const Rule &rule)
{
    return QString::fromStdString(formatLimit(rule.limit)) + QLatin1Char(' ') + modeText(rule.mode);
}

QString ruleText(const Rule &rule, Instant now)
{
    const QString text = ruleText(inForce(rule, now));
    return rule.until && now < *rule.until ? Words::tr("%1 (%2 left)").arg(text, timeLeft(leftOf(rule, now))) : text;
}

QString modeWithEnd(const Rule &rule, Instant now)
{
    const QString mode = modeText(rule.modeAt(now));
    if (!rule.until || now >= *rule.until)
        return mode;
    return Words::tr("%1, ends in %2, then %3").arg(mode, timeLeft(leftOf(rule, now)), modeText(rule.after));
}

QString limitProblem(const Limits &limit)
{
    if (limit.isValid())
        return {};
    for (const Limit &one : limit) {
        const QString window = QString::fromStdString(formatWindow(one.window));
        if (std::count_if(limit.begin(), limit.end(), [&](const Limit &other) { return other.window == one.window; }) > 1)
            return Words::tr("Two counts per %1: each window may stand only once.").arg(window);
        if (limit.algorithm == Algorithm::Log && one.count > maxCount(Algorithm::Log))
            return Words::tr("Exact counting goes up to %1. For more, choose the bucket.").arg(formatCount(maxCount(Algorithm::Log)));
    }
    LimitFault fault;
    parseLimit(formatLimit(limit), &fault);
    return limitFaultText(fault);
}

Limit nextWindow(const Limits &limit)
{
    constexpr std::array<Duration, 5> usual {1s, 1min, 1h, 24h, 7 * 24h};
    const Limit longest = *std::max_element(limit.begin(), limit.end(), [](const Limit &a, const Limit &b) { return a.window < b.window; });
    auto window = std::find_if(usual.begin(), usual.end(), [&](Duration one) { return one > longest.window; });
    if (window == usual.end())
        window = std::find_if(usual.begin(), usual.end(), [&](Duration one) { return !has(limit, one); });
    const double scale = std::chrono::duration<double>(*window) / std::chrono::duration<double>(longest.window);
    const double count = std::ceil(longest.count * scale);
    return {static_cast<std::uint32_t>(std::clamp(count, 1.0, static_cast<double>(maxCount(limit.algorithm)))), *window};
}

Limits without(const Limits &limit, std::size_t index)
{
    Limits rest;
    rest.algorithm = limit.algorithm;
    for (std::size_t i = 0; i < limit.size(); ++i) {
        if (i != index)
            rest.push(limit[i]);
    }
    return rest;
}

} // namespace rateguard
