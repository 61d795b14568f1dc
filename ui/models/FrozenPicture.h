// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <optional>

namespace rateguard {

// What is drawn while drawing is paused: the traffic of one moment, with the connection, limits and edits of now, which
// nobody may miss. Reading goes on. Rows of the table that were not on screen come from the copy of all keys that the feed
// made when it heard of the pause; those on screen stay until others are wanted. Its `now` is the time that it is, as edits
// go by that; what stands still is drawn as of moment(). O(what is drawn) per snapshot.
class FrozenPicture
{
public:
    explicit FrozenPicture(const Snapshot &shown); // the last one that was drawn

    // To be drawn instead of `next`: moves no row, no figure and no curve.
    SnapshotPtr hold(const Snapshot &next);
    // Another key was selected: its chart is shown as it was at that moment, as far back as the feed remembers.
    void selectAnother() { m_settling = 2; }
    // The latest that came meanwhile, to be drawn at once; null when nothing came. Ends the pause: hold() no more.
    SnapshotPtr thaw();

    const std::string &endpoint() const { return m_still.link.endpoint; }
    Instant moment() const { return m_still.now; } // that is drawn
    Duration behind() const; // from what is drawn to what is known

private:
    void keepRows(const TableView &next);
    void keepSelected(const Snapshot &next);

    Snapshot m_still;
    std::optional<Snapshot> m_latest;
    int m_settling = 0; // snapshots until one is surely about the newly selected key
};

} // namespace rateguard
