// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/DraftBook.h"

namespace rateguard {

LimitDraft *DraftBook::find(const std::string &policy)
{
    const auto found = m_drafts.find(policy);
    return found == m_drafts.end() ? nullptr : &found->second;
}

const LimitDraft *DraftBook::find(const std::string &policy) const
{
    const auto found = m_drafts.find(policy);
    return found == m_drafts.end() ? nullptr : &found->second;
}

void DraftBook::open(const PolicyRow &policy)
{
    m_drafts.try_emplace(policy.name, policy, m_now);
}

void DraftBook::openNew()
{
    m_drafts.try_emplace({}, LimitDraft::forNewPolicy());
}

std::optional<std::string> DraftBook::apply(const Snapshot &snapshot, const std::string &shown)
{
    if (snapshot.link.endpoint != m_link.endpoint && !m_link.endpoint.empty())
        m_drafts.clear(); // another Redis, other limits
    m_link = snapshot.link;
    m_now = snapshot.now;
    for (auto &[name, mine] : m_drafts)
        mine.pass(m_now);
    for (const EditOutcome &outcome : snapshot.edits)
        settle(outcome);
    std::optional<std::string> made = fileMade();
    observe(snapshot);
    if (!made)
        made = fileMade();
    if (m_link.state != LinkState::Live) {
        for (auto &[name, mine] : m_drafts)
            mine.observeAway();
        return made;
    }
    for (auto &[name, mine] : m_drafts) {
        if (!m_policies.contains(name))
            mine.observeGone();
    }
    std::erase_if(m_drafts, [&](const auto &entry) {
        const auto &[name, mine] = entry;
        return mine.isIdle() && !m_policies.contains(name) && !(mine.isGone() && name == shown);
    });
    return made;
}

void DraftBook::observe(const Snapshot &snapshot)
{
    m_policies.clear();
    const auto making = m_drafts.find({});
    for (const PolicyRow &policy : snapshot.policies) {
        m_policies.insert(policy.name);
        if (LimitDraft *mine = find(policy.name))
            mine->observe(policy);
        if (making != m_drafts.end() && making->second.policy == policy.name)
            making->second.observe(policy);
    }
}

void DraftBook::settle(const EditOutcome &outcome)
{
    for (auto &[name, mine] : m_drafts) {
        if (mine.settle(outcome))
            return;
    }
}

std::optional<std::string> DraftBook::fileMade()
{
    const auto made = m_drafts.find({});
    if (made == m_drafts.end() || made->second.isNew())
        return std::nullopt;
    const std::string name = made->second.policy;
    m_drafts.insert_or_assign(name, std::move(made->second));
    m_drafts.erase(made);
    return name;
}

} // namespace rateguard
