// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/MinuteShare.h"

#include "engine/Seconds.h"

#include <algorithm>

namespace rateguard {

std::uint32_t MinuteShare::sliceOf(Instant at)
{
    return secondOf(at) / length;
}

void MinuteShare::record(Instant at, Verdict verdict)
{
    const auto slice = sliceOf(at);
    if (slice > m_head) {
        // All of them when we were silent for longer than the ring.
        const auto silent = std::min(slice - m_head, slices);
        for (std::uint32_t i = 0; i < silent; ++i) {
            m_slices[(slice - i) % slices] = {};
        }
        m_head = slice;
    } else if (m_head - slice >= 2 * slices) {
        m_slices = {};
        m_head = slice;
    } else if (m_head - slice >= slices) {
        return;
    }
    auto &sum = m_slices[slice % slices];
    ++sum.requests;
    sum.rejected += verdict == Verdict::Rejected;
}

MinuteShare::Sum MinuteShare::sum(Instant now) const
{
    // An event may be a little newer than the time that the server last told us; far newer ones are not believed.
    const auto current = std::max(sliceOf(now), m_head);
    if (m_head == 0 || current - sliceOf(now) > 1) {
        return {};
    }
    Sum sum;
    for (auto slice = current - std::min(current, slices - 1); slice <= m_head; ++slice) {
        sum.requests += m_slices[slice % slices].requests;
        sum.rejected += m_slices[slice % slices].rejected;
    }
    return sum;
}

} // namespace rateguard
