// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/AlertPacer.h"

#include <algorithm>
#include <utility>

namespace rateguard {
namespace {

// How often the rule was in the notice, which forgets it.
std::uint32_t takeFrom(AlertNotice &notice, std::uint32_t rule)
{
    const auto known = std::find_if(notice.items.begin(), notice.items.end(), [rule](const auto &item) { return item.event.rule == rule; });
    if (known == notice.items.end())
        return 0;
    const std::uint32_t times = known->times;
    notice.items.erase(known);
    return times;
}

} // namespace

void AlertPacer::add(const AlertEvent &raised, Duration now)
{
    // What waits of this rule was before: told later, it would look as if it came last.
    const std::uint32_t unsaid = takeFrom(m_fresh, raised.rule);
    const std::uint32_t gathered = takeFrom(m_gathered, raised.rule);
    const auto told = m_told.find(raised.rule);
    if (unsaid > 0 || told == m_told.end() || now - told->second >= pause) {
        m_told[raised.rule] = now;
        m_fresh.items.push_back({raised, unsaid + gathered + 1});
        return;
    }
    if (m_gathered.items.empty() && gathered == 0)
        m_gatheringSince = now;
    m_gathered.items.push_back({raised, gathered + 1});
}

void AlertPacer::drop(std::uint32_t rule)
{
    for (AlertNotice *notice : {&m_fresh, &m_gathered})
        std::erase_if(notice->items, [rule](const AlertNotice::Item &item) { return item.event.rule == rule; });
}

std::vector<AlertNotice> AlertPacer::take(Duration now)
{
    std::vector<AlertNotice> notices; // what was gathered is older
    if (!m_gathered.items.empty() && now - m_gatheringSince >= pause) {
        for (const AlertNotice::Item &item : m_gathered.items)
            m_told[item.event.rule] = now;
        notices.push_back(std::exchange(m_gathered, {}));
        notices.back().isDigest = true;
    }
    if (!m_fresh.items.empty())
        notices.push_back(std::exchange(m_fresh, {}));
    for (AlertNotice &notice : notices)
        std::ranges::stable_sort(notice.items, {}, [](const AlertNotice::Item &item) { return item.event.alert; });
    std::erase_if(m_told, [now](const auto &told) { return now - told.second >= pause; });
    return notices;
}

} // namespace rateguard
