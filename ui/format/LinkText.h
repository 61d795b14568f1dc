// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QString>

namespace rateguard {

// What the operator must know of the connection, in words. Nothing here holds a secret: endpoints come without passwords.

QString linkSymbol(LinkState state); // a second cue beside the colour
QString linkSummary(const LinkStatus &link); // "Live · redis://127.0.0.1:6379 · Redis 7.0.15 · 0.2 ms"
QString linkTrouble(const LinkStatus &link); // what happened and what to do; empty while all is well

} // namespace rateguard
