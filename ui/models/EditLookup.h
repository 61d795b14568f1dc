// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

namespace rateguard {

// The edit that made this version of a policy's limit; null when the history, which may be null, does not know it. Valid as long
// as the history. O(edits).
const AuditEntry *editOfLimit(const EditHistory *history, const std::string &policy, std::uint64_t version);

} // namespace rateguard
