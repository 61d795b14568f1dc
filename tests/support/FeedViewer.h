// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "support/Calls.h"

#include "feed/LiveFeed.h"

#include <QTimer>

namespace rateguard {

// A feed on a Redis of its own, and whoever looks at it: draws nothing, but asks as a window does, one snapshot after the other.
class FeedViewer : public QObject
{
public:
    explicit FeedViewer(const RedisUrl &url, const FeedOptions &options = {})
        : feed(options)
    {
        connect(&feed, &LiveFeed::snapshotReady, this, [this] {
            if (const auto snapshot = feed.take()) {
                last = *snapshot;
                edits.insert(edits.end(), snapshot->edits.begin(), snapshot->edits.end());
                for (const auto &second : snapshot->all) {
                    sawGap |= second.gap;
                }
                keyEdits.insert(keyEdits.end(), snapshot->keyEdits.begin(), snapshot->keyEdits.end());
            }
            QTimer::singleShot(5, this, [this] { feed.request(request); });
        });
        request.table.count = 100;
        feed.watch(url);
        feed.request(request);
        if (!QTest::qWaitFor([this] { return last.link.state == LinkState::Live && last.started; }, 10'000)) {
            qFatal("the feed does not come up: %s", last.link.detail.c_str());
        }
    }

    void look(const std::string &key, const std::string &policy = "search")
    {
        request.hasSelected = request.wantsDetail = true;
        request.selectedPolicy = policy;
        request.selectedKey = key;
    }

    const KeyRow *row(const std::string &key) const
    {
        for (const auto &entry : last.table.held) {
            if (entry.key == key) {
                return &entry.row;
            }
        }
        return nullptr;
    }

    LiveFeed feed;
    SnapshotRequest request;
    Snapshot last;
    std::vector<EditOutcome> edits;
    bool sawGap = false;
    std::vector<OverrideOutcome> keyEdits;
};

inline OverrideEdit banOf(std::uint64_t id, const std::string &key, std::optional<std::uint64_t> expected = {})
{
    OverrideEdit edit;
    edit.id = id;
    edit.policy = "search";
    edit.key = key;
    edit.kind = Override::Kind::Ban;
    edit.expectedVersion = expected;
    edit.author = "tester";
    edit.reason = "why";
    return edit;
}

} // namespace rateguard
