// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "DecisionCases.h"

namespace rateguard {

// How cost follows the size of a limit: the memory of a full window, and limits from 10 to 100,000.
// Each throws BenchError when something cannot be measured at all.
void measureMemory(const Plan &plan, GoalTable &table);
void measureGrowth(const Plan &plan, GoalTable &table);

} // namespace rateguard
