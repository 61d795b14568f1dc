// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/LimitDraft.h"

#include <map>
#include <set>

namespace rateguard {

// The drafts of a window, one for each policy that was looked at; the one in the making has no name. Drafts outlive the
// selection, incoming snapshots and a lost connection, but not another Redis.
class DraftBook
{
public:
    LimitDraft *find(const std::string &policy); // null when there is none
    const LimitDraft *find(const std::string &policy) const;
    void open(const PolicyRow &policy); // a draft that there is already stays
    void openNew();
    void drop(const std::string &policy) { m_drafts.erase(policy); }

    // `shown`: the policy before the operator's eyes. Its draft stays when its limit was taken away.
    // Returns the name of the policy in the making when it exists by now.
    std::optional<std::string> apply(const Snapshot &snapshot, const std::string &shown);
    std::optional<std::string> fileMade(); // its draft goes under its name, which is returned once

    const LinkStatus &link() const { return m_link; }
    bool lists(const std::string &policy) const { return m_policies.contains(policy); } // in the latest snapshot
    bool listsNothing() const { return m_policies.empty(); }

private:
    void observe(const Snapshot &snapshot);
    void settle(const EditOutcome &outcome);

    std::map<std::string, LimitDraft> m_drafts;
    std::set<std::string> m_policies; // of the latest snapshot
    LinkStatus m_link;
    Instant m_now; // server time
};

} // namespace rateguard
