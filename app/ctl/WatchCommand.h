// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/Command.h"
#include "demo/DemoTraffic.h"
#include "demo/PrivateRedis.h"
#include "feed/LiveFeed.h"

#include <QElapsedTimer>
#include <QTimer>


namespace rateguard {

// watch: what the dashboard's own feed sees, once a second: a table that repaints itself on a terminal, lines elsewhere, JSON
// objects with --json. Counts are exact: they add up to all decisions since the command began to listen.
class WatchCommand : public Command
{
public:
    explicit WatchCommand(const Options &options);
    void start() override;

private:
    void draw(const Snapshot &snapshot);
    static SnapshotRequest request();
    static std::vector<const KeyEntry *> topKeys(const Snapshot &snapshot);
    void printObject(const Snapshot &snapshot, const Counts &since);
    void printTable(const Snapshot &snapshot, const Counts &since);

    std::unique_ptr<PrivateRedis> m_redis;
    std::unique_ptr<DemoTraffic> m_traffic;
    LiveFeed m_feed;
    QTimer m_timer;
    QElapsedTimer m_launch;
    QElapsedTimer m_clock; // since Redis was first seen
    Counts m_before;
    QString m_detail;
    bool m_last = false;
    bool m_terminal = false;
};

} // namespace rateguard
