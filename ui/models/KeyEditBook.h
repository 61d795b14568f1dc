// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <deque>

namespace rateguard {

// The edits of single keys that one page asked for, and what became of them: the latest of each key, of the last few keys.
class KeyEditBook
{
public:
    struct Sent
    {
        OverrideEdit edit;
        OverrideOutcome outcome; // pending at first

        bool isPending() const { return outcome.status == OverrideOutcome::Status::Pending; }
    };
    static constexpr std::size_t most = 50;

    explicit KeyEditBook(std::uint64_t firstId) : m_nextId(firstId) { } // nobody else uses ids from here on

    OverrideEdit send(OverrideEdit edit); // with its id
    bool settle(const OverrideOutcome &outcome); // false: not ours. May come twice: Unknown first, then what was found
    // Forgets what was made of that key when it does not hold any more by what Redis says of it, and what was only for once after
    // a minute. False: nothing was forgotten.
    bool forgetOver(const KeyDetail &detail);
    void clear() { m_sent.clear(); } // of another Redis nothing is known
    const Sent *of(const std::string &policy, const std::string &key) const; // null when there is none

private:
    std::uint64_t m_nextId;
    std::deque<Sent> m_sent; // latest first
};

} // namespace rateguard
