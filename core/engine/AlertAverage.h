// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <deque>

namespace rateguard {

// The mean of rates over the last `span` of the time that was watched. Keeps pieces of up to a sixtieth of the span, so it is
// exact while additions are longer than that, and else to a sixtieth. At most about 120 pieces, whatever the span is.
class AlertAverage
{
public:
    explicit AlertAverage(Duration span) : m_span(span) { }

    void add(const Rates &rates, Duration lasted);
    void clear();

    bool isFull() const { return m_known >= m_span; } // all of the span was watched
    std::optional<Rates> mean() const; // of what is known of it; nothing while nothing is. O(pieces)

private:
    struct Piece
    {
        Rates sum; // rates times milliseconds
        Duration lasted {0};
    };

    Duration m_span;
    Duration m_known {0}; // of all pieces
    std::deque<Piece> m_pieces; // oldest first; the oldest may reach back beyond the span
};

} // namespace rateguard
