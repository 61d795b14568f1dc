// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "DecisionCases.h"

namespace rateguard {

// Two windows on one policy beside one. Throws BenchError when something cannot be measured at all.
void measureSeveralWindows(const Plan &plan, GoalTable &table);

// Without goals: what stands beside the floor, traffic whose windows run over all the time, and calls one by one.
void measureSurroundings(const Plan &plan, GoalTable &table);

} // namespace rateguard
