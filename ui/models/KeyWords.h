// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QString>

namespace rateguard {

// The states of a key in words.
QString usedText(std::uint32_t used, std::uint32_t limit); // "57 of 60 used", "30 used, the limit is 20 now"
QString keyStateText(KeyState state); // "Throttled", translated
QString keyStateMeaning(KeyState state); // a sentence

} // namespace rateguard
