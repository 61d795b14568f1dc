// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <string_view>

namespace rateguard {

// A key as it is now. The texts are good until the source is changed.
struct KeyView
{
    std::string_view policy;
    std::string_view key;
    KeyRow row;
    std::uint32_t born = 0; // the how-manieth key that ever was: tells it from a later one with the same id
};

// Keys in numbered places, to be walked in small steps. Lives on one thread.
class KeySource
{
public:
    static constexpr std::uint32_t none = UINT32_MAX;

    virtual ~KeySource() = default;

    virtual std::uint32_t places() const = 0; // ids are below
    virtual std::uint32_t births() const = 0; // the highest `born` so far
    virtual std::uint64_t changes() const = 0; // grows with whatever happens to a key, but for time passing
    virtual bool look(std::uint32_t id, Instant now, KeyView &out) = 0; // false: nobody is there
    virtual std::uint32_t find(std::string_view policy, std::string_view key) = 0; // or none
    virtual std::vector<MinuteSlice> minute(std::uint32_t id, Instant now) = 0; // of a key that is there
};

} // namespace rateguard
