// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "FrameMeter.h"

#include <QAbstractEventDispatcher>
#include <QEvent>
#include <QWidget>

#include <algorithm>
#include <ctime>
#include <utility>

namespace rateguard {

FrameMeter::FrameMeter(int &count, char **words)
    : QApplication(count, words)
{
    auto *loop = QAbstractEventDispatcher::instance();
    connect(loop, &QAbstractEventDispatcher::awake, this, &FrameMeter::begin);
    connect(loop, &QAbstractEventDispatcher::aboutToBlock, this, &FrameMeter::end);
    begin();
}

bool FrameMeter::notify(QObject *receiver, QEvent *event)
{
    const bool isPaint = event->type() == QEvent::Paint && receiver->isWidgetType();
    const bool result = QApplication::notify(receiver, event);
    if (isPaint) {
        m_isFrame = true;
        if (painted) {
            painted(receiver);
        }
    }
    return result;
}

void FrameMeter::begin()
{
    if (!m_clock.isValid()) {
        m_clock.start();
        m_own = ownTime();
    }
}

void FrameMeter::end()
{
    if (std::exchange(m_isFrame, false) && m_clock.isValid()) {
        wall.push_back(static_cast<double>(m_clock.nsecsElapsed()) / 1e6);
        own.push_back(static_cast<double>(ownTime() - m_own) / 1e6);
    }
    m_clock.invalidate();
}

void FrameMeter::clear()
{
    wall.clear();
    own.clear();
}

qint64 ownTime()
{
    timespec time {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * 1'000'000'000 + time.tv_nsec;
}

double percentile(std::vector<double> values, double share)
{
    if (values.empty()) {
        return 0;
    }
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

} // namespace rateguard
