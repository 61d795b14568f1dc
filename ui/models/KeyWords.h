// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QString>

namespace rateguard {

// The states of a key in words.
QString keyStateText(KeyState state); // "Throttled", translated
QString keyStateMeaning(KeyState state); // a sentence

} // namespace rateguard
