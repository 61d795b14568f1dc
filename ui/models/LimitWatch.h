// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/LimitCourse.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace rateguard {

// Keeps the course of one key's limit, for a chart. It sees a change before the history tells of it, so that the line steps at once.
// Works it out anew only when the history, the policy's limit, the key's override or the chart's span is another. GUI thread.
class LimitWatch
{
public:
    void setKey(const std::string &policy, const std::string &key);

    bool take(const Snapshot &snapshot); // true: the course is another than before
    const std::vector<LimitPiece> &course() const { return m_course; }
    // Which window the line at that time stands for, and which it does not; empty where there is none.
    QString lineName(Instant at) const; // "10/s; not drawn: 1000/h"
    bool needsName(Instant at) const; // who only knows the policy's limit would expect another line

private:
    void lookAtOverride(const Snapshot &snapshot);

    std::string m_policy;
    std::string m_key;
    bool m_again = true; // nothing was seen of this key yet
    std::shared_ptr<const EditHistory> m_history; // that was looked at, as the others
    std::shared_ptr<const OverrideList> m_overrides;
    std::shared_ptr<const KeyDetail> m_detail;
    std::optional<Rule> m_rule;
    LimitSources::Sight<Rule> m_ruleSeen;
    bool m_knowsOverride = false;
    std::optional<Override> m_override;
    LimitSources::Sight<Override> m_overrideSeen;
    std::vector<LimitPiece> m_course;
    std::chrono::seconds m_span {0}; // of the chart
};

} // namespace rateguard
