// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/LinkedCommand.h"
#include "redis/OverrideStore.h"

namespace rateguard {

// limits list: the limits of all partitions, with their modes and how many keys have an override.
class ListCommand : public LinkedCommand
{
public:
    explicit ListCommand(const Options &options);

private:
    void begin() override;
    void print(const std::map<std::string, std::string> &texts, const std::map<std::string, std::uint64_t> &overrides);

    LimitStore m_limits;
    OverrideStore m_overrides;
};

} // namespace rateguard
