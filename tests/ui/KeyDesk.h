// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

namespace rateguard {

using namespace std::chrono_literals;

// One key that runs into 60/min, with its history: what details and history are tested with.
struct KeyDesk
{
    static constexpr Instant now {1'000'000s};

    KeyDesk()
    {
        policy.name = "search";
        policy.rule = {{60, 1min}, Mode::Enforce, 3};
        policy.text = formatRule(policy.rule);
        detail.policy = "search";
        detail.key = "scraper";
        detail.at = now;
        for (int i = 0; i < 60; ++i)
            detail.admitted.push_back(now - 56800ms + i * 900ms);
        detail.next = Decision {Verdict::Rejected, 60, 0, Duration(3200), Duration(3200), 1min, 3, Why::Limit};
        detail.lastRejection = Rejection {now - 200ms, {60, 1min}, 60, 1, Duration(3200), 3, Why::Limit, false, now - 12min};
        detail.row.state = KeyState::Throttled;
        detail.row.rates = {1, 8, 0};
        detail.row.total = {60, 440, 0};
        detail.row.lastSeen = now - 200ms;
        add(94s, std::nullopt, 3, "2 enforce log 100/60000", "3 enforce log 60/60000", "ada@oncall-2", "scraper eats the index", {12, 840, 1900, 1950, 10min, 5min});
        add(1h, "scraper", 2, "1 exempt 0", "", "grace", "", {});
        add(5h, "other", 1, "", "1 ban 0", "grace", "robot", {});
        history.isComplete = true;
    }

    void add(std::chrono::seconds ago, std::optional<std::string> key, std::uint64_t version, std::string before, std::string after,
             std::string author, std::string reason, EditHistory::Effect effect)
    {
        history.entries.push_back({now - ago, "search", std::move(key), version, std::move(before), std::move(after), std::move(author), std::move(reason)});
        history.effects.push_back(effect);
    }
    Snapshot snapshot() const
    {
        Snapshot snapshot;
        snapshot.link.state = LinkState::Live;
        snapshot.now = now;
        snapshot.policies = {policy};
        snapshot.policiesChanged = true;
        snapshot.selectedKnown = true;
        snapshot.detail = std::make_shared<KeyDetail>(detail);
        snapshot.history = std::make_shared<EditHistory>(history);
        snapshot.overrides = std::make_shared<OverrideList>(overrides);
        return snapshot;
    }

    PolicyRow policy;
    KeyDetail detail;
    EditHistory history;
    OverrideList overrides;
};

// Bytes of a stranger that would like to be drawn as HTML, turned around, or to fill the memory.
inline std::string hostile()
{
    return "<img src='file:///etc/passwd'>\n\xE2\x80\xAE\xFF" + std::string(1 << 20, 'x') + "%1%2%3";
}

} // namespace rateguard
