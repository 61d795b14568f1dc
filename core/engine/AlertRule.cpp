// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/AlertRule.h"

#include <algorithm>
#include <cmath>

namespace rateguard {

using namespace std::chrono_literals;

bool hasThreshold(AlertKind kind)
{
    return kind != AlertKind::Silence && kind != AlertKind::Disconnected;
}

bool isAveraged(AlertKind kind)
{
    return kind == AlertKind::Rejections || kind == AlertKind::RejectedShare;
}

std::chrono::seconds averagedOver(const AlertRule &rule)
{
    return std::max(rule.hold, AlertRule::ratesCover);
}

bool allowsScope(AlertKind kind, AlertScope scope)
{
    switch (kind) {
    case AlertKind::Rejections:
    case AlertKind::RejectedShare:
    case AlertKind::NearLimit: return true;
    case AlertKind::Silence: return scope != AlertScope::Key; // a silent key is on no list
    case AlertKind::EventLag:
    case AlertKind::Disconnected: return scope == AlertScope::All;
    }
    return false;
}

double highestThreshold(const AlertRule &rule)
{
    switch (rule.kind) {
    case AlertKind::Rejections: return 1e9;
    case AlertKind::RejectedShare: return 99;
    // Of the near keys only the fullest ten are known by name.
    case AlertKind::NearLimit: return rule.scope == AlertScope::All ? 1e9 : 9;
    case AlertKind::EventLag: return 3.6e6;
    case AlertKind::Silence:
    case AlertKind::Disconnected: return 0;
    }
    return 0;
}

bool isValid(const AlertRule &rule)
{
    return std::isfinite(rule.threshold) && std::isfinite(rule.clearAt) && rule.threshold >= 0 && rule.threshold <= highestThreshold(rule)
        && rule.clearAt >= 0 && rule.clearAt <= rule.threshold && rule.hold >= 1s && rule.hold <= AlertRule::maxHold
        && allowsScope(rule.kind, rule.scope) && rule.pattern.empty() == (rule.scope == AlertScope::All)
        && rule.pattern.size() <= AlertRule::maxPattern;
}

std::vector<AlertRule> defaultAlertRules()
{
    const auto rule = [](AlertKind kind, double threshold, std::chrono::seconds hold, bool enabled) {
        AlertRule made;
        made.kind = kind;
        made.threshold = threshold;
        made.clearAt = usualClearAt(threshold);
        made.hold = hold;
        made.enabled = enabled;
        return made;
    };
    return {rule(AlertKind::Disconnected, 0, 10s, true),       rule(AlertKind::RejectedShare, 20, 30s, true),
            rule(AlertKind::EventLag, 2000, 10s, true),        rule(AlertKind::Rejections, 100, 30s, false),
            rule(AlertKind::NearLimit, 50, 60s, false),        rule(AlertKind::Silence, 0, 60s, false)};
}

bool globMatches(std::string_view pattern, std::string_view text)
{
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos; // the latest one, which takes in one byte more whenever the rest does not fit
    std::size_t taken = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            taken = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++taken;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

} // namespace rateguard
