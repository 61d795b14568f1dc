// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/ServerClock.h"

namespace rateguard {

ServerClock::ServerClock()
{
    m_clock.start();
    m_offset = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch());
}

std::chrono::microseconds ServerClock::elapsed() const
{
    return std::chrono::microseconds(m_clock.nsecsElapsed() / 1000);
}

Instant ServerClock::now() const
{
    return Instant(m_offset + elapsed());
}

void ServerClock::observe(Instant server, std::chrono::microseconds roundTrip, bool isPlain)
{
    // The server read its clock about half way. Slow answers say little about it, so they move it less.
    const auto offset = server.time_since_epoch() + roundTrip / 2 - elapsed();
    const auto error = offset - m_offset;
    const bool trust = roundTrip <= m_roundTrip * 2 || m_roundTrip.count() == 0 || std::chrono::abs(error) > roundTrip;
    m_offset += trust ? error : error / 8;
    if (isPlain) {
        m_roundTrip = m_roundTrip.count() == 0 ? roundTrip : (m_roundTrip * 7 + roundTrip) / 8;
    }
}

} // namespace rateguard
