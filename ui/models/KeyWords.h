// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QString>

namespace rateguard {

// The states of a key in words. The first for filters and files: plain ASCII, never translated.
std::string_view keyStateName(KeyState state); // "throttled"
QString keyStateText(KeyState state); // "Throttled", translated
QString keyStateMeaning(KeyState state); // a sentence

// How much a state wants to be looked at: Throttled most, Quiet least.
int keyStateUrgency(KeyState state);

} // namespace rateguard
