// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QString>

#include <optional>

namespace rateguard {

// What «Undo last edit» would do to a policy: an edit that gives back what stood before its last one; or why it cannot.
struct UndoOffer
{
    std::optional<LimitEdit> edit; // with a reason
    QString text; // what it does, or why there is nothing to undo
    QString what; // is undone: "search v3 by ada"; empty: nothing

    bool saysTheSame(const UndoOffer &other) const { return edit.has_value() == other.edit.has_value() && text == other.text && what == other.what; }
};

// `history`: null while it is not known.
UndoOffer undoOffer(const std::string &policy, const Rule &now, const EditHistory *history, Instant time);

} // namespace rateguard
