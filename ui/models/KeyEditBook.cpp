// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/KeyEditBook.h"

#include <algorithm>

namespace rateguard {

OverrideEdit KeyEditBook::send(OverrideEdit edit)
{
    edit.id = m_nextId++;
    std::erase_if(m_sent, [&](const Sent &it) { return it.edit.policy == edit.policy && it.edit.key == edit.key; });
    if (m_sent.size() == most)
        m_sent.pop_back();
    OverrideOutcome outcome;
    outcome.id = edit.id;
    outcome.policy = edit.policy;
    outcome.key = edit.key;
    m_sent.push_front({edit, outcome});
    return edit;
}

bool KeyEditBook::settle(const OverrideOutcome &outcome)
{
    const auto sent = std::find_if(m_sent.begin(), m_sent.end(), [&](const Sent &it) { return it.edit.id == outcome.id; });
    if (sent == m_sent.end())
        return false;
    sent->outcome = outcome;
    return true;
}

bool KeyEditBook::forgetOver(const KeyDetail &detail)
{
    using namespace std::chrono_literals;
    const Sent *sent = of(detail.policy, detail.key);
    if (!sent || sent->outcome.status != OverrideOutcome::Status::Applied || sent->outcome.appliedAt == Instant())
        return false;
    const auto age = detail.at - sent->outcome.appliedAt;
    const bool isLift = !sent->edit.kind && !sent->edit.reset;
    const bool stands = sent->edit.kind && detail.override && detail.override->version == sent->outcome.version;
    const bool isNews = sent->edit.reset || sent->outcome.isReplaced || (isLift && !detail.override);
    if (age <= (isNews ? 60s : 1s) || stands)
        return false;
    std::erase_if(m_sent, [id = sent->edit.id](const Sent &it) { return it.edit.id == id; });
    return true;
}

const KeyEditBook::Sent *KeyEditBook::of(const std::string &policy, const std::string &key) const
{
    const auto sent = std::find_if(m_sent.begin(), m_sent.end(), [&](const Sent &it) { return it.edit.policy == policy && it.edit.key == key; });
    return sent == m_sent.end() ? nullptr : &*sent;
}

} // namespace rateguard
