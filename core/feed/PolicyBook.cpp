// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/PolicyBook.h"

namespace rateguard {

bool PolicyBook::update(const std::map<std::string, std::string> &texts)
{
    const bool changed = texts != m_texts;
    m_texts = texts;
    for (const auto &[policy, text] : texts) {
        const auto rule = parseRule(text);
        if (rule && rule->version >= 1) {
            const auto [entry, added] = m_newest.try_emplace(policy, *rule);
            if (!added && rule->version > entry->second.version) {
                entry->second = *rule;
            }
        }
    }
    return changed;
}

std::vector<PolicyRow> PolicyBook::rows() const
{
    std::vector<PolicyRow> rows;
    for (const auto &[policy, text] : m_texts) {
        const auto rule = parseRule(text);
        rows.push_back({policy, text, rule.has_value(), rule.value_or(Rule {}), {}});
    }
    return rows;
}

std::uint64_t PolicyBook::version(const std::string &policy) const
{
    const auto text = m_texts.find(policy);
    const auto rule = text == m_texts.end() ? std::nullopt : parseRule(text->second);
    return rule ? rule->version : 0;
}

std::vector<std::string> PolicyBook::lost() const
{
    std::vector<std::string> names;
    for (const auto &[policy, newest] : m_newest) {
        if (restoring(policy)) {
            names.push_back(policy);
        }
    }
    return names;
}

std::optional<LimitEdit> PolicyBook::restoring(const std::string &policy) const
{
    const auto newest = m_newest.find(policy);
    if (newest == m_newest.end()) {
        return std::nullopt;
    }
    const auto text = m_texts.find(policy);
    const auto now = text == m_texts.end() ? std::nullopt : parseRule(text->second);
    if (text != m_texts.end() && !now) {
        return std::nullopt; // unreadable is not lost: somebody wrote it, perhaps a newer version
    }
    const auto &rule = newest->second;
    const bool older = !now || now->version < rule.version || (now->version == rule.version && *now != rule);
    // A service that registers its default again has put back all that there was.
    const bool same = now && now->limit == rule.limit && now->mode == rule.mode;
    if (!older || same) {
        return std::nullopt;
    }
    LimitEdit edit;
    edit.policy = policy;
    edit.limit = rule.limit;
    edit.mode = rule.mode;
    edit.expectedVersion = now ? now->version : 0;
    edit.floorVersion = rule.version;
    edit.reason = "restored: Redis had lost version " + std::to_string(rule.version);
    return edit;
}

void PolicyBook::forgetLost()
{
    m_newest.clear();
    update(std::map(m_texts));
}

} // namespace rateguard
