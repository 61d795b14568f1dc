// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Decision.h"
#include "engine/LimitEdit.h"

#include <deque>
#include <vector>

namespace rateguard {

// Follows edits from the moment they are sent to the first decision made under them. Lives on the feed thread.
// Events may overtake the answer of an edit, since they come on another connection; so candidates are kept from the start.
class EditTracker
{
public:
    static constexpr std::size_t maxOpen = 64;

    // An edit whose answer was lost.
    struct Unresolved
    {
        LimitEdit edit;
        Instant sent; // server time
    };

    void sent(const LimitEdit &edit, std::uint64_t knownVersion, Instant now = {});
    // Whatever is known of it is news for the next snapshot.
    void outcome(EditOutcome outcome);
    // Cheap while no edit is open.
    void decided(const DecisionEvent &event)
    {
        if (!m_open.empty()) {
            look(event);
        }
    }
    // Sent, and not heard of since.
    bool isPending(std::uint64_t id) const;
    // They are open until an outcome says what became of them.
    std::vector<Unresolved> unresolved() const;
    // What was found out about one of them; no news once it is known, as when it was looked up twice or its own answer came.
    void resolved(const EditOutcome &outcome);
    // Takes over from the tracker of a connection that was replaced: what had no answer yet is Unknown now, and with
    // `sameRedis` stays open until it is looked up.
    void inherit(EditTracker &before, bool sameRedis);
    std::vector<EditOutcome> takeNews();

private:
    struct Open
    {
        LimitEdit edit;
        Instant sent;
        std::uint64_t knownVersion = 0;
        EditOutcome last;
        std::uint64_t candidateVersion = 0;
        Instant candidateAt;
    };

    void look(const DecisionEvent &event);
    void finish(Open &open);

    std::deque<Open> m_open;
    std::vector<EditOutcome> m_news;
};

} // namespace rateguard
