// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/UndoOffer.h"

#include <deque>

namespace rateguard {

// What Ctrl+Z is about: the limit or the key that was last edited in this window, and the last edit of that, whose ever it is; as
// long as nothing was edited, the policy in the editor. Costs O(history) when that, a limit or an override has changed.
class UndoBook
{
public:
    void sent(const LimitEdit &edit);
    void sent(const OverrideEdit &edit);
    void clear(); // another Redis
    void offerOfEditor(const UndoOffer &offer); // of the policy that is edited
    void apply(const Snapshot &snapshot); // what became of what was sent, and what holds
    const UndoOffer &offer() const;

private:
    struct Made // an edit
    {
        std::uint64_t id = 0;
        std::string policy;
        std::optional<std::string> key {}; // nothing: of the limit
        bool reset = false;
        std::uint64_t version = 0; // when it is known
        Instant at {}; // likewise, about
    };
    static constexpr std::size_t most = 1000; // that wait for Redis; a bulk edit sends a few at a time

    void remember(Made made);
    template <typename Outcome>
    void settle(const Outcome &outcome, std::uint64_t version);
    UndoOffer ofLast(const Snapshot &snapshot) const;
    UndoOffer ofEntry(const AuditEntry &entry, const Snapshot &snapshot) const;
    bool isLast(const AuditEntry &entry) const;

    std::deque<Made> m_sent; // that Redis has not answered
    std::optional<Made> m_last; // that was made
    UndoOffer m_ofLast;
    UndoOffer m_ofEditor;
    // What m_ofLast was made of.
    std::shared_ptr<const EditHistory> m_history;
    std::shared_ptr<const OverrideList> m_overrides;
    Instant m_at;
    bool m_isFresh = false;
};

} // namespace rateguard
