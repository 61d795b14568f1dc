// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Time.h"

#include <optional>
#include <vector>

namespace rateguard {

// A y axis for numbers that move: steps of 1, 2, 2.5 or 5 times a power of ten, up to 1.25 times what is seen, or little more. It grows at
// once. It shrinks when a smaller one would have done well for `patience`, so that it does not pump.
class NiceScale
{
public:
    static constexpr Duration patience = std::chrono::seconds(3);

    // For what is seen at `now`: the peak, and the limits that are near it; one far above would flatten the curves. True when the scale
    // changed. Whoever did not ask for longer than `patience` gets what fits best.
    bool fit(double peak, const std::vector<double> &limits, Instant now);
    void fitAnew() { m_last.reset(); } // with the next figures, which are others

    double top() const { return m_top; }
    int intervals() const { return m_intervals; }
    bool hasFractions() const { return m_fractions; }

private:
    double highest(double peak, const std::vector<double> &limits) const;
    void shrink(double highest, Instant now);
    void choose(double highest);

    double m_top = 4;
    int m_intervals = 4;
    bool m_fractions = false;
    std::optional<Instant> m_last; // fit; nothing: none that counts
    std::optional<Instant> m_lowSince; // a smaller one would do since then
};

} // namespace rateguard
