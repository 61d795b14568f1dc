// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

namespace rateguard {

// A y axis for numbers that move: steps of 1, 2, 2.5 or 5 times a power of ten. It grows at once and shrinks only when
// the peak has been well below for a while, so that the scale does not pump.
class NiceScale
{
public:
    // True when the scale changed.
    bool fit(double peak);

    double top() const { return m_top; }
    int intervals() const { return m_intervals; }
    bool hasFractions() const { return m_fractions; }

private:
    void choose(double peak);

    double m_top = 4;
    int m_intervals = 4;
    bool m_fractions = false;
    int m_low = 0; // how many times in a row the peak was low
};

} // namespace rateguard
