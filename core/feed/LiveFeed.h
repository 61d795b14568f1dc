// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "redis/RedisUrl.h"

#include <QObject>
#include <QThread>

#include <mutex>

namespace rateguard {

struct FeedOptions
{
    bool readOnly = false; // never writes: no edits, no loading of the library
    std::string name = "rateguard"; // in CLIENT LIST
    std::optional<std::string> prefix; // nothing: what Redis says, see readLayout
    std::size_t maxKeys = 1'000'000;
};

// The only meeting point of the two threads. Signals between them carry nothing; what they mean lies in here.
struct FeedMailbox
{
    std::mutex mutex;
    std::optional<RedisUrl> url; // to watch from now on
    bool readOnly = false; // while it is watched
    SnapshotRequest request;
    std::vector<LimitEdit> edits;
    std::vector<OverrideEdit> keyEdits;
    std::vector<std::string> restores;
    bool forgetLost = false;
    SnapshotPtr snapshot;
};

class FeedWorker;

// Redis in, snapshots out, edits through, on a thread of its own that never waits for whoever draws.
// All functions are for the thread that made it; none blocks.
class LiveFeed : public QObject
{
    Q_OBJECT

public:
    explicit LiveFeed(FeedOptions options = {}, QObject *parent = nullptr);
    ~LiveFeed() override;

    // Watches this Redis from now on, and forgets what was known of another. Never writes to it when `readOnly` or the options say so.
    void watch(const RedisUrl &url, bool readOnly = false);
    // Asks for one snapshot; snapshotReady follows. Ask again when it is drawn, so nothing piles up.
    void request(const SnapshotRequest &request);
    // The snapshot that was announced; each is given out once.
    SnapshotPtr take();

    void submit(const LimitEdit &edit);
    // Of one key; what became of it comes in Snapshot::keyEdits.
    void submit(const OverrideEdit &edit);
    // Writes limits back that Redis has lost (Snapshot::lostLimits); none: forget them.
    void restore(const std::vector<std::string> &policies);

signals:
    void snapshotReady();

private:
    void wake(void (FeedWorker::*what)());

    const bool m_readOnly; // always
    FeedMailbox m_mailbox;
    QThread m_thread;
    FeedWorker *m_worker;
};

} // namespace rateguard
