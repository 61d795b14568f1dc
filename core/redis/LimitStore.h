// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/LimitEdit.h"
#include "redis/Keyspace.h"
#include "redis/Library.h"

#include <map>

namespace rateguard {

// The limits in Redis: reads them, and edits them by compare-and-set. Never sends an edit twice.
// Lives on the connection's thread; connection and library must outlive it.
class LimitStore
{
public:
    struct Listed
    {
        std::map<std::string, std::string> texts; // policy -> text of its limit, the newest of all partitions; at most maxPolicies
        std::map<std::string, std::string> behind; // what some partition does not have yet: a text, or "VERSION unset"
        std::map<std::string, std::uint64_t> unset; // policies that were taken away, with the version that did it
        QString error; // what went wrong and what now; the texts are then not to be used
        Reply failure; // what Redis said then
    };
    static constexpr std::size_t maxPolicies = 10'000;

    LimitStore(Connection &connection, Library &library, Partitions partitions = Partitions());

    void setPartitions(Partitions partitions) { m_partitions = std::move(partitions); }
    // Reads all limits of all partitions in small pieces (HSCAN).
    void list(const std::function<void(const Listed &)> &done);
    // Decided by the first partition, then copied to all others; the outcome says how many have it.
    void apply(const LimitEdit &edit, std::function<void(const EditOutcome &)> done);
    // Gives every partition what some have not yet: an edit that somebody was cut off in, or a partition that lost its data.
    void repair(const Listed &listed);

private:
    struct Scan;

    void scan(const std::shared_ptr<Scan> &scan);
    void level(const std::string &policy, std::function<void()> done);
    void set(const LimitEdit &edit, std::function<void(const EditOutcome &)> done);
    void copy(const std::string &policy, const std::string &text, std::function<void(std::uint32_t copies)> done);

    Connection &m_connection;
    Library &m_library;
    Partitions m_partitions;
};

// Of the text of a limit or an override, even of one that this version cannot read; 0: none.
std::uint64_t versionOf(const std::string &text);

// What Redis said of an edit by rateguard_set or rateguard_override.
EditOutcome outcomeOf(std::uint64_t id, const std::string &policy, const Reply &reply);

// What Redis said of a call, with the remedy, as plain text: rights, memory, replica, loading.
QString explainError(const Reply &reply);

// "user@host", for the audit.
const std::string &operatorName();

} // namespace rateguard
