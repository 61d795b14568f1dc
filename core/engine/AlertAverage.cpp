// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/AlertAverage.h"

#include <algorithm>

namespace rateguard {
namespace {

void addTo(Rates &sum, const Rates &rates, double times)
{
    sum.allowed += rates.allowed * times;
    sum.rejected += rates.rejected * times;
    sum.wouldReject += rates.wouldReject * times;
}

} // namespace

void AlertAverage::add(const Rates &rates, Duration lasted)
{
    if (lasted <= Duration(0))
        return;
    if (m_pieces.empty() || m_pieces.back().lasted + lasted > m_span / 60)
        m_pieces.emplace_back();
    addTo(m_pieces.back().sum, rates, static_cast<double>(lasted.count()));
    m_pieces.back().lasted += lasted;
    m_known += lasted;
    while (m_known - m_pieces.front().lasted >= m_span) {
        m_known -= m_pieces.front().lasted;
        m_pieces.pop_front();
    }
}

void AlertAverage::clear()
{
    m_pieces.clear();
    m_known = Duration(0);
}

std::optional<Rates> AlertAverage::mean() const
{
    if (m_pieces.empty())
        return std::nullopt;
    Rates sum;
    for (const Piece &piece : m_pieces) {
        // Of the oldest only what is within the span counts, as if its rates had been steady.
        const Duration beyond = &piece == &m_pieces.front() ? std::max(m_known - m_span, Duration(0)) : Duration(0);
        addTo(sum, piece.sum, 1 - static_cast<double>(beyond.count()) / static_cast<double>(piece.lasted.count()));
    }
    Rates mean;
    addTo(mean, sum, 1 / static_cast<double>(std::min(m_known, m_span).count()));
    return mean;
}

} // namespace rateguard
