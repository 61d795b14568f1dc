// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/LimitFault.h"
#include "engine/Undo.h"

#include <QString>

namespace rateguard {

// What the engine refuses, in words: what is wrong, and what to do. For plain-text labels and terminals.

QString limitFaultText(const LimitFault &fault); // "'10' is not a limit: write COUNT/WINDOW, …"
QString undoRefusalText(const UndoRefusal &refusal); // a sentence or two

} // namespace rateguard
