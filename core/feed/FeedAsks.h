// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "feed/DetailReader.h"
#include "feed/HealthProbe.h"
#include "feed/HistoryReader.h"
#include "feed/KeyEdits.h"
#include "feed/MinuteReader.h"
#include "feed/OverrideReader.h"

namespace rateguard {

// What an edit was of: a policy's limit, or one key of it.
struct ChangedName
{
    std::string_view policy;
    std::optional<std::string_view> key;
};
ChangedName changedBy(std::string_view message); // "POLICY VERSION" or "POLICY VERSION KEY"; points into it

// What the feed asks Redis for beside events and limits: the history of edits, overrides, the details of one key, its health,
// minutes of the past; and the edits of single keys. Nothing of it stands in the way of events: every read is small or in
// pieces, and none begins before the one like it is over.
// Lives on the feed thread; all that it is made with must outlive it.
class FeedAsks : public QObject
{
    Q_OBJECT

public:
    struct Links
    {
        Connection &subscriber;
        Connection &commands;
        Library &library;
        const ServerClock &clock;
        bool isReadOnly;
    };

    struct Heard
    {
        DetailReader::RowOf row;
        EditWitness::Seconds seconds;
        const RejectionBook &rejections;
    };

    FeedAsks(const Links &links, const Heard &heard);

    void setPartitions(const Partitions &partitions);
    void live(); // both connections are
    void lost(); // one of them is not
    void changed(const ChangedName &name); // as the channel of changes says
    // Events are missing from the time until now.
    void missed() { m_wantsMinutes = true; }
    bool wantsMinutes() const { return m_wantsMinutes; }
    // The policies, those that matter most first.
    void readMinutes(std::vector<std::string> policies);
    const MinuteBook &minutes() const { return m_minutes.book(); }

    void submit(const OverrideEdit &edit) { m_edits.submit(edit); }
    void inherit(FeedAsks &before, bool sameRedis) { m_edits.inherit(before.m_edits, sameRedis); }

    std::shared_ptr<const OverrideList> overrides(Instant now) { return m_overrides.current(now); } // null until read
    void fill(Snapshot &out, const SnapshotRequest &request, Instant now);

private:
    OverrideStore m_store;
    HistoryReader m_history;
    OverrideReader m_overrides;
    KeyEdits m_edits;
    DetailReader m_detail;
    HealthProbe m_health;
    MinuteReader m_minutes;
    bool m_wantsMinutes = true;
};

} // namespace rateguard
