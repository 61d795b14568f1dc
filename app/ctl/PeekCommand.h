// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/LinkedCommand.h"
#include "redis/KeyUse.h"

namespace rateguard {

// peek: what a key has used of which limit, and what a request would be told now; counts nothing.
class PeekCommand : public LinkedCommand
{
public:
    explicit PeekCommand(const Options &options);

private:
    void begin() override;
    void print(const KeyUse::Seen &seen);
    void printObject(const KeyUse::Seen &seen);

    OverrideStore m_store;
    KeyUse m_use;
};

} // namespace rateguard
