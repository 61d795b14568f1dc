// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "redis/Command.h"
#include "redis/Keyspace.h"

namespace rateguard {

// What the user of a connection may do with the limits. What Redis did not answer counts as allowed: the edit itself will tell.
struct Rights
{
    bool edit = true; // limits
    bool override = true; // bans, exemptions and limits of single keys
    bool reset = true; // what a key has used
    bool history = true; // to read it
    bool limits = true; // to read them
    bool isReplica = false; // takes no edits from anybody

    // What this user may not do, why and what now; empty when all is allowed.
    QString text() const;

    friend bool operator==(const Rights &, const Rights &) = default;
};

// Finds out what a user may do without writing: the functions are called with too few arguments, which they refuse as INVALID
// before they look at anything; NOPERM and READONLY come before that. Redis holds what a function does against the caller's
// rights as well; who was granted a function without that learns it from the edit.
class RightsProbe
{
public:
    explicit RightsProbe(Caller caller);

    // One round trip of five commands. A lost connection answers nothing.
    void ask(const Keyspace &names, std::function<void(const Rights &)> done);

private:
    Caller m_caller;
};

} // namespace rateguard
