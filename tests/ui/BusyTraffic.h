// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <random>

namespace rateguard {

// Made-up traffic for tests and for looking at the window: three policies, about 300 keys, a scraper that runs into its
// limit and a client with a bug; with edits, overrides and details of keys. Says the same for the same seed.
class BusyTraffic
{
public:
    explicit BusyTraffic(unsigned seed = 1);

    std::shared_ptr<Snapshot> next(); // a tenth of a second later
    SnapshotRequest request; // what `selected` of the next one is about

private:
    struct Client
    {
        std::uint32_t policy = 0;
        std::string key;
        double rate = 0;
        KeyRow row;
    };
    void addClient(std::uint32_t policy, std::string key, double rate);
    void stir(Client &client, Snapshot &snapshot);
    void rank(Snapshot &snapshot) const;
    std::shared_ptr<const KeyDetail> detail() const;
    std::vector<SecondCounts> curve(double scale, double rejectedShare, bool ofKey) const;

    std::mt19937 m_random;
    std::vector<Client> m_clients;
    std::vector<PolicyRow> m_policies;
    Counts m_total;
    Instant m_now {std::chrono::seconds(1'790'000'000)};
    std::shared_ptr<const EditHistory> m_history;
    std::shared_ptr<const OverrideList> m_overrides;
    bool m_first = true;
};

} // namespace rateguard
