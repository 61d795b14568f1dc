// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/AlertPacer.h"

#include <algorithm>
#include <utility>

namespace rateguard {
namespace {

void addTo(AlertNotice &notice, const AlertEvent &event)
{
    const auto known = std::find_if(notice.items.begin(), notice.items.end(), [&](const auto &item) { return item.event.rule == event.rule; });
    if (known == notice.items.end()) {
        notice.items.push_back({event, 1});
        return;
    }
    known->event = event;
    ++known->times;
}

} // namespace

void AlertPacer::add(const AlertEvent &raised, Duration now)
{
    const auto told = m_told.find(raised.rule);
    if (told == m_told.end() || now - told->second >= pause) {
        m_told[raised.rule] = now;
        addTo(m_fresh, raised);
        return;
    }
    if (m_gathered.items.empty())
        m_gatheringSince = now;
    addTo(m_gathered, raised);
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
