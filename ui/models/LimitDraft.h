// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QString>

namespace rateguard {

// An edit in the making: what the operator was shown, what Redis holds by now, and what is wished for. Incoming snapshots
// never touch the wish. Version 0 in `shown` means: a policy that does not exist yet.
class LimitDraft
{
public:
    LimitDraft() = default;
    explicit LimitDraft(const PolicyRow &policy);
    static LimitDraft forNewPolicy();

    std::string policy;
    Limit limit {60, std::chrono::minutes(1)};
    Mode mode = Mode::Enforce;
    std::string reason;

    bool isNew() const { return m_new; }
    bool isChanged() const; // the wish differs from what was shown
    bool isOvertaken() const; // somebody else changed the policy under the draft
    bool isPending() const { return m_pending != 0; }
    bool isIdle() const; // nothing would be lost by dropping it
    bool isUnreadable() const { return !m_valid; }
    const Rule &shown() const { return m_shown; }
    const Rule &theirs() const { return m_theirs; }

    void observe(const PolicyRow &policy); // what the latest snapshot says; an untouched draft follows it
    void observeGone(); // the policy is not in the list
    void takeTheirs(); // drops the wish
    void keepMine(); // the wish stays, on top of theirs
    void revert(); // back to what was shown

    LimitEdit submit(std::uint64_t id, std::string author); // pending until settle()
    bool settle(const EditOutcome &outcome); // false: not ours

    QString diff() const; // "60/min enforce → 100/min enforce, v3 → v4"

private:
    bool wishIs(const Rule &rule) const { return limit == rule.limit && mode == rule.mode; }
    void follow(const Rule &rule);

    Rule m_shown;
    Rule m_theirs;
    bool m_new = false;
    bool m_valid = true;
    bool m_unsure = false; // the reply to our edit was lost
    std::uint64_t m_pending = 0; // id of the edit on its way
    std::uint64_t m_settled = 0; // version that our edit made; older snapshots may still arrive
};

QString ruleText(const Rule &rule); // "60/min enforce"

} // namespace rateguard
