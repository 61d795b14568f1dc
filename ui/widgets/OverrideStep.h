// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "widgets/Confirmation.h"

namespace rateguard {

class SpanChoice;

// For how long: a usual time, another one that is typed, or until it is lifted.
SpanChoice *overrideSpan(QWidget *parent);

// What is confirmed before an edit of a single key, wherever it is made.
Step overrideStep(const OverrideEdit &edit, const KeyStanding &now);

} // namespace rateguard
