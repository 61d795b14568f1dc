// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/KeyCells.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "models/KeyWords.h"

#include <QCoreApplication>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::KeyCells)
};

} // namespace

QString minuteText(const std::vector<MinuteSlice> &minute)
{
    MinuteSlice sum;
    int unknown = 0;
    for (const MinuteSlice &slice : minute) {
        sum.allowed += slice.allowed;
        sum.rejected += slice.rejected;
        sum.shadowed += slice.shadowed;
        unknown += slice.gap;
    }
    if (minute.empty())
        return {};
    QString known = Words::tr("%1 allowed, %2 over the limit").arg(formatCount(sum.allowed), formatCount(sum.rejected));
    if (sum.shadowed > 0)
        known = Words::tr("%1 (%2 of them let in by shadow mode)").arg(known, formatCount(sum.shadowed));
    return unknown == 0 ? known : Words::tr("%1, %2 s not known").arg(known).arg(unknown);
}

// What shadow mode would reject stands in parentheses.
QString rejectedText(const Rates &rates)
{
    return rates.rejected == 0 && rates.wouldReject > 0 ? Words::tr("(%1)").arg(formatRate(rates.wouldReject)) : formatRate(rates.rejected);
}

QString keyCellText(const KeyEntry &entry, KeyColumn column, Instant now)
{
    const KeyRow &row = entry.row;
    switch (column) {
    case KeyColumn::Policy: return displayText(entry.policy, 64);
    case KeyColumn::Key: return displayText(entry.key);
    case KeyColumn::Requests: return formatRate(row.rates.requests());
    case KeyColumn::Rejected: return rejectedText(row.rates);
    case KeyColumn::Used: return row.limit == 0 ? QStringLiteral("–") : Words::tr("%1 / %2").arg(formatCount(row.used), formatCount(row.limit));
    case KeyColumn::RejectedShare: return row.rejectedShare() ? formatShare(*row.rejectedShare()) : QStringLiteral("–");
    case KeyColumn::State: return keyStateText(row.state);
    case KeyColumn::LastSeen: return row.lastSeen == Instant() ? QString() : formatAge(now - row.lastSeen);
    case KeyColumn::Minute: return minuteText(entry.minute);
    }
    return {};
}

QString keyCellToolTip(const KeyEntry &entry, KeyColumn column)
{
    if (column == KeyColumn::Rejected && entry.row.rates.wouldReject > 0)
        return plainToolTip(Words::tr("In parentheses: would be rejected, admitted because the policy only watches (shadow mode)."));
    if (column == KeyColumn::Minute)
        return entry.minute.empty() ? QString() : plainToolTip(Words::tr("In the last 60 s: %1 (rejected, or in shadow mode only reported)").arg(minuteText(entry.minute)));
    if (column == KeyColumn::Used && entry.row.limit > 0)
        return plainToolTip(Words::tr("%1 at its last request").arg(usedText(entry.row.used, entry.row.limit)));
    if (column == KeyColumn::Used)
        return plainToolTip(Words::tr("Not known: it was banned when it was first heard of"));
    if (column == KeyColumn::RejectedShare)
        return plainToolTip(entry.row.rejectedShare() ? Words::tr("%1 of %2 requests of the last minute were rejected").arg(formatCount(entry.row.minuteRejected), formatCount(entry.row.minuteRequests))
                                                      : Words::tr("No request came in the last minute"));
    if (column == KeyColumn::State)
        return plainToolTip(keyStateMeaning(entry.row.state));
    return plainToolTip(displayText(entry.policy) + QStringLiteral(" · ") + displayText(entry.key, 400));
}

QString keyColumnTitle(KeyColumn column)
{
    switch (column) {
    case KeyColumn::Policy: return Words::tr("Policy");
    case KeyColumn::Key: return Words::tr("Key");
    case KeyColumn::Requests: return Words::tr("Requests/s");
    case KeyColumn::Rejected: return Words::tr("Rejected/s");
    case KeyColumn::Used: return Words::tr("Used of limit");
    case KeyColumn::RejectedShare: return Words::tr("Rejected %");
    case KeyColumn::State: return Words::tr("State");
    case KeyColumn::LastSeen: return Words::tr("Last seen");
    case KeyColumn::Minute: return Words::tr("Last minute");
    }
    return {};
}

QString keyColumnMeaning(KeyColumn column)
{
    switch (column) {
    case KeyColumn::Policy: return Words::tr("The policy whose limit the key is under.");
    case KeyColumn::Key: return Words::tr("Who is limited: what the service calls its client.");
    case KeyColumn::Requests: return Words::tr("Requests per second, over the last 4 to 5 s.");
    case KeyColumn::Rejected: return Words::tr("Rejected requests per second, over the last 4 to 5 s. In parentheses: would be rejected, but the policy only watches (shadow mode).");
    case KeyColumn::Used: return Words::tr("How much of the limit was used at the key's last request; 0 as soon as all of that has left the window. Marks at 80 % and 100 %.");
    case KeyColumn::RejectedShare: return Words::tr("Of its requests in the last minute (45 to 60 s), how many were rejected. “–”: none came.");
    case KeyColumn::State: {
        QStringList lines;
        for (const KeyState state : {KeyState::Throttled, KeyState::Shadowed, KeyState::Near, KeyState::Banned, KeyState::Exempt, KeyState::Active, KeyState::Quiet})
            lines << Words::tr("%1: %2").arg(keyStateText(state), keyStateMeaning(state));
        return lines.join(QLatin1Char('\n'));
    }
    case KeyColumn::LastSeen: return Words::tr("When its last request was decided.");
    case KeyColumn::Minute: return Words::tr("Requests of the last 60 s, second by second: admitted, and on top of them those over the limit.");
    }
    return {};
}

Qt::Alignment keyColumnAlignment(KeyColumn column)
{
    const bool words = column == KeyColumn::Policy || column == KeyColumn::Key || column == KeyColumn::State || column == KeyColumn::Minute;
    return Qt::AlignVCenter | (words ? Qt::AlignLeft : Qt::AlignRight);
}

} // namespace rateguard
