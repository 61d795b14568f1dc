// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

namespace rateguard {

// What a key may do now, and does, as far as a snapshot knows.
struct KeyStanding
{
    std::optional<Override> own; // that has not ended
    Limits policy; // its limit; empty: none, or it cannot be read
    bool isEnforced = true; // else the policy rejects nothing
    double admitted = 0; // per second now; 0 also when the snapshot does not list the key
};

// Costs O(rows that the snapshot holds).
KeyStanding keyStanding(const Snapshot &snapshot, const std::string &policy, const std::string &key);
// All that it goes by, for whoever keeps no whole snapshot. Costs the same.
void keepStandings(Snapshot &kept, const Snapshot &latest);

} // namespace rateguard
