// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/MinuteCounts.h"

#include <algorithm>
#include <optional>

namespace rateguard {

// Whether a minute of which Redis holds nothing was quiet, or is not known: it was quiet only when Redis has run without a break
// since, and something tells that limits lived in it by then. A minute with requests in it is always known.
struct RecordedSince
{
    std::optional<std::chrono::minutes> up; // the first whole minute of the server's run; nothing: nobody may say
    std::optional<std::chrono::minutes> trace; // the oldest one, an edit or a request; nothing: none

    void found(std::chrono::minutes minute) { trace = std::min(trace.value_or(minute), minute); }
    // Of minutes in their order, the first with requests.
    template <typename Minutes>
    void findIn(const Minutes &minutes)
    {
        const auto first = std::find_if(minutes.begin(), minutes.end(), [](const MinuteCounts &m) { return m.requests() > 0; });
        if (first != minutes.end()) {
            found(first->minute);
        }
    }

    bool isKnown(const MinuteCounts &counts) const
    {
        return counts.requests() > 0 || (up && trace && counts.minute >= std::max(*up, *trace));
    }
};

} // namespace rateguard
