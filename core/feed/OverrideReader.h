// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "feed/ReadPace.h"

#include "engine/Snapshot.h"
#include "redis/OverrideStore.h"

namespace rateguard {

// The overrides that Redis holds: read on connecting, after each edit, and twice a minute, in small pieces. One that ends by
// itself vanishes when its time has come. Lives on the feed thread, with a store that must outlive it.
class OverrideReader
{
public:
    static constexpr std::chrono::seconds every {30};

    explicit OverrideReader(OverrideStore &store);

    void live() { m_pace.start(); }
    void lost() { m_pace.stop(); }
    void changed() { m_pace.wish(); } // somebody made an edit
    // Null until the first read; the same pointer as before when nothing has changed. O(overrides) after a change.
    std::shared_ptr<const OverrideList> current(Instant now);

private:
    void take(const OverrideStore::Listed &listed);
    void put(OverrideList list);

    OverrideStore &m_store;
    ReadPace m_pace;
    std::shared_ptr<const OverrideList> m_current;
    std::optional<Instant> m_nextEnd; // of one in m_current
};

} // namespace rateguard
