// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QString>

namespace rateguard {

// Why a key was rejected, and what it would be told now, in plain sentences. `now` is the server's time.

// "Rejected 0.2 s ago: 60 of 60 used in the last 60 s. It was told to wait 3.2 s. Limit search 60/min, v3, set 94 s ago by
// ada@oncall-2: “scraper eats the index”." Who set it is left out when `history` (may be null) does not know.
QString rejectionText(const KeyDetail &detail, const PolicyRow *policy, const EditHistory *history, Instant now);

// How long its rejections have gone on without a calm: "for 12 min, since 04:01:02", "for 3 min or longer, …". Empty when they
// have stopped: none for Rejection::calm.
QString runText(const Rejection &last, Instant now);

// "Rejected, and told to wait 3.2 s." Counts down; why there is no answer, if there is none.
QString nextDecisionText(const KeyDetail &detail, Instant now);

} // namespace rateguard
