// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/StepSize.h"

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
    StepSize size = StepSize::Small;
};

// Asks what askingFor() says, and at once does what needs no asking.
// Does not stop the window; `go` runs when it was confirmed, and never when `parent` has gone.
void confirm(QWidget *parent, Environment environment, const Step &step, std::function<void()> go);
// The same after a dialog that has listed what will be done: that was the question, and only a name is still asked for.
void confirmListed(QWidget *parent, Environment environment, const Step &step, std::function<void()> go);

QString askingLabel(const QString &verb, bool asks); // of a button: dots when something more is asked
QString askingLabel(const QString &verb, Environment environment, StepSize size);

} // namespace rateguard
