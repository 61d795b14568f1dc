// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/MinuteShare.h"
#include "engine/RateWindow.h"
#include "engine/StandingBook.h"

#include <array>
#include <memory>

namespace rateguard {

// What the registry knows of one key, and what follows from that at a moment. Not thread-safe; all is O(1). 184 bytes and its name.
struct KeyRecord
{
    static constexpr std::uint32_t none = UINT32_MAX;
    static constexpr Duration ahead = std::chrono::seconds(1); // of our clock; what lies further in the future is a lie

    std::unique_ptr<char[]> text; // policy, ':', key; nothing: the place is free
    std::uint32_t textSize = 0;
    std::uint32_t policySize = 0;
    Instant lastSeen;
    std::array<std::uint32_t, 3> total {}; // by verdict; counting ends at 4 billion
    RateWindow window;
    MinuteShare minute;
    Instant counted; // the last request that took a part of the window, as far as we know
    std::uint32_t used = 0;
    std::uint32_t limit = 0;
    std::uint32_t windowLength = 0; // ms
    std::uint32_t policy = none;
    std::uint32_t history = none;
    std::uint32_t newer = none; // neighbours in the order of last use
    std::uint32_t older = none;
    std::uint32_t born = 0;
    Standing standing = Standing::None; // by the list
    Why why = Why::Limit; // of the last request

    std::string_view name() const { return {text.get(), textSize}; }
    std::uint64_t requests() const { return std::uint64_t {total[0]} + total[1] + total[2]; }

    void note(const DecisionEvent &event);
    void observe(std::uint32_t usedThen, const Limit &limitThen, Instant at);
    // What time alone calls for: a window that is over is empty, a stamp that lied is corrected.
    void age(Instant now);
    KeyRow row(std::uint32_t id, Instant now, const Listening &listening, double nearShare) const; // after age()

private:
    void use(std::uint32_t usedThen, const Limit &limitThen, bool isCounted);
    KeyState stateAt(const Rates &rates, double nearShare) const;
};

} // namespace rateguard
