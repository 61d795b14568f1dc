// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

namespace rateguard {

// One key as the table holds it: its name and the latest figures.
struct KeyEntry
{
    std::string policy;
    std::string key;
    KeyRow row;
    bool known = false; // the feed lists it
    bool shown = false; // the filter lets it through

    double usedShare() const { return row.limit == 0 ? 0 : static_cast<double>(row.used) / row.limit; }
};

} // namespace rateguard
