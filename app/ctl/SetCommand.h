// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/EditCommand.h"

namespace rateguard {

// limits set, limits unset.
class SetCommand : public EditCommand
{
public:
    using EditCommand::EditCommand;

private:
    void begin() override;
};

} // namespace rateguard
