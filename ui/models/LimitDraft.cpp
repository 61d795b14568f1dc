// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/LimitDraft.h"

namespace rateguard {

LimitDraft::LimitDraft(const PolicyRow &row, Instant now) : policy(row.name), m_now(now)
{
    follow(row.valid ? inForce(row.rule, now) : Rule {limit, mode, 0});
    m_valid = row.valid;
}

LimitDraft LimitDraft::forNewPolicy()
{
    LimitDraft draft;
    draft.m_new = true;
    return draft;
}

bool LimitDraft::isNamed() const
{
    return !m_new || m_await != Await::Nothing || isOvertaken();
}

bool LimitDraft::isOvertaken() const
{
    return !isPending() && m_theirs != m_shown && !wishIs(m_shown);
}

bool LimitDraft::isIdle() const
{
    const bool leaving = m_await == Await::Lookup && m_sent.unset;
    return !isTouched() && !isPending() && m_settled == 0 && !leaving;
}

Mode LimitDraft::after() const
{
    if (m_new || !m_valid || m_gone)
        return Mode::Enforce;
    return m_shown.until ? m_shown.after : m_shown.mode;
}

void LimitDraft::wishMode(Mode wished)
{
    mode = wished;
    until = wished == m_shown.mode ? m_shown.until : std::nullopt;
    if (until || mode == after())
        modeFor.reset();
}

void LimitDraft::pass(Instant now)
{
    m_now = now;
    const Rule before = m_shown;
    m_shown = inForce(m_shown, now);
    m_theirs = inForce(m_theirs, now);
    if (before.until && !m_shown.until && until == before.until)
        wishMode(m_shown.mode); // nobody wished for more than that it may go on
}

bool LimitDraft::isMade(const Rule &rule) const
{
    const bool ends = modeFor ? rule.until && rule.version > m_shown.version : until == rule.until;
    return ends && limit == rule.limit && mode == rule.mode;
}

// A default that a service registers again leaves it true that a limit was taken away.
bool LimitDraft::isAsTold(const EditOutcome &made, std::uint64_t version) const
{
    return version == (made.replacedBy ? made.replacedBy->version : made.after.version + (m_sent.unset ? 1 : 0));
}

void LimitDraft::observe(const PolicyRow &row)
{
    if (isPending() || (m_new && m_await == Await::Nothing))
        return; // what it means, the outcome will tell
    if (m_settled != 0 && row.valid && row.rule.version < m_settled)
        return; // read before our edit
    m_settled = 0;
    if (m_outcome && m_outcome->status == EditOutcome::Status::Applied && !isAsTold(*m_outcome, row.rule.version))
        m_outcome.reset();
    if (!row.valid) {
        becomeUnreadable();
        return;
    }
    const Rule rule = inForce(row.rule, m_now);
    const bool found = m_await == Await::Lookup && !m_sent.unset && isMade(rule);
    m_valid = true;
    m_theirs = rule;
    if (!isTouched() || found) {
        follow(rule);
        m_gone = false;
    }
    if (found) {
        m_new = false;
        forgetReason();
    }
}

void LimitDraft::observeGone()
{
    if (m_new || isPending() || (m_settled != 0 && !m_gone))
        return;
    m_settled = 0;
    m_theirs = m_gone ? m_shown : Rule {};
}

void LimitDraft::becomeGone()
{
    m_new = false;
    m_valid = true;
    m_gone = true;
    follow({limit, mode, 0});
}

void LimitDraft::becomeUnreadable()
{
    m_new = false;
    m_gone = false;
    m_valid = false;
    m_shown.version = 0; // the wish stays: what was there last is a good mend
    m_theirs = m_shown;
}

void LimitDraft::touched()
{
    if (m_outcome && m_outcome->status == EditOutcome::Status::Applied && isChanged())
        m_outcome.reset(); // of the edit before
}

void LimitDraft::observeAway()
{
    if (m_outcome && m_outcome->status == EditOutcome::Status::Applied)
        m_outcome.reset();
}

void LimitDraft::takeTheirs()
{
    m_new = false;
    m_valid = true;
    m_gone = false;
    follow(m_theirs);
    reason.clear();
}

void LimitDraft::keepMine()
{
    m_new = false;
    m_valid = true;
    m_shown = m_theirs;
    m_gone = m_theirs.limit.empty();
    if (until && until != m_shown.until) { // the end that went on is not theirs: it becomes one of ours
        modeFor = std::chrono::ceil<std::chrono::seconds>(*until - m_now);
        until.reset();
    }
    m_outcome.reset();
}

void LimitDraft::discard()
{
    m_outcome.reset();
    if (m_new)
        return;
    follow(m_theirs);
    reason.clear();
}

void LimitDraft::follow(const Rule &rule)
{
    m_shown = rule;
    m_theirs = rule;
    limit = rule.limit;
    mode = rule.mode;
    until = rule.until;
    modeFor.reset();
}

StepSize LimitDraft::size() const
{
    LimitEdit edit;
    edit.limit = limit;
    edit.mode = mode;
    edit.keepMode = until.has_value();
    return sizeOf(m_shown, edit);
}

LimitEdit LimitDraft::submit(std::uint64_t id, std::string author)
{
    LimitEdit edit;
    edit.limit = limit;
    edit.mode = mode;
    edit.modeFor = modeFor;
    edit.keepMode = until.has_value(); // and its end with it
    send(edit, id, std::move(author));
    return edit;
}

LimitEdit LimitDraft::submitUnset(std::uint64_t id, std::string author)
{
    LimitEdit edit;
    edit.unset = true;
    send(edit, id, std::move(author));
    return edit;
}

void LimitDraft::send(LimitEdit &edit, std::uint64_t id, std::string author)
{
    edit.id = id;
    edit.policy = policy;
    if (m_valid)
        edit.expectedVersion = m_shown.version;
    edit.author = std::move(author);
    edit.reason = reason;
    m_await = Await::Answer;
    m_sent = edit;
    m_sentUntil = until;
    m_outcome.emplace();
    m_outcome->id = id;
    m_outcome->policy = policy;
}

bool LimitDraft::settle(const EditOutcome &outcome)
{
    using Status = EditOutcome::Status;
    if (outcome.id == 0 || outcome.id != m_sent.id)
        return false;
    if (m_await == Await::Nothing) {
        if (m_outcome && m_outcome->status == outcome.status)
            m_outcome = outcome; // now with the first decision under it
        return true;
    }
    m_outcome = outcome;
    switch (outcome.status) {
    case Status::Pending: return true;
    case Status::Unknown: m_await = Await::Lookup; return true;
    case Status::Applied:
        fulfil(outcome.after);
        if (outcome.replacedBy && outcome.replacedBy->version == 0) {
            becomeGone();
            m_settled = 0;
        } else if (outcome.replacedBy) { // untouched, it follows what the next snapshot says
            m_theirs = inForce(*outcome.replacedBy, m_now);
            m_settled = m_theirs.version;
        }
        break;
    case Status::Conflict:
        m_settled = 0;
        if (outcome.after.version != 0 && outcome.after.limit.empty())
            becomeUnreadable();
        else if (outcome.after.version == 0 && m_sent.unset)
            becomeGone(); // somebody else did it
        else
            m_theirs = inForce(outcome.after, m_now);
        break;
    case Status::Refused: break;
    }
    m_await = Await::Nothing;
    return true;
}

void LimitDraft::fulfil(const Rule &rule)
{
    forgetReason();
    if (m_sent.unset) {
        m_settled = rule.version != 0 ? rule.version : m_shown.version + 1;
        becomeGone();
        return;
    }
    const bool dropped = m_await == Await::Lookup && !isTouched(); // discarded since: there is no wish to keep
    m_new = false;
    m_valid = true;
    m_gone = false;
    m_shown = inForce(rule, m_now);
    m_theirs = m_shown;
    m_settled = rule.version;
    if (dropped) {
        follow(m_shown);
    } else if (until == m_sentUntil && modeFor == m_sent.modeFor && mode == m_sent.mode) {
        wishMode(m_shown.mode); // what it became; an end begins to run
    }
}

void LimitDraft::forgetReason()
{
    if (reason == m_sent.reason)
        reason.clear();
}

void LimitDraft::wish(const LimitEdit &edit)
{
    if (!edit.limit.empty())
        limit = edit.limit;
    if (!edit.keepMode) {
        wishMode(edit.mode);
        if (!(until && !edit.modeFor)) {
            until.reset();
            modeFor = edit.modeFor;
        }
    }
    if (!edit.reason.empty())
        reason = edit.reason;
    touched();
}

} // namespace rateguard
