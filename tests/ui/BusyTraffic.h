// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "feed/KeyDesk.h"

#include <random>

namespace rateguard {

// Made-up traffic for tests and for looking at the window: three policies, about 300 keys, a scraper that runs into its
// limit and a client with a bug; with edits, overrides and details of keys. Says the same for the same seed. The rows of the
// table come from the feed's own desk.
class BusyTraffic : private KeySource
{
public:
    explicit BusyTraffic(unsigned seed = 1);

    std::shared_ptr<Snapshot> next(); // a tenth of a second later
    std::shared_ptr<Snapshot> answer(); // the same moment again, to another request
    SnapshotRequest request; // what the next one is about

    KeyRow &row(std::uint32_t id); // to be changed for answer()
    void rename(std::uint32_t id, std::string key);

private:
    std::uint32_t places() const override { return static_cast<std::uint32_t>(m_clients.size()); }
    std::uint32_t births() const override { return 0; }
    std::uint64_t changes() const override { return m_changes; }
    bool look(std::uint32_t id, Instant now, KeyView &out) override;
    std::uint32_t find(std::string_view policy, std::string_view key) override;
    std::vector<MinuteSlice> minute(std::uint32_t id, Instant now) override;

    struct Client
    {
        std::uint32_t policy = 0;
        std::string key;
        double rate = 0;
        KeyRow row;
    };
    void addClient(std::uint32_t policy, std::string key, double rate);
    void stir(Client &client, Snapshot &snapshot);
    void fillTable(Snapshot &snapshot);
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
    std::uint64_t m_changes = 0;
    Snapshot m_last;
    std::unique_ptr<KeyDesk> m_desk;
};

} // namespace rateguard
