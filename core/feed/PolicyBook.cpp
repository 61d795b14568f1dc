// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/PolicyBook.h"

#include <algorithm>

namespace rateguard {

bool PolicyBook::update(const std::map<std::string, std::string> &texts, const std::map<std::string, std::uint64_t> &unset)
{
    // What was taken away is not lost.
    const auto forgotten = std::erase_if(m_newest, [&](const auto &entry) {
        const auto known = unset.find(entry.first);
        return known != unset.end() && known->second > entry.second.version;
    });
    if (texts == m_texts && forgotten == 0) {
        return false;
    }
    m_texts = texts;
    m_rows.clear();
    for (const auto &[policy, text] : texts) {
        const auto rule = parseRule(text);
        m_rows.push_back({policy, text, rule.has_value(), rule.value_or(Rule {}), {}});
        if (rule && rule->version >= 1) {
            const auto [entry, added] = m_newest.try_emplace(policy, *rule);
            if (!added && rule->version > entry->second.version) {
                entry->second = *rule;
            }
        }
    }
    findLost();
    return true;
}

const PolicyRow *PolicyBook::find(const std::string &policy) const
{
    const auto row = std::lower_bound(m_rows.begin(), m_rows.end(), policy, [](const PolicyRow &r, const std::string &name) { return r.name < name; });
    return row != m_rows.end() && row->name == policy ? &*row : nullptr;
}

std::uint64_t PolicyBook::version(const std::string &policy) const
{
    const auto *row = find(policy);
    return row ? row->rule.version : 0;
}

void PolicyBook::findLost()
{
    m_lost.clear();
    for (const auto &[policy, newest] : m_newest) {
        if (restoring(policy)) {
            m_lost.push_back(policy);
        }
    }
}

std::optional<LimitEdit> PolicyBook::restoring(const std::string &policy, Instant now) const
{
    const auto newest = m_newest.find(policy);
    const auto *row = find(policy);
    if (newest == m_newest.end() || (row && !row->valid)) {
        return std::nullopt; // unreadable is not lost: somebody wrote it, perhaps a newer version
    }
    const auto &rule = newest->second;
    const auto current = row ? row->rule : Rule {};
    const bool older = current.version < rule.version || (current.version == rule.version && current != rule);
    // A service that registers its default again has put back all that there was.
    const bool same = row && current.limit == rule.limit && current.mode == rule.mode;
    if (!older || same) {
        return std::nullopt;
    }
    LimitEdit edit;
    edit.policy = policy;
    edit.limit = rule.limit;
    edit.mode = rule.modeAt(now);
    if (rule.until && now < *rule.until) {
        edit.modeFor = std::chrono::ceil<Duration>(*rule.until - now);
    }
    edit.expectedVersion = current.version;
    edit.floorVersion = rule.version;
    edit.reason = "restored: Redis had lost version " + std::to_string(rule.version);
    return edit;
}

void PolicyBook::forgetLost()
{
    m_newest.clear();
    for (const auto &row : m_rows) {
        if (row.valid && row.rule.version >= 1) {
            m_newest.emplace(row.name, row.rule);
        }
    }
    m_lost.clear();
}

} // namespace rateguard
