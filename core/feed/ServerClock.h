// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Time.h"

#include <QElapsedTimer>

namespace rateguard {

// The Redis server's time between two answers that carry it: a monotonic clock here plus the offset last seen.
class ServerClock
{
public:
    ServerClock();

    // Before the first answer: this machine's own idea of the time.
    Instant now() const;
    // To measure with: goes on evenly while the clock is set.
    std::chrono::microseconds elapsed() const;
    // An answer with the server's time came back after `roundTrip`, just now. Plain: nothing else was under way.
    void observe(Instant server, std::chrono::microseconds roundTrip, bool isPlain = true);
    std::chrono::microseconds roundTrip() const { return m_roundTrip; } // of plain ones, smoothed; 0: none yet

private:
    QElapsedTimer m_clock;
    std::chrono::microseconds m_offset;
    std::chrono::microseconds m_roundTrip {0};
};

} // namespace rateguard
