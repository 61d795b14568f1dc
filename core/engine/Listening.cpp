// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/Listening.h"

#include <algorithm>

namespace rateguard {

namespace {

constexpr std::chrono::minutes ahead {1};

} // namespace

void Listening::gap(Instant from, Instant to)
{
    if (!m_hasBegun) {
        *this = Listening(to);
        return;
    }
    // Those that begin later are of a clock that has been set back since.
    std::erase_if(m_gaps, [from](const Gap &it) { return it.to <= from - remembered || it.from > from; });
    from = m_gaps.empty() ? from : std::max(from, m_gaps.back().to);
    if (to > from) {
        m_gaps.push_back({from, to});
    }
}

std::chrono::microseconds Listening::within(Instant from, Instant to) const
{
    if (m_since <= to + ahead) {
        from = std::max(from, m_since);
    }
    auto sum = std::max(to - from, std::chrono::microseconds(0));
    for (auto gap = m_gaps.rbegin(); gap != m_gaps.rend() && gap->to > from; ++gap) {
        sum -= std::max(std::min(gap->to, to) - std::max(gap->from, from), std::chrono::microseconds(0));
    }
    return sum;
}

} // namespace rateguard
