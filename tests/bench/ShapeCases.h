// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "DecisionCases.h"

namespace rateguard {

// How cost follows the shape of a limit: the memory of a full window, larger counts, several windows, windows that run
// over. Each throws BenchError when something cannot be measured at all.
void measureMemory(const Plan &plan, GoalTable &table);
void measureGrowth(const Plan &plan, GoalTable &table);
void measureSeveralWindows(const Plan &plan, GoalTable &table);

// Without goals: what stands beside the floor, traffic whose log runs over all the time, and calls one by one.
void measureSurroundings(const Plan &plan, GoalTable &table);

} // namespace rateguard
