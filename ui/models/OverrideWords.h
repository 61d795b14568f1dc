// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QString>

namespace rateguard {

// What holds for one key alone, in words. `now` is the server's time.

QString ownLimitText(const Limits &limit); // "30/min 500/h"; how it is counted is the policy's matter
QString overrideText(const Override &override); // "banned", "exempt", "own limit 30/min"
QString overrideText(const Override &override, Instant now); // "banned, ends in 23 min", "exempt until lifted"
QString forText(std::optional<Duration> span); // "for 15 min", "until lifted"
QString overrideEditText(const OverrideEdit &edit); // what it makes: "banned for 15 min", "no override"
QString overrideEnd(const Override &override, Instant now); // "8 min", "never"
QString keyVersionText(std::uint64_t version); // "k40", as the history and the flags call it
QString keyVersionMeaning(std::uint64_t version); // for a tool tip: what the k says
QString outcomeText(const OverrideOutcome &outcome, bool reset); // begins with a sign of its own
QString outcomeOfKeyText(const OverrideOutcome &outcome); // the same, with the key that it is about
// Why nothing can be changed now; empty when it can.
QString watchOnlyText(const LinkStatus &link, bool readOnly);

// A limit of a key's own as an operator types it: "30/min", "10/s 500/h". Nothing, with what to do, when it is none.
std::optional<Limits> parseOwnLimit(const QString &text, QString *problem);

} // namespace rateguard
