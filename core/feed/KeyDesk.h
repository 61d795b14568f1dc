// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "feed/FrozenKeys.h"
#include "feed/KeyTable.h"

#include <QTimer>

namespace rateguard {

// Where wishes of the key table are answered: from the keys as they are, or, while it is paused, from a copy of them. Counts
// and lists of the worst are always of now. Works between two answers, by the event loop of its thread.
class KeyDesk
{
public:
    static constexpr std::chrono::milliseconds slice {2}; // no longer at a time

    explicit KeyDesk(KeySource &keys);

    void fill(const SnapshotRequest &request, Instant now, Snapshot &out);

private:
    struct Frozen
    {
        FrozenKeys keys;
        KeyTable table {keys};
    };
    void work();

    KeySource &m_keys;
    KeyTable m_table;
    std::unique_ptr<Frozen> m_frozen;
    Instant m_now;
    QTimer m_timer;
};

} // namespace rateguard
