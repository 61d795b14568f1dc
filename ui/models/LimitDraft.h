// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/StepSize.h"
#include "models/RuleWords.h"

#include <optional>

namespace rateguard {

// An edit in the making: what the operator was shown, what Redis holds by now, and what is wished for. Incoming snapshots
// never touch the wish. Version 0 in `shown` means: a policy that does not exist yet, or any more, or that cannot be read.
class LimitDraft
{
public:
    LimitDraft() = default;
    LimitDraft(const PolicyRow &policy, Instant now);
    static LimitDraft forNewPolicy();

    std::string policy;
    Limits limit {60, std::chrono::minutes(1)};
    Mode mode = Mode::Enforce;
    std::optional<Instant> until; // the end that the mode has in Redis, and keeps
    std::optional<Duration> modeFor; // or a new one, so long after the edit
    std::string reason;

    bool isNew() const { return m_new; }
    bool isNamed() const; // what the new policy is called was sent, and stays
    bool isTouched() const { return m_new || !wishIs(m_shown); } // the operator wishes for something
    bool isValid() const { return m_valid; } // else what Redis holds cannot be read
    bool isChanged() const { return isTouched() || !m_valid || m_gone; } // there is something to write
    bool isOvertaken() const; // somebody else changed the policy under the draft
    bool isGone() const { return m_gone; } // the limit was taken away; applying the wish makes it anew
    bool isPending() const { return m_await == Await::Answer; }
    bool isIdle() const; // nothing would be lost by dropping it
    const Rule &shown() const { return m_shown; } // an end that has come is not in it
    const Rule &theirs() const { return m_theirs; } // without a limit: there is none any more
    StepSize size() const; // of the wish
    Instant now() const { return m_now; }
    Mode after() const; // what a mode with an end becomes
    void wishMode(Mode wished); // an end that runs belongs to its mode
    const std::optional<EditOutcome> &outcome() const { return m_outcome; } // of the latest edit, until it says nothing any more

    void pass(Instant now); // modes may end
    void observe(const PolicyRow &policy); // what the latest snapshot says; an untouched draft follows it
    void observeAway(); // the connection is not live: what was said of an edit that was made may no longer be true
    void observeGone(); // the policy is not in the list
    void wish(const LimitEdit &edit); // a whole edit, as if it had been typed
    void touched(); // the operator changed the wish
    void takeTheirs(); // drops the wish
    void keepMine(); // the wish stays, on top of theirs
    void discard(); // drops the wish; an edit whose reply was lost is still waited for

    LimitEdit submit(std::uint64_t id, std::string author); // pending until settle()
    LimitEdit submitUnset(std::uint64_t id, std::string author); // takes the limit away
    // False: not ours. An edit may be settled more than once: Unknown first, then what was found when it was looked up.
    bool settle(const EditOutcome &outcome);

private:
    enum class Await { Nothing, Answer, Lookup }; // Lookup: the reply was lost, the edit may have been made
    bool wishIs(const Rule &rule) const { return !modeFor && limit == rule.limit && mode == rule.mode && until == rule.until; }
    bool isMade(const Rule &rule) const; // rule may be what became of the wish
    bool isAsTold(const EditOutcome &made, std::uint64_t version) const; // else it has been changed since
    void follow(const Rule &rule);
    void send(LimitEdit &edit, std::uint64_t id, std::string author);
    void fulfil(const Rule &rule); // our edit was made
    void becomeUnreadable();
    void becomeGone();
    void forgetReason(); // of the edit that was made; one typed since stays

    Rule m_shown;
    Rule m_theirs;
    bool m_new = false;
    bool m_valid = true;
    bool m_gone = false;
    Instant m_now; // server time
    Await m_await = Await::Nothing;
    LimitEdit m_sent; // the latest edit; id 0: none yet
    std::optional<Instant> m_sentUntil;
    std::optional<EditOutcome> m_outcome;
    std::uint64_t m_settled = 0; // version that our edit made; older snapshots may still arrive
};

} // namespace rateguard
