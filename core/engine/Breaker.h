// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Time.h"

namespace rateguard {

// Keeps requests from waiting for a Redis that does not answer: opens after a few failures in a row; then lets one request
// through every `pause` to try again, until there is an answer. Instants must not go backwards. Not thread-safe.
class Breaker
{
public:
    static constexpr int threshold = 3;

    explicit Breaker(Duration pause) : m_pause(pause) { }

    // True when this request should ask Redis; while open, whoever hears true is the one that tries.
    bool allows(Instant now)
    {
        if (!isOpen()) {
            return true;
        }
        if (now < m_tryAt) {
            return false;
        }
        m_tryAt = now + m_pause;
        return true;
    }

    void answered() { m_failures = 0; }

    void failed(Instant now)
    {
        m_failures = m_failures < threshold ? m_failures + 1 : threshold;
        m_tryAt = now + m_pause;
    }

    bool isOpen() const { return m_failures >= threshold; }

private:
    Duration m_pause;
    int m_failures = 0; // in a row
    Instant m_tryAt {};
};

} // namespace rateguard
