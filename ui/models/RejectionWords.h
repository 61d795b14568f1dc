// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QString>

namespace rateguard {

// Why a key was rejected, in plain sentences. `now` is the server's time.

// "Rejected 0.2 s ago: the limit of 60 in 60 s was used up. It was told to wait 3.2 s. Limit search 60/min, v3, set 94 s ago by
// ada@oncall-2: “scraper eats the index”." Who set it is left out when `history` (may be null) does not know.
QString rejectionText(const KeyDetail &detail, const PolicyRow *policy, const EditHistory *history, Instant now);

// How long it has been rejected again and again, with no calm between: "for 12 min, since 04:01:02", "for 3 min or longer, …".
// Empty when that has stopped: none for Rejection::calm.
QString runText(const Rejection &last, Instant now);

} // namespace rateguard
