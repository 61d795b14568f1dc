// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/EditLookup.h"

#include <algorithm>

namespace rateguard {

const AuditEntry *editOfLimit(const EditHistory *history, const std::string &policy, std::uint64_t version)
{
    if (!history)
        return nullptr;
    const auto found = std::find_if(history->entries.begin(), history->entries.end(), [&](const AuditEntry &edit) {
        return !edit.key && edit.version == version && edit.policy == policy;
    });
    return found == history->entries.end() ? nullptr : &*found;
}

} // namespace rateguard
