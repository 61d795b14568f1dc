// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/WindowFill.h"

#include "format/Numbers.h"
#include "models/KeyWords.h"
#include "models/TimeWords.h"

#include <QCoreApplication>

#include <algorithm>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::WindowFill)
};

bool decides(const KeyDetail &detail, const Limit &limit)
{
    return detail.next && detail.next->window == limit.window && detail.next->limit == limit.count && detail.next->why != Why::Ban;
}

// As Redis told it of the window that decides; what the request that was asked about would take is not used yet.
std::uint32_t usedByDecision(const Decision &next)
{
    const std::uint32_t taken = next.verdict == Verdict::Allowed ? 1 : 0;
    return next.limit - std::min(next.limit, next.remaining + taken);
}

void fillFromStamps(WindowFill &fill, const KeyDetail &detail, Instant now)
{
    if (detail.admitted.empty() && !detail.error.empty())
        return; // they were not read
    const auto first = std::upper_bound(detail.admitted.begin(), detail.admitted.end(), now - fill.limit.window);
    fill.hasStamps = true;
    fill.admitted.assign(first, detail.admitted.end());
    fill.used = static_cast<std::uint32_t>(fill.admitted.size());
    if (!detail.isCut || first != detail.admitted.begin())
        return;
    if (decides(detail, fill.limit) && now - detail.at < std::chrono::seconds(2))
        fill.used = std::max(*fill.used, usedByDecision(*detail.next));
    else
        fill.atLeast = true;
}

std::optional<Instant> nextInto(const WindowFill &fill, const KeyDetail &detail)
{
    if (!fill.isFull())
        return std::nullopt;
    if (decides(detail, fill.limit) && detail.next->verdict != Verdict::Allowed && detail.next->retryAfter)
        return detail.at + *detail.next->retryAfter;
    const std::size_t leave = *fill.used - fill.limit.count; // before there is room for one
    if (fill.atLeast || leave >= fill.admitted.size())
        return std::nullopt;
    return fill.admitted[leave] + fill.limit.window;
}

} // namespace

std::vector<WindowFill> windowFills(const KeyDetail &detail, const Limits &policy, Instant now)
{
    const auto holds = [&](Override::Kind kind) { return detail.override && detail.override->kind == kind && !detail.override->isOver(now); };
    const bool own = holds(Override::Kind::Limit);
    const Limits &limits = own ? detail.override->limit : policy;
    std::vector<WindowFill> fills;
    for (const Limit &limit : limits) {
        WindowFill &fill = fills.emplace_back();
        fill.limit = limit;
        if (policy.algorithm == Algorithm::Log)
            fillFromStamps(fill, detail, now);
        else if (decides(detail, limit))
            fill.used = usedByDecision(*detail.next);
        else if (!detail.next && detail.row.limit == limit.count) // beside an answer of now it would be of another moment
            fill.used = detail.row.used;
        if (!holds(Override::Kind::Ban)) // however much room there is
            fill.next = nextInto(fill, detail);
    }
    std::sort(fills.begin(), fills.end(), [](const WindowFill &a, const WindowFill &b) { return a.limit.window > b.limit.window; });
    return fills;
}

QString fillText(const WindowFill &fill)
{
    const QString most = formatCount(fill.limit.count);
    if (!fill.used)
        return Words::tr("how much of %1 is used is not known").arg(most);
    if (!fill.atLeast)
        return usedText(*fill.used, fill.limit.count);
    const QString text = *fill.used > fill.limit.count ? Words::tr("at least %1 used, the limit is %2 now") : Words::tr("at least %1 of %2 used");
    return text.arg(formatCount(*fill.used), most);
}

QString nextText(const WindowFill &fill, Instant now)
{
    if (!fill.next)
        return {};
    return *fill.next > now ? Words::tr("next admitted in %1").arg(leftText(*fill.next - now)) : Words::tr("next admitted now");
}

} // namespace rateguard
