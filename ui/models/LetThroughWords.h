// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QStringList>

namespace rateguard {

// The policies that let everything through for a time, in words: which, how, until when, and by whom as far as the history
// knows. Bytes of strangers come out of displayText: show it as plain text.
struct LetThroughWords
{
    int count = 0; // of such policies; 0: all else is empty
    QStringList longer; // than the text: those name more of the policies, the longest first
    QString text; // "⚠ 2 of 3 policies let everything through until 14:47:10 (15 min left): api, upload (off, then enforce). Set by ada."
    QString details; // a line for each, with the reason

    static LetThroughWords of(const Snapshot &snapshot);
};

} // namespace rateguard
