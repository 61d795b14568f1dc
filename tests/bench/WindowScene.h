// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "FrameMeter.h"

namespace rateguard {

// Each shows the real window on the real feed, in a process of its own, and prints figures as lines of "name value".
struct WindowScene
{
    QString url;
    std::uint32_t keys = 0; // wait until so many are known
    int seconds = 10; // to measure

    int underLoad(FrameMeter &app) const; // the table sorted by rejected/s, the charts live; then an operator who scrolls, sorts, filters
    int idle(FrameMeter &app) const; // seen, then hidden, on a quiet Redis
    static int start(FrameMeter &app); // until the first paint of the start page
    static int empty(FrameMeter &app); // the same for an empty window with a chart
};

} // namespace rateguard
