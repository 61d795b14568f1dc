// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/OverrideEdit.h"
#include "models/Environment.h"
#include "models/KeyStanding.h"

namespace rateguard {

// How much a step does, and what is asked before it: one rule for all that can be done, wherever it is offered.
//
//                     small      medium     large
//    development      nothing    nothing    a question
//    test, unmarked   nothing    a question a question
//    production       a question a question the name, typed
//
// Large is what shuts somebody out, or opens all of a policy: a ban; a limit cut by more than half, or to less than half of what
// the key gets through now; a limit taken away; a policy switched off; everything let through; five edits at once.
// Medium is what opens for one key, changes whether a policy rejects, or cannot be taken back: an exemption, a ban lifted, ten
// times the limit or more; shadow, or enforce again; a reset; two edits at once. All else is small.
//
// An undo, a revert and the end of a ban are the edits that they send. A dialog that lists what will be done before it is done
// is the question; on top of it only the name is asked for. A label ends in dots exactly when something more is asked.
enum class StepSize : std::uint8_t { Small, Medium, Large };
enum class Asking : std::uint8_t { Nothing, Question, Name };

Asking askingFor(Environment environment, StepSize size);

// `now`: what holds when it is made; without a limit: nothing does.
StepSize sizeOf(const Rule &now, const LimitEdit &edit);
StepSize sizeOf(const KeyStanding &now, const OverrideEdit &edit);
StepSize sizeOfMany(std::size_t edits, StepSize largest); // made at once

// Requests per second that a limit admits in the long run: its strictest window decides. Without one: as many as come.
double sustained(const Limits &limit);

} // namespace rateguard
