// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/AuditEntry.h"
#include "engine/LimitEdit.h"

#include <vector>

namespace rateguard {

// Why an edit cannot be undone; undoRefusalText (ui/format) has the words.
struct UndoRefusal
{
    enum class Why : std::uint8_t {
        NoEdit, // the audit knows none of this limit
        NotItsEdit, // Redis holds version `known` (0: nothing), and the last edit made `version`
        NotMade, // no edit to `version` yet; the last made `known`
        Forgotten, // the audit reaches back to `known` only
        NothingBefore, // no limit before `version`, and none now
        Unreadable, // what stood before `version`
        AlreadySo, // as before `version`
    };

    Why why = Why::NoEdit;
    std::uint64_t version = 0;
    std::uint64_t known = 0;
};

// The edit that gives a policy back what stood before its last edit, or before `version`: a new edit, against the version that
// it has now, as if somebody had typed it. An undo is an edit, too: undone, it is made again.
// `edits` are those of this policy, newest first; `now` is what Redis holds, with version 0 for nothing, without a limit when
// it is unreadable. Nothing when there is nothing to undo; `refusal` then says why. A timed mode gets the
// time it would still have had.
std::optional<LimitEdit> undoEdit(const std::vector<AuditEntry> &edits, const Rule &now, std::optional<std::uint64_t> version, Instant time,
    UndoRefusal *refusal);

} // namespace rateguard
