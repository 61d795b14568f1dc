// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/KeyRegistry.h"

namespace rateguard {

// The last seconds before `end` of a key, or of a whole policy: exactly what came, or a gap where that is not known, as of a key
// that there was no room for. Never a zero for what was not counted. Empty: nothing is known.
//
// `all`: the seconds of everything, oldest first, with the gaps in which we did not listen. O(seconds).
std::vector<SecondCounts> heardSeconds(KeyRegistry &keys, const std::string &policy, const std::optional<std::string> &key,
    const std::vector<SecondCounts> &all, Instant end);

} // namespace rateguard
