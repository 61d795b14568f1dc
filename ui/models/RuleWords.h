// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Limit.h"

#include <QString>

namespace rateguard {

// Limits and modes in words. `now` is the server's time.

// The rule without an end that has come: its mode is then what came after.
Rule inForce(const Rule &rule, Instant now);

QString modeText(Mode mode);
QString timeLeft(Duration left); // rounded up: "38 s", "7 min", "1 h 20 min", "2 d 4 h"
QString ruleText(const Rule &rule); // "60/min enforce"
QString ruleText(const Rule &rule, Instant now); // "60/min shadow (7 min left)"
QString modeWithEnd(const Rule &rule, Instant now); // "shadow, ends in 7 min, then enforce"

// Why it cannot be a limit, and what to do; empty when it can.
QString limitProblem(const Limits &limit);

// A window to add: a longer one of those that people use, or else a shorter one. At the rate of the longest, so that it
// changes nothing yet. Requires: not empty, and room for one more.
Limit nextWindow(const Limits &limit);

Limits without(const Limits &limit, std::size_t index);

} // namespace rateguard
