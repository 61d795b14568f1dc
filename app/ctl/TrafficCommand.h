// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/LinkedCommand.h"
#include "redis/TrafficStore.h"

namespace rateguard {

// traffic: what a policy's requests were told, over the last hours: on one screen, or every minute as JSON.
class TrafficCommand : public LinkedCommand
{
public:
    explicit TrafficCommand(const Options &options);

private:
    void begin() override;
    void print(const std::vector<MinuteCounts> &minutes);
    void printTable(const std::vector<MinuteCounts> &minutes);

    TrafficStore m_store;
};

} // namespace rateguard
