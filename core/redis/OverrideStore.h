// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Decision.h"
#include "engine/OverrideEdit.h"
#include "redis/Library.h"

#include <map>

namespace rateguard {

// What single keys have instead of their policy's limit: bans, exemptions, limits of their own. Each lives in the partition of
// its key. Edits are compare-and-set and never sent twice.
// Lives on the connection's thread; connection and library must outlive it.
class OverrideStore
{
public:
    struct Listed
    {
        std::vector<KeyOverride> all; // those that have not ended, by policy and key; at most maxOverrides
        std::vector<std::string> damaged; // POLICY:KEY of what this version cannot read; at most maxDamaged
        bool isCut = false; // there are more than maxOverrides
        QString error; // what went wrong and what now; the lists are then not to be used
        Reply failure; // what Redis said then
    };
    static constexpr std::size_t maxOverrides = 100'000;
    static constexpr std::size_t maxDamaged = 1000;

    OverrideStore(Connection &connection, Library &library, Partitions partitions = Partitions());

    void setPartitions(Partitions partitions) { m_partitions = std::move(partitions); }
    // Reads the overrides of one policy, or of all (empty), in small pieces (HSCAN).
    void list(const std::string &policy, std::function<void(const Listed &)> done);
    // How many overrides each of the policies has, ended ones that nobody swept away yet included. Those with none are left out.
    void count(const std::vector<std::string> &policies, std::function<void(const std::map<std::string, std::uint64_t> &)> done);
    // A policy that only other partitions know so far (a default is registered where it is asked for) is copied here first.
    // `edit.reset`: the same as reset().
    void apply(const OverrideEdit &edit, std::function<void(const OverrideOutcome &)> done);
    // The override that a key has, ended or not; nothing: it has none, or `reply` says why.
    using Held = std::function<void(const std::optional<Override> &value, const Reply &reply)>;
    void find(const std::string &policy, const std::string &key, Held done);
    // Forgets what a key has used: an integer, 1 when there was something, or what went wrong.
    void reset(const std::string &policy, const std::string &key, const std::string &author, const std::string &reason, Connection::Callback done);
    // What a request of that cost would be told now, without counting it; nothing: `reply` says why.
    using Peeked = std::function<void(const std::optional<Decision> &decision, const Reply &reply)>;
    void peek(const std::string &policy, const std::string &key, std::uint32_t cost, Peeked done);

private:
    struct Scan;

    void scan(const std::shared_ptr<Scan> &scan);
    void set(const OverrideEdit &edit, Connection::Callback done);
    void lend(const std::string &policy, const Keyspace &to, std::function<void(bool lent)> done);

    Connection &m_connection;
    Library &m_library;
    Partitions m_partitions;
};

} // namespace rateguard
