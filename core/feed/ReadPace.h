// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <functional>

namespace rateguard {

// When to read something again that costs: now and then, and soon after somebody wished for it. Never two reads at a time; many
// wishes are one; and after a read there is rest for ten times as long as it took. Lives on the feed thread.
class ReadPace
{
public:
    static constexpr std::chrono::milliseconds shortestRest {200};
    static constexpr std::chrono::milliseconds longestRest {30'000};

    // `read` begins a read; whoever does it calls done() when it is over, even if it failed.
    ReadPace(std::chrono::milliseconds every, std::function<void()> read);

    void start(); // with a read at once
    void stop();
    void wish();
    void done();

private:
    void begin();

    std::chrono::milliseconds m_every;
    std::function<void()> m_read;
    QTimer m_timer;
    QElapsedTimer m_clock; // since the read began, or since it ended
    std::chrono::milliseconds m_rest {0};
    bool m_isRunning = false;
    bool m_isReading = false;
    bool m_isWished = false; // while reading
};

} // namespace rateguard
