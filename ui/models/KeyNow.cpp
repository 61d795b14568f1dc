// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/KeyNow.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "models/TimeWords.h"

#include <QCoreApplication>

#include <algorithm>

namespace rateguard {
namespace {

using namespace std::chrono_literals;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::KeyNow)
};

constexpr auto grace = 2s; // it is asked once a second
constexpr auto brief = 5s; // of a shorter window, a good part has passed by the next reading

bool isInForce(const KeyDetail &detail, Override::Kind kind, Instant now)
{
    return detail.override && detail.override->kind == kind && !detail.override->isOver(now);
}

KeyState stateOf(const KeyDetail &detail, const KeyNow &now, bool isOff, double nearShare)
{
    const Rates &rates = detail.row.rates;
    if (isInForce(detail, Override::Kind::Ban, now.at) && !isOff && !now.watches)
        return KeyState::Banned;
    if (isInForce(detail, Override::Kind::Exempt, now.at))
        return KeyState::Exempt;
    if (rates.rejected > 0)
        return KeyState::Throttled;
    if (rates.wouldReject > 0)
        return KeyState::Shadowed;
    const auto isNear = [&](const WindowFill &fill) { return fill.used.value_or(0) > 0 && fill.share() >= nearShare; };
    if (!isOff && std::any_of(now.fills.begin(), now.fills.end(), isNear))
        return KeyState::Near;
    return rates.requests() > 0 ? KeyState::Active : KeyState::Quiet;
}

// The window that decides by what is drawn: the full one with the longest wait, else the one with the least left. Null: not
// all of them are known that well.
const WindowFill *tightest(const std::vector<WindowFill> &fills)
{
    const auto isKnown = [](const WindowFill &fill) { return fill.hasStamps && fill.used && !fill.atLeast && fill.isFull() == fill.next.has_value(); };
    if (fills.empty() || !std::all_of(fills.begin(), fills.end(), isKnown))
        return nullptr;
    const auto left = [](const WindowFill &fill) { return fill.isFull() ? 0 : fill.limit.count - *fill.used; };
    return &*std::min_element(fills.begin(), fills.end(), [&](const WindowFill &a, const WindowFill &b) {
        return a.isFull() && b.isFull() ? *a.next > *b.next : left(a) < left(b);
    });
}

QString admittedText(std::uint32_t left, const Limit &limit)
{
    return Words::tr("Admitted. %1 of %2 in %3 would be left.").arg(formatCount(left), formatCount(limit.count), spanText(limit.window));
}

QString waitText(const QString &why, std::chrono::microseconds left, bool watched)
{
    return watched ? Words::tr("Admitted by shadow mode only: %1; enforced, it would wait %2.").arg(why, leftText(left))
                   : Words::tr("Rejected, and told to wait %2: %1.").arg(why, leftText(left));
}

QString fullText(Duration window)
{
    return Words::tr("no room in the last %1").arg(spanText(window));
}

} // namespace

KeyNow keyNow(const KeyDetail &detail, const PolicyRow *policy, double nearShare, Instant now)
{
    KeyNow out;
    const bool isRead = detail.at != Instant();
    out.at = isRead ? std::min(now, detail.at + grace) : now;
    out.isOld = isRead && now - detail.at > grace + 1s;
    const bool hasLimit = policy && policy->valid;
    const Mode mode = hasLimit ? policy->rule.modeAt(out.at) : Mode::Enforce;
    out.watches = mode == Mode::Shadow;
    out.filledAt = out.at;
    if (hasLimit)
        out.fills = windowFills(detail, policy->rule.limit, out.at);
    out.stands = isRead && std::any_of(out.fills.begin(), out.fills.end(), [](const WindowFill &fill) { return fill.limit.window < brief; });
    if (out.stands) {
        out.filledAt = std::min(now, detail.at);
        out.fills = windowFills(detail, policy->rule.limit, out.filledAt);
    }
    out.state = stateOf(detail, out, mode == Mode::Off, nearShare);
    return out;
}

QString nextDecisionText(const KeyDetail &detail, const KeyNow &now)
{
    if (!detail.next)
        return detail.error.empty() ? Words::tr("Asking Redis…") : Words::tr("Not known. %1").arg(displayText(detail.error, 300));
    const Decision &next = *detail.next;
    if (next.why == Why::Exempt)
        return Words::tr("Admitted, because the key is exempt: nothing of it is counted.");
    if (next.why == Why::Off)
        return Words::tr("Admitted, because the policy is off: nothing is counted.");
    const bool isWatched = next.verdict == Verdict::WouldReject || (next.verdict == Verdict::Allowed && now.watches);
    const bool isBan = next.why == Why::Ban;
    if (next.verdict != Verdict::Allowed && (isBan || !next.retryAfter)) {
        const QString why = !isBan ? Words::tr("it costs more than the limit: no waiting would help")
            : next.retryAfter      ? Words::tr("the key is banned") // until when, its override says
                                   : Words::tr("the key is banned until somebody lifts it");
        return (isWatched ? Words::tr("Admitted by shadow mode only: %1.") : Words::tr("Rejected, because %1.")).arg(why);
    }
    if (const WindowFill *fill = tightest(now.fills)) {
        if (!fill->isFull())
            return admittedText(fill->limit.count - *fill->used - 1, fill->limit);
        if (*fill->next > now.filledAt)
            return waitText(fullText(fill->limit.window), *fill->next - now.filledAt, isWatched);
    }
    if (next.verdict == Verdict::Allowed)
        return admittedText(next.remaining, {next.limit, next.window});
    const auto left = detail.at + *next.retryAfter - now.filledAt;
    if (left <= Duration(0))
        return Words::tr("Probably admitted: the window has room again by now, unless other requests of this key came in between.");
    return waitText(fullText(next.window), left, isWatched);
}

} // namespace rateguard
