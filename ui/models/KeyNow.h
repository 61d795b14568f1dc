// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/WindowFill.h"

namespace rateguard {

// How a key fares at one moment. All that is said of it beside its figures comes from them, so that they agree.
struct KeyNow
{
    Instant at; // the moment: now, or, when Redis has not answered for a while, soon after it did
    bool isOld = false; // it has not
    bool watches = false; // the policy is in shadow mode
    // A window not much longer than the time between two readings would run empty until the next: then all fills stand as they were read.
    bool stands = false;
    Instant filledAt; // the moment of the fills: `at`, or that of the reading
    std::vector<WindowFill> fills;
    KeyState state = KeyState::Quiet;
};

// `policy` may be null: it has no limit. `nearShare`: of a limit, from here on the key is near. O(stamps).
KeyNow keyNow(const KeyDetail &detail, const PolicyRow *policy, double nearShare, Instant now);

// What a request would be told: "Rejected, and told to wait 3.2 s: the last 60 s are full." Counts down; why there is no
// answer, if there is none.
QString nextDecisionText(const KeyDetail &detail, const KeyNow &now);

} // namespace rateguard
