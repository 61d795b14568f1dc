// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/LimitDraft.h"

#include <QString>

namespace rateguard {

// A draft in words: what Redis holds, and what is wished for.

QString standingText(const LimitDraft &draft); // "60/min enforce", "no limit", "unreadable"; empty for a new policy
QString wishText(const LimitDraft &draft); // "100/min shadow for 10 min"
std::uint64_t nextVersion(const LimitDraft &draft); // what the wish becomes: after what somebody else has made since
QString diffText(const LimitDraft &draft); // "60/min enforce → 100/min enforce, v3 → v4"

} // namespace rateguard
