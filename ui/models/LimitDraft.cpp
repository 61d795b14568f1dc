// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/LimitDraft.h"

#include <QCoreApplication>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::LimitDraft)
};

} // namespace

LimitDraft::LimitDraft(const PolicyRow &row) : policy(row.name)
{
    follow(row.valid ? row.rule : Rule {limit, mode, 0});
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
    return !isTouched() && !isPending() && m_settled == 0;
}

void LimitDraft::observe(const PolicyRow &row)
{
    if (isPending() || (m_new && m_await == Await::Nothing))
        return; // what it means, the outcome will tell
    if (m_settled != 0 && row.valid && row.rule.version < m_settled)
        return; // read before our edit
    m_settled = 0;
    if (m_outcome && m_outcome->status == EditOutcome::Status::Applied && row.rule.version != m_outcome->after.version)
        m_outcome.reset(); // it has been changed since
    if (!row.valid) {
        becomeUnreadable();
        return;
    }
    const bool found = m_await == Await::Lookup && wishIs(row.rule);
    m_valid = true;
    m_theirs = row.rule;
    if (!isTouched() || found)
        follow(row.rule);
    if (found) {
        m_new = false;
        forgetReason();
    }
}

void LimitDraft::observeGone()
{
    if (m_new || isPending() || m_settled != 0)
        return;
    m_theirs = {};
}

void LimitDraft::becomeUnreadable()
{
    m_new = false;
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
    follow(m_theirs);
    reason.clear();
}

void LimitDraft::keepMine()
{
    m_new = false;
    m_valid = true;
    m_shown = m_theirs;
    m_outcome.reset();
}

void LimitDraft::revert()
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
}

LimitEdit LimitDraft::submit(std::uint64_t id, std::string author)
{
    LimitEdit edit;
    edit.id = id;
    edit.policy = policy;
    edit.limit = limit;
    edit.mode = mode;
    if (m_valid)
        edit.expectedVersion = m_shown.version;
    edit.author = std::move(author);
    edit.reason = reason;
    m_await = Await::Answer;
    m_edit = id;
    m_sentReason = reason;
    m_outcome.emplace();
    m_outcome->id = id;
    m_outcome->policy = policy;
    return edit;
}

bool LimitDraft::settle(const EditOutcome &outcome)
{
    using Status = EditOutcome::Status;
    if (outcome.id == 0 || outcome.id != m_edit)
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
    case Status::Applied: fulfil(outcome.after); break;
    case Status::Conflict:
        m_settled = 0;
        if (outcome.after.version != 0 && outcome.after.limit.empty())
            becomeUnreadable();
        else
            m_theirs = outcome.after;
        break;
    case Status::Refused: break;
    }
    m_await = Await::Nothing;
    return true;
}

void LimitDraft::fulfil(const Rule &rule)
{
    const bool dropped = m_await == Await::Lookup && !isTouched(); // reverted since: there is no wish to keep
    m_new = false;
    m_valid = true;
    m_shown = rule;
    m_theirs = rule;
    m_settled = rule.version;
    if (dropped)
        follow(rule);
    forgetReason();
}

void LimitDraft::forgetReason()
{
    if (reason == m_sentReason)
        reason.clear();
}

QString LimitDraft::diff() const
{
    const Rule wish {limit, mode, m_shown.version + 1};
    if (m_new)
        return Words::tr("%1, new").arg(ruleText(wish));
    if (!m_valid)
        return Words::tr("unreadable → %1").arg(ruleText(wish));
    if (!isChanged())
        return Words::tr("%1, v%2").arg(ruleText(m_shown)).arg(m_shown.version);
    return Words::tr("%1 → %2, v%3 → v%4").arg(ruleText(m_shown), ruleText(wish)).arg(m_shown.version).arg(wish.version);
}

QString ruleText(const Rule &rule)
{
    QString mode;
    switch (rule.mode) {
    case Mode::Enforce: mode = Words::tr("enforce"); break;
    case Mode::Shadow: mode = Words::tr("shadow"); break;
    case Mode::Off: mode = Words::tr("off"); break;
    }
    return QString::fromStdString(formatLimit(rule.limit)) + QLatin1Char(' ') + mode;
}

} // namespace rateguard
