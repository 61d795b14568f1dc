// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Time.h"

#include <vector>

namespace rateguard {

// When we listened: from a beginning on, but for the gaps of the last two minutes. What came in a gap is not known, so nobody may
// count it as silence. A beginning far ahead of what is asked for was told by a clock that has been set back; it is not believed.
// Not thread-safe. O(gaps of the last two minutes), and O(1) after them.
class Listening
{
public:
    static constexpr std::chrono::minutes remembered {2};

    Listening() = default;
    Listening(Instant since) : m_since(since), m_hasBegun(true) { }

    void heard(Instant at) // something: we have listened from then on, unless it is known already
    {
        if (!m_hasBegun) {
            *this = Listening(at);
        }
    }
    void gap(Instant from, Instant to); // the first one ends where all begins

    std::chrono::microseconds within(Instant from, Instant to) const; // how long we listened
    bool isWhole(Instant from, Instant to) const { return within(from, to) >= to - from; }

private:
    struct Gap
    {
        Instant from;
        Instant to;
    };

    Instant m_since;
    bool m_hasBegun = false;
    std::vector<Gap> m_gaps; // oldest first; none overlaps another
};

} // namespace rateguard
