// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/LinkedCommand.h"
#include "redis/TrafficStore.h"

namespace rateguard {

// traffic: what a policy's requests were told, over the last hours: on one screen, or every minute as JSON.
// What is not known is a gap, not a zero.
class TrafficCommand : public LinkedCommand
{
public:
    explicit TrafficCommand(const Options &options);

private:
    void begin() override;
    void print(const std::vector<MinuteCounts> &minutes);
    void printTable(const std::vector<MinuteCounts> &minutes);
    QString gapText() const; // why minutes are not known

    TrafficStore m_store;
    RecordedSince m_since;
};

} // namespace rateguard
