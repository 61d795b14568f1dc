// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rateguard {

enum class AlertKind : std::uint8_t { Rejections, RejectedShare, NearLimit, Silence, EventLag, Disconnected };

// What an alert is about: everything, the policies that match a pattern, or the keys whose "policy:key" does.
enum class AlertScope : std::uint8_t { All, Policy, Key };

// When to call for attention: a figure stays above `threshold` for `hold`, or is above it on the average of that time, as
// its kind says. The alert ends when it stays at or below `clearAt` as long; what lies between keeps it as it is.
struct AlertRule
{
    static constexpr std::chrono::seconds maxHold = std::chrono::hours(24);
    static constexpr std::size_t maxPattern = 256;
    static constexpr std::chrono::seconds ratesCover {5}; // so far back do rates look by themselves
    // The share of a handful of requests means nothing: below so many rejections per second it counts as 0.
    static constexpr double leastRejections = 1;

    std::uint32_t id = 0; // given by the AlertBook
    AlertKind kind = AlertKind::Rejections;
    double threshold = 0; // rejections/s, %, keys or ms, as the kind says; of silence and disconnection nothing
    double clearAt = 0;
    std::chrono::seconds hold {10};
    AlertScope scope = AlertScope::All;
    std::string pattern; // with * and ?
    bool enabled = true;

    friend bool operator==(const AlertRule &, const AlertRule &) = default;
};

bool hasThreshold(AlertKind kind); // else it only counts how long
// Rejections come in waves: their mean is compared, or a limiter that rejects half of each minute would never raise an alert.
bool isAveraged(AlertKind kind);
std::chrono::seconds averagedOver(const AlertRule &rule); // `hold`, but no less than what rates cover
bool allowsScope(AlertKind kind, AlertScope scope);
double highestThreshold(const AlertRule &rule); // of this kind and scope
bool isValid(const AlertRule &rule);

// Where an alert ends unless said otherwise: at 80 % of the threshold.
constexpr double usualClearAt(double threshold)
{
    return threshold * 0.8;
}

// What is on from the beginning, and what only waits to be switched on.
std::vector<AlertRule> defaultAlertRules();

// `*` stands for any bytes, `?` for one. The whole text must match. O(text * pattern) at worst, without recursion.
bool globMatches(std::string_view pattern, std::string_view text);

} // namespace rateguard
