// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <optional>
#include <unordered_map>

namespace rateguard {

// What is drawn while drawing is paused: the traffic of one moment, with the connection, limits and edits of now, which
// nobody may miss. Reading goes on, so the differences of keys gather here, the latest of each key: nothing is lost, and
// memory follows the number of keys, not the length of the pause. O(changes) per snapshot.
class FrozenPicture
{
public:
    explicit FrozenPicture(const Snapshot &shown); // the last one that was drawn

    // To be drawn instead of `next`: moves no row, no figure and no curve.
    SnapshotPtr hold(const Snapshot &next);
    // Another key was selected: its chart is shown as it was at that moment, as far back as the feed remembers.
    void selectAnother() { m_settling = 2; }
    // All that came meanwhile, to be drawn at once; null when nothing came. Ends the pause: hold() no more.
    SnapshotPtr thaw();

    const std::string &endpoint() const { return m_still.link.endpoint; }
    Duration behind() const; // from what is drawn to what is known

private:
    struct Change
    {
        bool removed = false; // the key that had this id before
        std::optional<KeyName> name;
        std::optional<KeyRow> row;
    };
    void gather(const Snapshot &next);
    void keepSelected(const Snapshot &next);

    Snapshot m_still;
    std::optional<Snapshot> m_latest;
    std::unordered_map<std::uint32_t, Change> m_changes; // by id
    bool m_reset = false;
    int m_settling = 0; // snapshots until one is surely about the newly selected key
};

} // namespace rateguard
