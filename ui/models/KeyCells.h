// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QString>

namespace rateguard {

constexpr int keyColumns = 9;

// What stands in the cells of the key table. Made for the cells on screen only, when they are painted.
QString rejectedText(const Rates &rates); // per second: "9.6", or "(9.6)" for what shadow mode would reject
QString minuteText(const std::vector<MinuteSlice> &minute); // "120 allowed, 4 over the limit, 8 s not known"; empty: nothing is remembered
QString keyCellText(const KeyEntry &entry, KeyColumn column, Instant now);
QString keyCellToolTip(const KeyEntry &entry, KeyColumn column);
QString keyColumnTitle(KeyColumn column);
QString keyColumnMeaning(KeyColumn column); // a sentence, with the time that its figures are of
Qt::Alignment keyColumnAlignment(KeyColumn column);

} // namespace rateguard
