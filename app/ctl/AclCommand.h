// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/Command.h"

namespace rateguard {

// acl print: one ACL SETUSER that gives a user the rights of a role. Asks no Redis, and knows no password.
class AclCommand : public Command
{
public:
    using Command::Command;
    void start() override;
};

} // namespace rateguard
