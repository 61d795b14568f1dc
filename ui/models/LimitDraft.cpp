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

LimitDraft::LimitDraft(const PolicyRow &row)
    : policy(row.name), m_shown(row.rule), m_theirs(row.rule), m_valid(row.valid)
{
    if (m_valid)
        follow(row.rule);
}

LimitDraft LimitDraft::forNewPolicy()
{
    LimitDraft draft;
    draft.m_new = true;
    return draft;
}

bool LimitDraft::isChanged() const
{
    return m_new || !m_valid || !wishIs(m_shown);
}

bool LimitDraft::isOvertaken() const
{
    return !isPending() && m_theirs != m_shown && !wishIs(m_shown);
}

bool LimitDraft::isIdle() const
{
    return !m_new && !isPending() && m_settled == 0 && (!m_valid || wishIs(m_shown));
}

void LimitDraft::observe(const PolicyRow &row)
{
    if (isPending())
        return; // what it means, the outcome will tell
    if (m_settled != 0 && row.valid && row.rule.version < m_settled)
        return; // read before our edit
    m_settled = 0;
    if (!row.valid || !m_valid || m_new) {
        if (m_new && row.valid)
            m_theirs = row.rule;
        else if (!m_new && row.valid)
            *this = LimitDraft(row);
        return;
    }
    const bool untouched = !isChanged();
    m_theirs = row.rule;
    if (untouched || (m_unsure && wishIs(row.rule))) {
        m_unsure = false;
        follow(row.rule);
    }
}

void LimitDraft::observeGone()
{
    if (m_new || isPending() || m_settled != 0)
        return;
    m_theirs = {};
}

void LimitDraft::takeTheirs()
{
    m_new = false;
    follow(m_theirs);
}

void LimitDraft::keepMine()
{
    m_new = false;
    m_shown = m_theirs;
}

void LimitDraft::revert()
{
    if (m_valid && !m_new)
        follow(m_theirs);
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
    m_pending = id;
    LimitEdit edit;
    edit.id = id;
    edit.policy = policy;
    edit.limit = limit;
    edit.mode = mode;
    if (m_valid)
        edit.expectedVersion = m_shown.version;
    edit.author = std::move(author);
    edit.reason = reason;
    return edit;
}

bool LimitDraft::settle(const EditOutcome &outcome)
{
    if (outcome.id == 0 || outcome.id != m_pending)
        return false;
    using Status = EditOutcome::Status;
    if (outcome.status == Status::Pending)
        return true;
    m_pending = 0;
    m_unsure = outcome.status == Status::Unknown;
    if (outcome.status == Status::Applied) {
        m_new = false;
        m_valid = true;
        m_shown = outcome.after;
        m_theirs = outcome.after;
        m_settled = outcome.after.version;
        reason.clear();
    } else if (outcome.status == Status::Conflict) {
        m_theirs = outcome.after;
    }
    return true;
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
