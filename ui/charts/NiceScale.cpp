// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/NiceScale.h"

#include <algorithm>
#include <cmath>

namespace rateguard {

bool NiceScale::fit(double peak)
{
    constexpr int patience = 20;
    const double wanted = std::max(peak, 0.0) * 1.05;
    const double before = m_top;
    if (wanted > m_top) {
        m_low = 0;
        choose(wanted);
    } else if (wanted < m_top * 0.45) {
        if (++m_low > patience) {
            m_low = 0;
            choose(wanted);
        }
    } else {
        m_low = 0;
    }
    return m_top != before;
}

void NiceScale::choose(double peak)
{
    const double least = std::max(peak, 2.0); // fewer than two a second is drawn small, as it is
    const double rough = least / 4;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    double step = 10 * power;
    for (const double nice : {1.0, 2.0, 2.5, 5.0}) {
        if (nice * power >= rough) {
            step = nice * power;
            break;
        }
    }
    m_intervals = std::max(2, static_cast<int>(std::ceil(least / step)));
    m_top = step * m_intervals;
    m_fractions = step != std::floor(step);
}

} // namespace rateguard
