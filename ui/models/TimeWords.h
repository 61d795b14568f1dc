// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Time.h"

#include <QString>

namespace rateguard {

// Times in words.

QString spanText(Duration span); // in the largest unit that leaves no rest, and never "1": "60 s", "250 ms", "24 h", "7 d"
QString agoText(std::chrono::microseconds age); // finer than formatAge: "just now", "0.2 s ago", "94 s ago", "11 min ago"
QString lengthText(Duration length); // in seconds, minutes or hours that are over: "47 s", "23 min"; never below 0
QString leftText(std::chrono::microseconds left); // to count down with, rounded up: "3.2 s", "47 s", "23 min"; never below 0
QString localTimeText(Instant at); // "2026-11-25 04:01:02", as the desk has it
QString shortTimeText(Instant at, Instant now); // of today "04:01:02", of other days "2026-11-24 17:30"
QString utcTimeText(Instant at); // "2026-11-25 04:01:02 UTC"
QString clockText(Instant at); // of today: "04:01:02.123"

} // namespace rateguard
