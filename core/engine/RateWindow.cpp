// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/RateWindow.h"

#include "engine/Seconds.h"

#include <algorithm>

namespace rateguard {

namespace {

constexpr std::uint32_t startOver = 10; // seconds behind the newest

} // namespace

void RateWindow::record(Instant at, Verdict verdict)
{
    const auto second = secondOf(at);
    if (second > m_head) {
        // All of them when we were silent for longer than the ring.
        const auto silent = std::min(second - m_head, slices);
        for (std::uint32_t i = 0; i < silent; ++i) {
            slice(second - i) = {};
        }
        m_head = second;
    } else if (m_head - second >= startOver) {
        m_slices = {};
        m_head = second;
    } else if (m_head - second >= slices) {
        return;
    }
    auto &counts = slice(second);
    auto &count = verdict == Verdict::Allowed ? counts.allowed : verdict == Verdict::Rejected ? counts.rejected : counts.wouldReject;
    ++count;
}

Rates RateWindow::rates(Instant now, const Listening &listening) const
{
    // An event may be a little newer than the time that the server last told us; far newer ones are not believed.
    const auto current = std::max(secondOf(now), m_head);
    if (m_head == 0 || current - secondOf(now) >= slices) {
        return {};
    }
    Counts sum;
    const auto oldest = current - std::min(current, slices - 1);
    for (auto second = oldest; second <= m_head; ++second) {
        const auto &counts = m_slices[second % slices];
        sum += {counts.allowed, counts.rejected, counts.wouldReject};
    }
    if (sum.requests() == 0) {
        return {};
    }
    const auto until = std::max(now, Instant(std::chrono::seconds(current)));
    const auto heard = listening.within(Instant(std::chrono::seconds(oldest)), until);
    const auto covered = std::max(1.0, std::chrono::duration<double>(heard).count());
    const auto rate = [covered](std::uint64_t count) { return static_cast<double>(count) / covered; };
    return {rate(sum.allowed), rate(sum.rejected), rate(sum.wouldReject)};
}

} // namespace rateguard
