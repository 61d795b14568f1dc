// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/LimitEdit.h"

namespace rateguard {

// Requests per second that a limit admits in the long run: its strictest window decides.
double sustained(const Limits &limit);

// Whether an edit is a large step: the limit goes, or is cut by more than half, or everybody is let through.
// `now`: what holds when it is made; without a limit: nothing does.
bool isLargeStep(const Rule &now, const LimitEdit &edit);

} // namespace rateguard
