// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QString>

namespace rateguard {

QString filterLanguage(); // all of it, in a few lines of plain text
// What is wrong, where, what to write instead, and which filter is in force meanwhile.
QString filterProblemText(const FilterProblem &problem, const std::string &inForce);

} // namespace rateguard
