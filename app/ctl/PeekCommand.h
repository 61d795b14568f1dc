// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/LinkedCommand.h"
#include "redis/OverrideStore.h"

namespace rateguard {

// peek: what a request would be told now; counts nothing.
class PeekCommand : public LinkedCommand
{
public:
    explicit PeekCommand(const Options &options);

private:
    void begin() override;

    OverrideStore m_store;
};

} // namespace rateguard
