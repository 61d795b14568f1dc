// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QString>

#include <optional>

namespace rateguard {

// What «Undo» would do: bring an edit that gives back what stood before into the editor of a policy, or lead to an edit in the
// history, where its revert can be seen before it is sent; or why neither can be.
struct UndoOffer
{
    std::optional<LimitEdit> edit; // with a reason
    std::optional<AuditEntry> entry {}; // or this one, to be reverted
    QString text; // what it does, or why there is nothing to undo
    QString what {}; // is undone, and whose it is when somebody else made it: "ban of alice", "ada's edit of search, v3"; empty: not known
    std::string policy {}; // that it is about

    bool isPossible() const { return edit || entry; }
    bool saysTheSame(const UndoOffer &other) const { return isPossible() == other.isPossible() && text == other.text && what == other.what && policy == other.policy; }
};

QString undoneText(const AuditEntry &edit); // as in UndoOffer::what

// Of the policy's last edit. `history`: null while it is not known.
UndoOffer undoOffer(const std::string &policy, const Rule &now, const EditHistory *history, Instant time);

} // namespace rateguard
