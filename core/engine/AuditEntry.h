// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Limit.h"

namespace rateguard {

// One edit as the audit remembers it. All texts are bytes of strangers.
struct AuditEntry
{
    Instant at; // server time, whole milliseconds
    std::string policy;
    std::optional<std::string> key; // an edit of this key alone: its override, or a reset; nothing: of the policy's limit
    std::uint64_t version = 0; // of the limit, or of the override; 0: a reset
    std::string before; // as Redis held it, see parseRule and parseOverride; empty: nothing
    std::string after; // empty: taken away; "reset": what the key had used was forgotten
    std::string author;
    std::string reason;

    bool isReset() const { return key && after == "reset"; }
    friend bool operator==(const AuditEntry &, const AuditEntry &) = default;
};

} // namespace rateguard
