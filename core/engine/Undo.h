// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/AuditEntry.h"
#include "engine/LimitEdit.h"

#include <vector>

namespace rateguard {

// The edit that gives a policy back what stood before its last edit, or before `version`: a new edit, against the version that
// it has now, as if somebody had typed it. An undo is an edit, too: undone, it is made again.
// `edits` are those of this policy, newest first; `now` is what Redis holds, with version 0 for nothing, without a limit when
// it is unreadable. Nothing when there is nothing to undo; `why` then says so. A timed mode gets the time it would still have had.
std::optional<LimitEdit> undoEdit(const std::vector<AuditEntry> &edits, const Rule &now, std::optional<std::uint64_t> version, Instant time, std::string *why);

} // namespace rateguard
