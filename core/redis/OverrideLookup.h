// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "redis/AuditLog.h"
#include "redis/OverrideStore.h"

namespace rateguard {

// What became of an edit of one key whose answer was lost: reads what Redis holds now and what its audit knows, and
// writes nothing.
// Lives on the connection's thread; connection and store must outlive it.
class OverrideLookup
{
public:
    using Done = std::function<void(const OverrideOutcome &)>;

    OverrideLookup(Connection &connection, OverrideStore &store, Partitions partitions = Partitions());

    void setPartitions(const Partitions &partitions) { m_audit.setPartitions(partitions); }
    // `sent`: when the edit was made, server time. The outcome is Unknown still when Redis could not be asked.
    void find(const OverrideEdit &edit, Instant sent, Done done);

private:
    void findReplaced(const OverrideEdit &edit, Instant sent, OverrideOutcome outcome, Done done);
    void findReset(const OverrideEdit &edit, Instant sent, Done done);

    OverrideStore &m_store;
    AuditLog m_audit;
};

} // namespace rateguard
