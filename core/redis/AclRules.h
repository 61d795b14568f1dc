// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace rateguard {

// Who may do what, see resources/redis/acl.
constexpr std::array<std::string_view, 3> aclRoles {"service", "viewer", "operator"};

// The arguments of ACL SETUSER for one of them, between blanks, on one line; without a user's name, password or `on`.
// Empty when there is no such role, or the prefix is none.
std::string aclRules(std::string_view role, std::string_view prefix);

} // namespace rateguard
