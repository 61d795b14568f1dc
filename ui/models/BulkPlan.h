// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/BulkRun.h"

namespace rateguard {

// What is wished for many policies at once.
struct BulkWish
{
    double factor = 1; // of every count
    std::optional<Mode> mode; // nothing: each keeps its own, and its end
    std::optional<Duration> modeFor; // of the mode
    std::string reason;
};

// Edits that are made together, one for each policy or key that would change. `now` is the server's time.

Limits scaled(const Limits &limit, double factor); // rounded, and within what a limit may be
std::vector<BulkStep> planEdit(const std::vector<PolicyRow> &policies, const BulkWish &wish, Instant now);

// Lets everything through for a time, under policies that might reject something before that time is over.
std::vector<PolicyRow> openLonger(const std::vector<PolicyRow> &policies, Duration span, Instant now); // by itself
std::vector<BulkStep> planKillSwitch(const std::vector<PolicyRow> &policies, Mode mode, Duration span, const std::string &reason, Instant now);

// Policies that let everything through, but only for a time.
std::vector<PolicyRow> letThrough(const std::vector<PolicyRow> &policies, Instant now);
// Whether each was set together with others: for the same mode and to the same end, as by the switch for all. When none was, all are.
std::vector<bool> setTogether(const std::vector<PolicyRow> &open);
std::vector<BulkStep> planEndNow(const std::vector<PolicyRow> &policies, const std::string &reason, Instant now); // of those

std::vector<BulkStep> planLift(const std::vector<KeyOverride> &overrides, const std::string &reason, const Snapshot &latest);

StepSize sizeOf(const std::vector<BulkStep> &steps); // together

} // namespace rateguard
