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
        std::map<std::string, std::string> texts; // policy -> text of its limit; at most maxPolicies
        QString error; // what went wrong and what now; the texts are then not to be used
        Reply failure; // what Redis said then
    };
    static constexpr std::size_t maxPolicies = 10'000;

    LimitStore(Connection &connection, Library &library, const Keyspace &names);

    // Reads all limits in small pieces (HSCAN).
    void list(const std::function<void(const Listed &)> &done);
    void apply(const LimitEdit &edit, std::function<void(const EditOutcome &)> done);
    // Reads what Redis holds and says what became of an edit whose answer was lost.
    void resolve(const LimitEdit &edit, std::function<void(const EditOutcome &)> done);

private:
    void scan(const std::string &cursor, const std::shared_ptr<Listed> &listed, const std::function<void(const Listed &)> &done);

    Connection &m_connection;
    Library &m_library;
    Keyspace m_names;
};

// What Redis said of a call, with the remedy, as plain text: rights, memory, replica, loading.
QString explainError(const Reply &reply);
bool isRightsError(const Reply &reply);

// "user@host", for the audit.
const std::string &operatorName();

} // namespace rateguard
