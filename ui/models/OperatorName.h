// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <string>

namespace rateguard {

// Who is at this window, as edits name their author: "ada@oncall-2".
std::string operatorName();

} // namespace rateguard
