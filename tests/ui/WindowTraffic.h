// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "BusyTraffic.h"
#include "widgets/MainWindow.h"

namespace rateguard {

// A window that watches made-up traffic, step by step.

// The next snapshot, to be changed before it is drawn.
inline std::shared_ptr<Snapshot> made(const MainWindow &window, BusyTraffic &traffic)
{
    traffic.request = window.wanted();
    return traffic.next();
}

inline void next(MainWindow &window, BusyTraffic &traffic)
{
    window.apply(made(window, traffic));
}

// What was wanted since, at the same moment.
inline void answer(MainWindow &window, BusyTraffic &traffic)
{
    traffic.request = window.wanted();
    window.apply(traffic.answer());
}

} // namespace rateguard
