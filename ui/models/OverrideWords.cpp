// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/OverrideWords.h"

#include "format/RefusalText.h"
#include "format/Text.h"
#include "models/EditObstacle.h"
#include "models/RuleWords.h"
#include "models/TimeWords.h"

#include <QCoreApplication>

#include <algorithm>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::OverrideWords)
};

QString appliedText(const OverrideOutcome &outcome, bool reset)
{
    if (reset)
        return Words::tr("✓ Done: what it had used is forgotten.");
    if (outcome.isReplaced)
        return outcome.after ? Words::tr("✓ Applied as %1. Someone else has made it %2 since, %3.")
                                   .arg(keyVersionText(outcome.version), overrideText(*outcome.after), keyVersionText(outcome.after->version))
                             : Words::tr("✓ Applied as %1. Someone else has lifted it since.").arg(keyVersionText(outcome.version));
    if (!outcome.after)
        return Words::tr("✓ Lifted: the policy's limit holds for it again.");
    const QString what = overrideText(*outcome.after);
    return outcome.version > 0 ? Words::tr("✓ Applied: %1, %2.").arg(what, keyVersionText(outcome.version)) : Words::tr("✓ Applied: %1.").arg(what);
}

QString conflictText(const OverrideOutcome &outcome)
{
    if (!outcome.after)
        return Words::tr("≠ Not applied: someone else lifted what held for this key. Nothing of yours was written.");
    return Words::tr("≠ Not applied: someone else was faster, it is %1, %2. Nothing of yours was written.")
        .arg(overrideText(*outcome.after), keyVersionText(outcome.after->version));
}

} // namespace

QString ownLimitText(const Limits &limit)
{
    Limits plain = limit;
    plain.algorithm = Algorithm::Log;
    return QString::fromStdString(formatLimit(plain));
}

QString overrideText(const Override &override)
{
    switch (override.kind) {
    case Override::Kind::Ban: return Words::tr("banned");
    case Override::Kind::Exempt: return Words::tr("exempt");
    case Override::Kind::Limit: return Words::tr("own limit %1").arg(ownLimitText(override.limit));
    }
    return {};
}

QString overrideText(const Override &override, Instant now)
{
    const QString what = overrideText(override);
    if (!override.until)
        return Words::tr("%1 until lifted").arg(what);
    if (override.isOver(now))
        return Words::tr("%1, ended").arg(what);
    return Words::tr("%1, ends in %2").arg(what, timeLeft(std::chrono::ceil<Duration>(*override.until - now)));
}

QString overrideEnd(const Override &override, Instant now)
{
    return override.until ? timeLeft(std::max(std::chrono::ceil<Duration>(*override.until - now), Duration(0))) : Words::tr("never");
}

QString keyVersionText(std::uint64_t version)
{
    return QStringLiteral("k%1").arg(version);
}

QString keyVersionMeaning(std::uint64_t version)
{
    return Words::tr("%1: an edit of this key alone; they are numbered across all keys").arg(keyVersionText(version));
}

QString forText(std::optional<Duration> span)
{
    return span ? Words::tr("for %1").arg(timeLeft(*span)) : Words::tr("until lifted");
}

QString overrideEditText(const OverrideEdit &edit)
{
    if (edit.reset)
        return Words::tr("what it has used is forgotten");
    if (!edit.kind)
        return Words::tr("no override");
    return overrideText({*edit.kind, edit.limit, std::nullopt, 0}) + QLatin1Char(' ') + forText(edit.span);
}

QString outcomeText(const OverrideOutcome &outcome, bool reset)
{
    const QString message = displayText(outcome.message, 300);
    switch (outcome.status) {
    case OverrideOutcome::Status::Pending: return Words::tr("… Sent. Waiting for Redis.");
    case OverrideOutcome::Status::Applied: return appliedText(outcome, reset);
    case OverrideOutcome::Status::Conflict: return message.isEmpty() ? conflictText(outcome) : conflictText(outcome) + QLatin1Char(' ') + message;
    case OverrideOutcome::Status::Refused: return Words::tr("✗ Refused.") + QLatin1Char(' ') + message;
    case OverrideOutcome::Status::Unknown:
        return Words::tr("? The reply was lost: the edit may have been made or not.") + QLatin1Char(' ') + message;
    }
    return {};
}

QString outcomeOfKeyText(const OverrideOutcome &outcome)
{
    return outcomeText(outcome, false) + QLatin1Char(' ') + Words::tr("(%1 under %2)").arg(displayText(outcome.key, 48), displayText(outcome.policy, 64));
}

QString watchOnlyText(const LinkStatus &link, bool readOnly)
{
    const bool isAway = !readOnly && link.mayOverride && link.state != LinkState::Live;
    return isAway ? Words::tr("Not connected: nothing can be changed now.") : keyBarrierText(link, readOnly);
}

std::optional<Limits> parseOwnLimit(const QString &text, QString *problem)
{
    const std::string typed = text.trimmed().toStdString();
    if (typed.empty()) {
        *problem = Words::tr("Type a limit such as 30/min, or several: 10/s 500/h.");
        return std::nullopt;
    }
    if (typed.starts_with("log") || typed.starts_with("bucket")) {
        *problem = Words::tr("How a key is counted is its policy's matter: leave that word away.");
        return std::nullopt;
    }
    LimitFault fault;
    const auto limit = parseLimit("bucket " + typed, &fault); // how large a count may be, the policy says; Redis knows it
    if (!limit) {
        parseLimit(typed, &fault); // in words about what was typed
        *problem = limitFaultText(fault);
    }
    return limit;
}

} // namespace rateguard
