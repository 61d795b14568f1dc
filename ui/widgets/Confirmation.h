// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/Environment.h"

#include <QString>

#include <functional>

class QWidget;

namespace rateguard {

// A step that an operator is about to take.
struct Step
{
    QString what; // "Ban scraper 198.51.100.23 under search for 30 min"; plain text
    QString effect {}; // what it means for clients, if that is not plain from the above
    QString typed {}; // what must be typed to confirm a large step in production: the name of the policy or key
    bool isLarge = false; // rejects everybody, lifts all limits, cuts a limit by more than half, touches many
};

// Asks before the step, the more the larger it is and the more the environment matters: nothing in development, a question
// before large steps in test and where nothing is marked, always in production, where a large step asks for a typed name.
// Does not stop the window; `go` runs when it was confirmed, and never when `parent` has gone.
void confirm(QWidget *parent, Environment environment, const Step &step, std::function<void()> go);

} // namespace rateguard
