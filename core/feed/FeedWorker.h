// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "feed/EditTracker.h"
#include "feed/LiveFeed.h"
#include "feed/PolicyBook.h"
#include "feed/ServerClock.h"

#include "engine/FollowedKeys.h"
#include "engine/KeyRegistry.h"
#include "engine/RateWindow.h"
#include "redis/EventIntake.h"
#include "redis/LimitStore.h"

namespace rateguard {

// Everything of the feed that happens on its thread: two connections (one listens, one asks), the windows per key,
// the edits under way. What belongs to one Redis sits in Session and goes with it.
class FeedWorker : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds listenEvery {50};

    FeedWorker(FeedMailbox &mailbox, FeedOptions options);
    ~FeedWorker() override;

    void connectToRedis();
    void publish();
    void takeEdits();

signals:
    void snapshotReady();

private:
    struct Session;
    struct Question // for what waits in a partition
    {
        std::size_t partition;
        std::chrono::microseconds sent; // see ServerClock::elapsed
        bool isPlain; // nothing else was under way
    };

    void onMessage(std::string_view channel, std::string_view payload);
    void take(const std::optional<EventIntake::Events> &events, const std::string &error);
    void onCommandsLive();
    void onLive();
    void onLost();
    void goDeaf(Instant since, GapCause cause);
    void listen();
    void heard(const Reply &reply, const Question &question);
    void readLimits();
    void hearFrom(Instant at);
    void readMinutes();
    void submit(const LimitEdit &edit);
    LinkStatus link() const;
    void fillTraffic(Snapshot &out, const SnapshotRequest &request, Instant now);
    void fillCurves(Snapshot &out, const SnapshotRequest &request, Instant now);

    FeedMailbox &m_mailbox;
    FeedOptions m_options;
    std::unique_ptr<Session> m_session;
    std::uint64_t m_restoreId = LimitEdit::firstRestoreId;
};

} // namespace rateguard
