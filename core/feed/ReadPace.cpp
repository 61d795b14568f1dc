// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/ReadPace.h"

#include <algorithm>
#include <utility>

namespace rateguard {

ReadPace::ReadPace(std::chrono::milliseconds every, std::function<void()> read)
    : m_every(every)
    , m_read(std::move(read))
{
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { begin(); });
}

void ReadPace::start()
{
    m_isRunning = true;
    if (m_isReading) {
        m_isWished = true;
    } else {
        begin();
    }
}

void ReadPace::stop()
{
    m_isRunning = false;
    m_isWished = false;
    m_timer.stop();
}

void ReadPace::wish()
{
    if (m_isReading) {
        m_isWished = m_isRunning;
    } else if (m_isRunning) {
        const auto left = std::max(m_rest - std::chrono::milliseconds(m_clock.elapsed()), std::chrono::milliseconds(0));
        m_timer.start(std::min(left, m_timer.remainingTimeAsDuration()));
    }
}

void ReadPace::begin()
{
    m_timer.stop();
    m_isReading = true;
    m_clock.start();
    m_read();
}

void ReadPace::done()
{
    m_isReading = false;
    m_rest = std::clamp(std::chrono::milliseconds(m_clock.elapsed()) * 10, shortestRest, longestRest);
    m_clock.start();
    if (m_isRunning) {
        m_timer.start(std::exchange(m_isWished, false) ? m_rest : m_every);
    }
}

} // namespace rateguard
