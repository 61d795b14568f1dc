// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <cstdint>
#include <string>

namespace rateguard {

std::string author(); // who edits, for the audit: "ada@oncall-2"

// Where the ids of one editor's edits begin: not those of another one or of another window, nor of a restored limit.
std::uint64_t firstEditId();

} // namespace rateguard
