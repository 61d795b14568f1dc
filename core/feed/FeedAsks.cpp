// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/FeedAsks.h"

#include <algorithm>
#include <utility>

namespace rateguard {

FeedAsks::FeedAsks(const Links &links, const Heard &heard)
    : m_store(links.commands, links.library)
    , m_history(links.commands, links.clock, heard.seconds)
    , m_overrides(m_store)
    , m_edits(links.commands, m_store, links.clock, links.isReadOnly)
    , m_detail(links.commands, m_store, {heard.row, heard.rejections})
    , m_health(links.subscriber, links.commands)
    , m_minutes(links.commands)
{
    connect(&m_edits, &KeyEdits::answered, this, [this](const OverrideOutcome &outcome) {
        m_detail.changed(outcome.policy, outcome.key);
        m_overrides.changed();
        m_history.changed();
    });
}

void FeedAsks::setPartitions(const Partitions &partitions)
{
    m_store.setPartitions(partitions);
    m_history.setPartitions(partitions);
    m_edits.setPartitions(partitions);
    m_detail.setPartitions(partitions);
    m_minutes.setPartitions(partitions);
}

void FeedAsks::live()
{
    m_history.live();
    m_overrides.live();
    m_edits.live();
    m_detail.live();
    m_health.live();
}

void FeedAsks::lost()
{
    m_history.lost();
    m_overrides.lost();
    m_health.lost();
    m_minutes.lost();
    m_wantsMinutes = true;
}

ChangedName changedBy(std::string_view message)
{
    const auto policy = message.substr(0, message.find(' '));
    const auto version = message.find(' ', std::min(policy.size() + 1, message.size()));
    return {policy, version == std::string_view::npos ? std::nullopt : std::optional(message.substr(version + 1))};
}

void FeedAsks::changed(const ChangedName &name)
{
    m_history.changed();
    m_overrides.changed();
    m_detail.changed(name.policy, name.key);
}

void FeedAsks::readMinutes(std::vector<std::string> policies)
{
    m_wantsMinutes = false;
    m_minutes.start(std::move(policies));
}

void FeedAsks::fill(Snapshot &out, const SnapshotRequest &request, Instant now)
{
    if (request.hasSelected && request.wantsDetail) {
        m_detail.want(request.selectedPolicy, request.selectedKey);
    } else {
        m_detail.stop();
    }
    out.keyEdits = m_edits.takeNews();
    out.history = m_history.current();
    out.overrides = m_overrides.current(now);
    out.detail = m_detail.current();
    out.health = m_health.current();
}

} // namespace rateguard
