// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "feed/ReadPace.h"
#include "feed/ServerClock.h"

#include "engine/EditWitness.h"
#include "redis/AuditLog.h"
#include "redis/TrafficStore.h"

#include <set>

namespace rateguard {

// The newest edits that Redis remembers and, of the newest of those, what they did: read on connecting, after each edit, and
// twice a minute. Effects are of what we heard, and else of what Redis remembers of the minutes of a policy: one policy after
// the other, each in one read, until ten minutes after an edit are over. A key's edit is told by its policy only when nobody
// heard the key.
// Lives on the feed thread, on a connection that must outlive it; waits for nothing.
class HistoryReader
{
public:
    static constexpr std::size_t maxEntries = 500;
    static constexpr std::size_t maxEffects = 100;
    static constexpr std::chrono::seconds every {30};

    HistoryReader(Connection &connection, const ServerClock &clock, EditWitness::Seconds heard);

    void setPartitions(const Partitions &partitions);
    void live();
    void lost();
    void changed() { m_pace.wish(); } // somebody made an edit
    // Null until the first read; the same pointer as before when nothing has changed. O(entries) after a change.
    std::shared_ptr<const EditHistory> current();

private:
    // Of the entry at the same place.
    struct Known
    {
        EditSpan span; // that figures of its whole policy may be of
        EffectSpan whole; // the same in whole minutes
        EditHistory::Effect minutes; // as far as minutes tell
        std::chrono::minutes minute {0}; // the last one that they were read in
        bool isSettled = false; // nothing will change them any more
    };

    void take(const AuditLog::Page &page);
    void lookForEffects();
    void readEffects();
    void hear();
    void settle(std::size_t i);
    void take(const std::string &policy, const TrafficStore::Traffic &traffic);

    const ServerClock &m_clock;
    AuditLog m_audit;
    TrafficStore m_traffic;
    ReadPace m_pace;
    EditWitness m_witness;
    EditWitness::Seconds m_heard;
    QTimer m_effectTimer;
    QTimer m_hearTimer;
    EditHistory m_history;
    std::vector<Known> m_known;
    std::set<std::string> m_due; // policies whose traffic has to be read
    bool m_isReadingEffects = false;
    bool m_mayReadTraffic = true;
    bool m_isNew = false; // m_history is not m_current
    std::shared_ptr<const EditHistory> m_current;
};

} // namespace rateguard
