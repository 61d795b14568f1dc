// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/OverrideWords.h"

#include "format/Text.h"
#include "models/RuleWords.h"

#include <QCoreApplication>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::OverrideWords)
};

QString subject(const OverrideOutcome &outcome)
{
    return Words::tr("%1 under %2").arg(displayText(outcome.key, 48), displayText(outcome.policy, 64));
}

QString appliedText(const OverrideOutcome &outcome, Instant now)
{
    if (!outcome.after)
        return Words::tr("✓ Lifted: %1 has the policy's limit again.").arg(subject(outcome));
    const QString what = overrideText(*outcome.after);
    return outcome.after->until
        ? Words::tr("✓ Applied: %1 has %2 for %3, v%4.").arg(subject(outcome), what, overrideEnd(*outcome.after, now)).arg(outcome.version)
        : Words::tr("✓ Applied: %1 has %2, v%3.").arg(subject(outcome), what).arg(outcome.version);
}

QString conflictText(const OverrideOutcome &outcome)
{
    if (!outcome.after)
        return Words::tr("≠ Not applied: %1 has no override any more; somebody lifted it or it ended. Nothing was written.").arg(subject(outcome));
    return Words::tr("≠ Not applied: somebody else gave %1 %2, v%3. Nothing was written. Look at it and try again.")
        .arg(subject(outcome), overrideText(*outcome.after))
        .arg(outcome.version);
}

} // namespace

QString overrideText(const Override &value)
{
    switch (value.kind) {
    case Override::Kind::Ban: return Words::tr("ban");
    case Override::Kind::Exempt: return Words::tr("exempt");
    case Override::Kind::Limit: return Words::tr("own limit %1").arg(QString::fromStdString(formatLimit(value.limit)));
    }
    return {};
}

QString overrideEnd(const Override &value, Instant now)
{
    return value.until ? timeLeft(std::max(std::chrono::ceil<Duration>(*value.until - now), Duration(0))) : Words::tr("never");
}

QString overrideWish(const OverrideEdit &edit)
{
    if (edit.reset)
        return Words::tr("use forgotten");
    if (!edit.kind)
        return Words::tr("no override");
    const QString what = overrideText({*edit.kind, edit.limit, std::nullopt, 0});
    return edit.span ? Words::tr("%1 for %2").arg(what, timeLeft(*edit.span)) : what;
}

QString overrideOutcomeText(const OverrideOutcome &outcome, Instant now)
{
    using Status = EditOutcome::Status;
    const QString message = displayText(outcome.message, 300);
    switch (outcome.status) {
    case Status::Pending: return Words::tr("… Sent. Waiting for Redis.");
    case Status::Applied: return appliedText(outcome, now);
    case Status::Conflict: return conflictText(outcome);
    case Status::Refused: return Words::tr("✗ Refused.") + QLatin1Char(' ') + message;
    case Status::Unknown: return Words::tr("? The reply was lost: the edit may have been made or not.") + QLatin1Char(' ') + message;
    }
    return {};
}

bool isLargeStep(const OverrideEdit &edit)
{
    return edit.kind == Override::Kind::Ban;
}

} // namespace rateguard
