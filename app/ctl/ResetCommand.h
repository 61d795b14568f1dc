// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/LinkedCommand.h"
#include "redis/OverrideStore.h"

namespace rateguard {

// reset: forgets what a key has used.
class ResetCommand : public LinkedCommand
{
public:
    explicit ResetCommand(const Options &options);

private:
    void begin() override;
    void answered(const Reply &reply);

    OverrideStore m_store;
};

} // namespace rateguard
