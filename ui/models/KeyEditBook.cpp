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

const KeyEditBook::Sent *KeyEditBook::of(const std::string &policy, const std::string &key) const
{
    const auto sent = std::find_if(m_sent.begin(), m_sent.end(), [&](const Sent &it) { return it.edit.policy == policy && it.edit.key == key; });
    return sent == m_sent.end() ? nullptr : &*sent;
}

} // namespace rateguard
