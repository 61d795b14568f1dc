// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QByteArray>
#include <QString>

namespace rateguard {

// Rows of the key table as bytes for other programs, in the order given. Names of columns are for machines and never
// translated; times are UTC; figures have a point and no groups.

using KeyRows = std::vector<const KeyEntry *>;

// RFC 4180 in UTF-8, with a header. Policies and keys as displayText, uncut; no cell is a formula to a spreadsheet.
QByteArray keysAsCsv(const KeyRows &rows, bool withHeader = true);
// The same cells without a header, separated by tabs: for the clipboard.
QByteArray keysAsTsv(const KeyRows &rows);
// An object per line. Policies and keys are the exact text; what is no UTF-8 comes as displayText, and exactly in `key_hex`.
QByteArray keysAsJsonLines(const KeyRows &rows);

// One cell of text. A leading = + - @ tab or CR, which spreadsheets take for the start of a formula, gets an apostrophe.
QString exportCell(const QString &text, QChar separator);

} // namespace rateguard
