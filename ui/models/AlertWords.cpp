// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/AlertWords.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "models/RuleWords.h"
#include "models/TimeWords.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace rateguard {
namespace {

using namespace std::chrono_literals;
using State = AlertBook::State;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::AlertWords)
};

QString limitText(AlertKind kind, double value)
{
    switch (kind) {
    case AlertKind::Rejections: return Words::tr("%1/s").arg(formatExact(value));
    case AlertKind::RejectedShare: return Words::tr("%1 %").arg(formatExact(value));
    case AlertKind::NearLimit: return formatExact(value);
    case AlertKind::EventLag: return value >= 1000 && std::fmod(value, 100) == 0 ? Words::tr("%1 s").arg(formatExact(value / 1000)) : Words::tr("%1 ms").arg(formatExact(value));
    case AlertKind::Silence:
    case AlertKind::Disconnected: break;
    }
    return {};
}

QString scopeText(const AlertRule &rule)
{
    const QString pattern = displayText(rule.pattern, 60);
    switch (rule.scope) {
    case AlertScope::All: return Words::tr("all policies");
    case AlertScope::Policy: return Words::tr("policies %1").arg(pattern);
    case AlertScope::Key: return Words::tr("keys %1").arg(pattern);
    }
    return {};
}

QString conditionText(const AlertRule &rule)
{
    const QString limit = limitText(rule.kind, rule.threshold);
    switch (rule.kind) {
    case AlertKind::Rejections: return Words::tr("Rejections above %1").arg(limit);
    case AlertKind::RejectedShare: return Words::tr("Rejected share above %1").arg(limit);
    case AlertKind::NearLimit: return Words::tr("More than %1 keys near their limit").arg(limit);
    case AlertKind::Silence: return Words::tr("No decision");
    case AlertKind::EventLag: return Words::tr("Event lag above %1").arg(limit);
    case AlertKind::Disconnected: return Words::tr("No answer from Redis");
    }
    return {};
}

QString itemText(const AlertNotice::Item &item, const AlertRule &rule)
{
    const QString key = item.event.key.empty() ? QString()
                                               : Words::tr(", most of all %1 · %2").arg(displayText(item.event.policy, 40), displayText(item.event.key, 60));
    const QString figure = hasThreshold(rule.kind) ? Words::tr(": %1").arg(alertFigure(rule.kind, item.event.value)) : QString();
    const QString times = item.times > 1 ? Words::tr(" (%1 times)").arg(item.times) : QString();
    return alertRuleText(rule) + figure + key + times;
}

} // namespace

QString alertKindText(AlertKind kind)
{
    switch (kind) {
    case AlertKind::Rejections: return Words::tr("Rejections per second");
    case AlertKind::RejectedShare: return Words::tr("Rejected share");
    case AlertKind::NearLimit: return Words::tr("Keys near their limit");
    case AlertKind::Silence: return Words::tr("Silence");
    case AlertKind::EventLag: return Words::tr("Event lag");
    case AlertKind::Disconnected: return Words::tr("No answer from Redis");
    }
    return {};
}

QString alertRuleText(const AlertRule &rule)
{
    const QString text = isAveraged(rule.kind) ? Words::tr("%1 over %2").arg(conditionText(rule), alertSpanText(averagedOver(rule)))
                                               : Words::tr("%1 for %2").arg(conditionText(rule), alertSpanText(rule.hold));
    return allowsScope(rule.kind, AlertScope::Policy) ? Words::tr("%1 (%2)").arg(text, scopeText(rule)) : text;
}

QString alertFigure(AlertKind kind, double value)
{
    switch (kind) {
    case AlertKind::Rejections: return Words::tr("%1/s").arg(formatRate(value));
    case AlertKind::RejectedShare: return formatShare(value / 100);
    case AlertKind::NearLimit: return value == 1 ? Words::tr("1 key") : Words::tr("%1 keys").arg(formatExact(value));
    case AlertKind::EventLag: return formatDuration(std::chrono::microseconds(std::llround(value * 1000)));
    case AlertKind::Silence:
    case AlertKind::Disconnected: return alertLastedText(std::chrono::seconds(std::llround(value)));
    }
    return {};
}

QString alertThresholdText(const AlertRule &rule)
{
    return hasThreshold(rule.kind) ? Words::tr("> %1").arg(limitText(rule.kind, rule.threshold)) : alertSpanText(rule.hold);
}

QString alertNowText(const AlertBook::Status &status)
{
    if (status.state == State::Off || !status.value)
        return QStringLiteral("–");
    if (hasThreshold(status.rule.kind))
        return alertFigure(status.rule.kind, *status.value);
    const QString span = alertLastedText(status.held);
    if (status.rule.kind == AlertKind::Disconnected)
        return *status.value > 0 ? Words::tr("away for %1").arg(span) : Words::tr("answers");
    const bool speaks = *status.value <= 0 || status.state == State::Ok;
    return speaks ? Words::tr("decides") : Words::tr("for %1").arg(span);
}

QString alertStateText(const AlertBook::Status &status, Instant now)
{
    switch (status.state) {
    case State::Off: return Words::tr("○ Off");
    case State::Ok: return status.value ? Words::tr("✓ OK") : Words::tr("○ Not known");
    case State::Pending: return status.held < 1s ? Words::tr("△ Pending") : Words::tr("△ Pending %1").arg(alertLastedText(status.held));
    case State::Firing: return Words::tr("▲ Firing");
    case State::Snoozed:
        return status.snoozedUntil == Instant::max() ? Words::tr("◌ Snoozed")
                                                     : Words::tr("◌ Snoozed %1").arg(timeLeft(std::chrono::ceil<Duration>(std::max(status.snoozedUntil - now, Instant::duration(0)))));
    }
    return {};
}

QString alertLastedText(std::chrono::microseconds span)
{
    return span < 1s ? Words::tr("<1 s") : lengthText(std::chrono::floor<Duration>(span));
}

QString alertEndText(const AlertRule &rule)
{
    const QString figure = alertFigure(rule.kind, rule.clearAt);
    const QString span = alertSpanText(rule.hold);
    return isAveraged(rule.kind) ? Words::tr("It ends when the mean of %1 is at %2 or less for %3.").arg(alertSpanText(averagedOver(rule)), figure, span)
                                 : Words::tr("It ends when it is at %1 or less for %2.").arg(figure, span);
}

QString alertSpanText(std::chrono::seconds span)
{
    if (span >= 1h && span % 1h == 0s)
        return Words::tr("%1 h").arg(span / 1h);
    if (span >= 1min && span % 1min == 0s)
        return Words::tr("%1 min").arg(span / 1min);
    return Words::tr("%1 s").arg(span.count());
}

QString alertProblem(const AlertRule &rule)
{
    if (isValid(rule))
        return {};
    if (!allowsScope(rule.kind, rule.scope))
        return rule.kind == AlertKind::Silence ? Words::tr("A key that is silent is on no list: choose policies instead.")
                                               : Words::tr("This is about the whole of Redis: choose all traffic.");
    if (rule.scope != AlertScope::All && rule.pattern.empty())
        return rule.scope == AlertScope::Policy ? Words::tr("Name the policies, for example api* or search.")
                                                : Words::tr("Name the keys as POLICY:KEY, for example search:user-*.");
    if (rule.pattern.size() > AlertRule::maxPattern)
        return Words::tr("The pattern is longer than %1 bytes: shorten it with *.").arg(AlertRule::maxPattern);
    if (rule.threshold > highestThreshold(rule) && rule.kind == AlertKind::NearLimit && rule.scope != AlertScope::All)
        return Words::tr("Only the ten fullest keys are known by name: choose 9 or less, or all traffic.");
    if (rule.clearAt > rule.threshold)
        return Words::tr("It must end at %1 or less, where it begins.").arg(limitText(rule.kind, rule.threshold));
    if (rule.hold < 1s || rule.hold > AlertRule::maxHold)
        return Words::tr("It must last between 1 s and 24 h.");
    return Words::tr("Choose a threshold from 0 to %1.").arg(limitText(rule.kind, highestThreshold(rule)));
}

AlertNoticeWords alertNoticeWords(const AlertNotice &notice, const std::vector<AlertRule> &rules)
{
    QStringList said;
    std::uint64_t count = 0;
    QString single;
    for (const AlertNotice::Item &item : notice.items) {
        const auto rule = std::find_if(rules.begin(), rules.end(), [&](const AlertRule &it) { return it.id == item.event.rule; });
        if (rule == rules.end())
            continue;
        said << itemText(item, *rule);
        single = conditionText(*rule);
        count += item.times;
    }
    if (said.isEmpty())
        return {};
    QString title = count == 1 ? single : Words::tr("%1 alerts").arg(formatCount(count));
    if (notice.isDigest)
        title = count == 1 ? Words::tr("1 alert in the last minute") : Words::tr("%1 alerts in the last minute").arg(formatCount(count));
    return {QStringLiteral("▲ ") + title, said.join(QStringLiteral("; "))};
}

} // namespace rateguard
