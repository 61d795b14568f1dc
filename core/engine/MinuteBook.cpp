// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/MinuteBook.h"

namespace rateguard {

void MinuteBook::put(const std::vector<MinuteCounts> &minutes)
{
    for (std::size_t i = 0; i + 1 < minutes.size(); ++i) {
        m_minutes[minutes[i].minute] = minutes[i];
    }
    if (!minutes.empty()) {
        m_minutes.erase(m_minutes.begin(), m_minutes.lower_bound(minutes.back().minute - longest));
    }
}

std::vector<MinuteCounts> MinuteBook::since(std::chrono::minutes from) const
{
    std::vector<MinuteCounts> found;
    for (auto at = m_minutes.lower_bound(from); at != m_minutes.end(); ++at) {
        found.push_back(at->second);
    }
    return found;
}

} // namespace rateguard
