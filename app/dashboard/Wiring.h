// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "dashboard/Places.h"
#include "demo/DemoTraffic.h"
#include "demo/PrivateRedis.h"
#include "feed/LiveFeed.h"
#include "widgets/MainWindow.h"

namespace rateguard {

// The only place where window and feed meet. The window asks for a snapshot, draws it, rests, asks again: nothing piles up,
// and a slow window never slows the feed. What the operator wants to see is asked for without the rest.
class Wiring : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds rest {100}; // between two snapshots
    static constexpr std::chrono::milliseconds longRest {500}; // while nobody can see the window

    Wiring(MainWindow &window, const FeedOptions &options);

    void open(const Place &place, const TypedPassword &password = {});
    // A private Redis with traffic, and the window on it. False, with the reason, when it does not start.
    bool startDemo(QString *error);

private:
    void watch(const RedisUrl &url, bool readOnly);
    void startDemoOrSay();
    void ask();
    void draw();

    MainWindow &m_window;
    Places m_places;
    std::unique_ptr<PrivateRedis> m_redis;
    std::unique_ptr<DemoTraffic> m_traffic;
    LiveFeed m_feed;
    QTimer m_rest;
    bool m_asked = false; // a snapshot is under way
    bool m_again = false; // it will not do
};

} // namespace rateguard
