// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/StepSize.h"

#include <QString>

namespace rateguard {

// The edit that takes an edit of the audit back, against what Redis holds now. Not yet signed: id, author and reason are
// the sender's.
struct RevertPlan
{
    std::optional<LimitEdit> limit; // one of the two, or
    std::optional<OverrideEdit> key;
    QString why; // why it cannot be reverted, and what can be done
    QString now; // what holds now, "60/min enforce, v3"
    QString then; // and what will be sent, "100/min enforce"
    StepSize size = StepSize::Small;

    bool isPossible() const { return limit || key; }
    static RevertPlan of(const AuditEntry &edit, const Snapshot &snapshot);
};

} // namespace rateguard
