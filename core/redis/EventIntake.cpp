// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/EventIntake.h"

#include <algorithm>

namespace rateguard {

bool EventIntake::decode(std::string_view message, std::string *error)
{
    if (!decodeEvents(message, m_batch, error)) {
        return false;
    }
    if (m_batch.epoch == m_epochBefore && m_epochBefore != 0) {
        m_batch.sequence = m_sequence;
    } else if (m_batch.epoch != m_epoch) {
        m_epochBefore = m_isResuming ? 0 : m_epoch;
        m_epoch = m_batch.epoch;
        m_sequence = m_batch.sequence == 0 ? 0 : m_batch.sequence - 1;
        m_seen = 0;
    }
    resume();
    return true;
}

void EventIntake::restart()
{
    m_isResuming = true;
    m_epochBefore = 0;
}

// With the first message that is not older than what was seen. Only the very next one may have been seen in part.
void EventIntake::resume()
{
    if (!m_isResuming || m_batch.sequence <= m_sequence) {
        return;
    }
    m_isResuming = false;
    if (m_batch.sequence > m_sequence + 1) {
        m_sequence = m_batch.sequence - 1;
        m_seen = 0;
    }
}

std::optional<EventIntake::Events> EventIntake::published(std::string_view message, std::string *error)
{
    if (!decode(message, error)) {
        return std::nullopt;
    }
    if (m_batch.sequence <= m_sequence) {
        return Events();
    }
    const auto gap = m_batch.sequence - m_sequence - 1;
    const auto skip = gap == 0 ? std::min(m_seen, m_batch.events.size()) : 0;
    m_lost += gap;
    m_sequence = m_batch.sequence;
    m_seen = 0;
    return Events(m_batch.events).subspan(skip);
}

// It comes on another connection: a message that it follows may still be on its way, and then it has to wait for that.
std::optional<EventIntake::Events> EventIntake::pending(std::string_view message, std::string *error)
{
    if (!decode(message, error)) {
        return std::nullopt;
    }
    if (m_batch.sequence != m_sequence + 1) {
        return Events();
    }
    const auto skip = std::min(m_seen, m_batch.events.size());
    m_seen = std::max(m_seen, m_batch.events.size());
    return Events(m_batch.events).subspan(skip);
}

} // namespace rateguard
