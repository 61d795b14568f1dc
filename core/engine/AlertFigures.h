// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/AlertRule.h"
#include "engine/Snapshot.h"

namespace rateguard {

// What alert rules look at, drawn from a snapshot. Costs a copy of the policies' names and of the short lists.
struct AlertFigures
{
    struct Part
    {
        std::string policy;
        std::string key; // empty: the whole policy
        Rates rates;
    };

    bool live = false; // figures are of now
    std::optional<bool> away; // the server answered once and does not now; nothing: it never did, or none was chosen
    Rates rates;
    std::uint64_t decisions = 0; // so far
    std::uint64_t nearCount = 0;
    std::optional<double> lag; // ms; nothing: not known
    std::vector<Part> policies;
    std::vector<Part> offenders; // the worst first
    std::vector<Part> nearLimit; // the fullest first

    static AlertFigures of(const Snapshot &snapshot);
};

// A rule's figure, and the key that has the largest part in it.
struct AlertReading
{
    std::optional<double> value; // nothing: cannot be known now
    std::string policy; // empty: no key stands out
    std::string key;
};

Rates alertRates(const AlertRule &rule, const AlertFigures &figures); // of what the rule is about, at this moment

// `rates`: what alertRates said, or their mean. Silence reads 1 while there are no decisions at this moment, disconnection while the server does not answer any more, and
// nothing if it never did. While it does not, nothing else is known. `decisionsBefore`: of the reading before.
AlertReading readAlert(const AlertRule &rule, const AlertFigures &figures, const Rates &rates, std::uint64_t decisionsBefore);

} // namespace rateguard
