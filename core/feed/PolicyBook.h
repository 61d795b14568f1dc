// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <map>

namespace rateguard {

// The limits as Redis last told them, and those that it told once and has lost since (a restart without persistence,
// a FLUSHALL, a failover): versions never go back by themselves, so one that did was lost.
class PolicyBook
{
public:
    // Replaces what is known; `unset`: policies that somebody took away, with the version that did it. True when anything changed.
    bool update(const std::map<std::string, std::string> &texts, const std::map<std::string, std::uint64_t> &unset = {});
    // By name, without rates.
    const std::vector<PolicyRow> &rows() const { return m_rows; }
    // Of the rule that Redis holds now; 0: none.
    std::uint64_t version(const std::string &policy) const;

    const std::vector<std::string> &lost() const { return m_lost; }
    // The edit that writes a lost limit back; nothing when it is not lost. A mode that has an end keeps what is left of it.
    std::optional<LimitEdit> restoring(const std::string &policy, Instant now = {}) const;
    void forgetLost();

private:
    const PolicyRow *find(const std::string &policy) const;
    void findLost();

    std::map<std::string, std::string> m_texts;
    std::vector<PolicyRow> m_rows; // of m_texts
    std::map<std::string, Rule> m_newest; // the highest version ever told
    std::vector<std::string> m_lost; // by both; snapshots ask far more often than limits change
};

} // namespace rateguard
