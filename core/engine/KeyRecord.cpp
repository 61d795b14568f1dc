// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/KeyRecord.h"

#include <algorithm>

namespace rateguard {

static_assert(static_cast<int>(Verdict::Allowed) == 0 && static_cast<int>(Verdict::Rejected) == 1 && static_cast<int>(Verdict::WouldReject) == 2);

void KeyRecord::note(const DecisionEvent &event)
{
    auto &count = total[static_cast<std::size_t>(event.verdict)];
    count += count != UINT32_MAX;
    window.record(event.at, event.verdict);
    minute.record(event.at, event.verdict);
    if (event.at < lastSeen) {
        return;
    }
    lastSeen = event.at;
    why = event.why;
    if (event.why != Why::Ban) { // which says nothing of what was used
        use(event.used, event.limit, event.verdict == Verdict::Allowed);
    }
}

void KeyRecord::observe(std::uint32_t usedThen, const Limit &limitThen, Instant at)
{
    lastSeen = at;
    use(usedThen, limitThen, true);
}

void KeyRecord::use(std::uint32_t usedThen, const Limit &limitThen, bool isCounted)
{
    used = usedThen;
    limit = limitThen.count;
    windowLength = static_cast<std::uint32_t>(std::clamp<std::int64_t>(limitThen.window.count(), 0, UINT32_MAX));
    // What was counted when we did not listen counts all the same: it is in there, from some time before.
    if (isCounted || lastSeen - counted >= Duration(windowLength)) {
        counted = lastSeen;
    }
}

void KeyRecord::age(Instant now)
{
    if (lastSeen - now > ahead) {
        lastSeen = now; // a stamp that lied, or the clock was set back: it must not stay forever
    }
    if (counted - now > ahead) {
        counted = now;
    }
    if (now - counted >= Duration(windowLength)) {
        used = 0;
    }
}

KeyRow KeyRecord::row(std::uint32_t id, Instant now, const Listening &listening, double nearShare) const
{
    const auto sum = minute.sum(now);
    KeyRow row {id, KeyState::Quiet, window.rates(now, listening), used, limit, {total[0], total[1], total[2]}, lastSeen, sum.requests, sum.rejected};
    row.state = stateAt(row.rates, nearShare);
    return row;
}

KeyState KeyRecord::stateAt(const Rates &rates, double nearShare) const
{
    const bool isHeard = rates.requests() > 0; // what its last request was told still says something
    const bool isLetIn = isHeard && rates.rejected == 0 && (rates.wouldReject > 0 || why == Why::Off); // the policy only watches, or is off
    if ((standing == Standing::Banned && !isLetIn) || (why == Why::Ban && rates.rejected > 0)) {
        return KeyState::Banned;
    }
    if (standing == Standing::Exempt || (why == Why::Exempt && isHeard)) {
        return KeyState::Exempt;
    }
    if (rates.rejected > 0) {
        return KeyState::Throttled;
    }
    if (rates.wouldReject > 0) {
        return KeyState::Shadowed;
    }
    if (used > 0 && used >= nearShare * limit) {
        return KeyState::Near;
    }
    return isHeard ? KeyState::Active : KeyState::Quiet;
}

} // namespace rateguard
