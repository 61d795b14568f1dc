// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/LimitEdit.h"

namespace rateguard {

// What a tester wants of the policy `search`.
inline LimitEdit editOf(std::uint64_t id, const Limits &limit, std::optional<std::uint64_t> expected, Mode mode = Mode::Enforce, std::string reason = {})
{
    LimitEdit edit;
    edit.id = id;
    edit.policy = "search";
    edit.limit = limit;
    edit.mode = mode;
    edit.expectedVersion = expected;
    edit.author = "tester";
    edit.reason = std::move(reason);
    return edit;
}

} // namespace rateguard
