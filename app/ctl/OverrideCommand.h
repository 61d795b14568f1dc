// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/LinkedCommand.h"
#include "redis/OverrideStore.h"

namespace rateguard {

// ban, exempt, override, lift: what holds for one key instead of its policy's limit.
class OverrideCommand : public LinkedCommand
{
public:
    explicit OverrideCommand(const Options &options);

private:
    void begin() override;
    void applied(const OverrideOutcome &outcome);

    OverrideStore m_store;
};

} // namespace rateguard
