// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/RejectionWords.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "models/EditLookup.h"
#include "models/OverrideWords.h"
#include "models/TimeWords.h"

#include <QCoreApplication>

#include <algorithm>

namespace rateguard {
namespace {

using namespace std::chrono_literals;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::RejectionWords)
};

// " set 94 s ago by ada@oncall-2: “why”."
QString setBy(const AuditEntry &edit, Instant now)
{
    const QString author = edit.author.empty() ? Words::tr("somebody") : displayText(edit.author, 60);
    const QString text = Words::tr("set %1 by %2").arg(agoText(now - edit.at), author);
    return edit.reason.empty() ? text : Words::tr("%1: “%2”").arg(text, displayText(edit.reason, 200));
}

// The newest edit of the key that stood when it was rejected, if it made what rejected it.
const AuditEntry *editOfKey(const EditHistory *history, const KeyDetail &detail, Override::Kind kind)
{
    if (!history)
        return nullptr;
    for (const AuditEntry &edit : history->entries) {
        if (edit.policy != detail.policy || edit.key != detail.key || edit.isReset() || edit.at > detail.lastRejection->at)
            continue;
        const auto made = parseOverride(edit.after);
        return made && made->kind == kind ? &edit : nullptr;
    }
    return nullptr;
}

QString toldText(const Rejection &it)
{
    if (it.shadow || !it.retryAfter)
        return {};
    return QLatin1Char(' ') + Words::tr("It was told to wait %1.").arg(leftText(*it.retryAfter));
}

QString usedText(const Rejection &it)
{
    const QString span = spanText(it.limit.window);
    if (!it.retryAfter)
        return Words::tr("it asked for %1 at once, more than the limit of %2 in %3. No waiting helps: it must ask for less, or the limit be raised.")
            .arg(formatCount(it.cost), formatCount(it.limit.count), span);
    // Redis tells no more than that all was used: after a limit was lowered it may have been much more.
    if (it.used >= it.limit.count)
        return Words::tr("the limit of %1 in %2 was used up.").arg(formatCount(it.limit.count), span);
    const QString used = Words::tr("%1 of %2 used in the last %3").arg(formatCount(it.used), formatCount(it.limit.count), span);
    return it.cost > 1 ? Words::tr("%1, and it asked for %2 more.").arg(used, formatCount(it.cost)) : used + QLatin1Char('.');
}

QString banText(const KeyDetail &detail, const EditHistory *history, const QString &ago, Instant now)
{
    const Rejection &it = *detail.lastRejection;
    QString text = it.shadow ? Words::tr("Would have been rejected %1: the key was banned. Shadow mode let it in.").arg(ago)
        : it.retryAfter ? Words::tr("Rejected %1: the key was banned.").arg(ago) + toldText(it)
                        : Words::tr("Rejected %1: the key was banned, with no end.").arg(ago);
    if (const AuditEntry *edit = editOfKey(history, detail, Override::Kind::Ban))
        text += QLatin1Char(' ') + Words::tr("The ban was %1.").arg(setBy(*edit, now));
    if (!detail.override)
        text += QLatin1Char(' ') + Words::tr("It is not banned any more.");
    return text;
}

QString sourceText(const KeyDetail &detail, const PolicyRow *policy, const EditHistory *history, Instant now)
{
    const Rejection &it = *detail.lastRejection;
    if (it.why == Why::Override) {
        const AuditEntry *edit = editOfKey(history, detail, Override::Kind::Limit);
        if (!edit)
            return Words::tr("The limit is its own, instead of the policy's.");
        return Words::tr("The limit is its own, %1, %2.").arg(ownLimitText(parseOverride(edit->after)->limit), setBy(*edit, now));
    }
    const AuditEntry *edit = editOfLimit(history, detail.policy, it.version);
    const auto made = edit ? parseRule(edit->after) : std::nullopt;
    const bool holds = policy && policy->valid && policy->rule.version == it.version;
    const Limits limit = made ? made->limit : holds ? policy->rule.limit : Limits(it.limit);
    QString text = Words::tr("Limit %1 %2, v%3").arg(displayText(detail.policy, 64), QString::fromStdString(formatLimit(limit)), QString::number(it.version));
    if (edit)
        text += QStringLiteral(", ") + setBy(*edit, now);
    text += QLatin1Char('.');
    if (policy && policy->valid && policy->rule.version > it.version)
        text += QLatin1Char(' ') + Words::tr("It is %1 by now, v%2.").arg(QString::fromStdString(formatLimit(policy->rule.limit))).arg(policy->rule.version);
    return text;
}

QString runLength(const Rejection &run, Instant end)
{
    return lengthText(std::chrono::floor<Duration>(end - run.since));
}

// Of rejections that have stopped.
QString pastRunText(const Rejection &last, Instant now)
{
    if (now - last.at <= Rejection::calm || last.at - last.since < 1s)
        return {};
    const QString text = last.orLonger ? Words::tr("It was the last of a run that had lasted %1 or longer.") : Words::tr("It was the last of a run that had lasted %1.");
    return QLatin1Char(' ') + text.arg(runLength(last, last.at));
}

} // namespace

QString rejectionText(const KeyDetail &detail, const PolicyRow *policy, const EditHistory *history, Instant now)
{
    if (!detail.lastRejection)
        return Words::tr("No request of this key has been rejected since this window began to listen.");
    const Rejection &it = *detail.lastRejection;
    const QString ago = agoText(now - it.at);
    if (it.why == Why::Ban)
        return banText(detail, history, ago, now) + pastRunText(it, now);
    QString text = it.shadow ? Words::tr("Would have been rejected %1, but shadow mode let it in: %2").arg(ago, usedText(it))
                             : Words::tr("Rejected %1: %2").arg(ago, usedText(it));
    return text + toldText(it) + pastRunText(it, now) + QLatin1Char(' ') + sourceText(detail, policy, history, now);
}

QString runText(const Rejection &last, Instant now)
{
    if (now - last.at > Rejection::calm)
        return {};
    const QString text = last.orLonger ? Words::tr("for %1 or longer, seen since %2") : Words::tr("for %1, since %2");
    return text.arg(runLength(last, now), shortTimeText(last.since, now));
}

} // namespace rateguard
