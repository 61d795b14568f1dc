// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/LinkedCommand.h"
#include "redis/OverrideStore.h"

namespace rateguard {

// overrides: the bans, exemptions and limits of single keys.
class OverridesCommand : public LinkedCommand
{
public:
    explicit OverridesCommand(const Options &options);

private:
    void begin() override;
    void print(const OverrideStore::Listed &listed);

    OverrideStore m_store;
};

} // namespace rateguard
