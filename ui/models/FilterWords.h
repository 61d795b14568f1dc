// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QString>

namespace rateguard {

QString filterLanguage(); // all of it, in a few lines of plain text
QString filterProblemText(const FilterProblem &problem); // what is wrong, where, and what to write instead

} // namespace rateguard
