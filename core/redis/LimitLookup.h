// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/LimitEdit.h"
#include "redis/AuditLog.h"

namespace rateguard {

// What became of an edit of a limit whose answer was lost: reads what Redis holds now and what its audit knows, and writes
// nothing. Lives on the connection's thread, which must outlive it. Costs the edits that were made since,
// and where no version is known to look for, all that the audit holds.
class LimitLookup
{
public:
    using Done = std::function<void(const EditOutcome &)>;

    explicit LimitLookup(Connection &connection, Partitions partitions = Partitions());

    void setPartitions(const Partitions &partitions);
    // `sent`: when the edit was made, server time. The outcome is Unknown still when Redis could not be asked.
    void find(const LimitEdit &edit, Instant sent, Done done);

private:
    void findInAudit(const LimitEdit &edit, Instant sent, const Rule &now, Done done);

    Connection &m_connection;
    Partitions m_partitions;
    AuditLog m_audit;
};

} // namespace rateguard
