// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/OverrideEdit.h"

#include <QString>

namespace rateguard {

// What holds for single keys, in words.

QString overrideText(const Override &value); // "ban", "exempt", "own limit 30/min"
QString overrideEnd(const Override &value, Instant now); // "8 min", "never"
QString overrideWish(const OverrideEdit &edit); // "ban for 10 min", "own limit 30/min", "no override"
QString overrideOutcomeText(const OverrideOutcome &outcome, Instant now); // begins with a sign

// Whether the edit is a large step: it rejects everything of a key.
bool isLargeStep(const OverrideEdit &edit);

} // namespace rateguard
