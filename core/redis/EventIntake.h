// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "redis/EventCodec.h"

#include <span>

namespace rateguard {

// Puts together what one partition publishes and what its library still holds back: every decision once, in order. Counts the
// messages that were lost on the way. Lives on the feed thread.
class EventIntake
{
public:
    using Events = std::span<const DecisionEvent>; // texts point into the message

    // A published message; those of its decisions that are new. Nothing when it is damaged, or of a format not known.
    std::optional<Events> published(std::string_view message, std::string *error = nullptr);
    // The beginning of the next message, as rateguard_listen answers it.
    std::optional<Events> pending(std::string_view message, std::string *error = nullptr);
    // The connection was lost: no message that came meanwhile counts as lost on the way. What still waits was seen all the same.
    void restart();

    std::uint64_t lost() const { return m_lost; }

private:
    bool decode(std::string_view message, std::string *error);
    void resume();

    EventBatch m_batch; // memory for decoding, used again
    std::uint32_t m_epoch = 0; // 0: nothing seen yet
    std::uint32_t m_epochBefore = 0; // what is still on its way from there is no news
    std::uint64_t m_sequence = 0; // of the latest message that was published
    std::size_t m_seen = 0; // decisions of the next one
    std::uint64_t m_lost = 0;
    bool m_isResuming = false; // after a restart, until the first message that is news
};

} // namespace rateguard
