// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/FrozenPicture.h"

#include <algorithm>
#include <utility>

namespace rateguard {
namespace {

void dropDifferences(Snapshot &snapshot)
{
    snapshot.keysReset = false;
    snapshot.removed.clear();
    snapshot.added.clear();
    snapshot.changed.clear();
    snapshot.edits.clear();
}

} // namespace

FrozenPicture::FrozenPicture(const Snapshot &shown) : m_still(shown)
{
    dropDifferences(m_still);
}

SnapshotPtr FrozenPicture::hold(const Snapshot &next)
{
    gather(next);
    keepSelected(next);
    auto picture = std::make_shared<Snapshot>(m_still);
    picture->link = next.link;
    picture->edits = next.edits;
    picture->lostLimits = next.lostLimits;
    picture->batchesLost = next.batchesLost;
    picture->messagesMalformed = next.messagesMalformed;
    picture->lag = next.lag;
    picture->policiesChanged = next.policiesChanged;
    picture->policies = next.policies;
    for (PolicyRow &policy : picture->policies) {
        const auto still = std::find_if(m_still.policies.begin(), m_still.policies.end(),
                                        [&policy](const PolicyRow &row) { return row.name == policy.name; });
        policy.rates = still == m_still.policies.end() ? Rates() : still->rates;
    }
    return picture;
}

void FrozenPicture::gather(const Snapshot &next)
{
    if (next.keysReset) {
        m_changes.clear();
        m_reset = true;
    }
    // In the order of the table: an id that is removed and added in one snapshot has gone to another key.
    for (const std::uint32_t id : next.removed)
        m_changes[id] = {true, std::nullopt, std::nullopt};
    for (const KeyName &name : next.added) {
        Change &change = m_changes[name.id];
        if (!change.name)
            change.name = name;
    }
    for (const KeyRow &row : next.changed)
        m_changes[row.id].row = row;
    m_latest = next;
    dropDifferences(*m_latest);
}

void FrozenPicture::keepSelected(const Snapshot &next)
{
    if (m_settling == 0)
        return;
    --m_settling;
    const auto end = std::chrono::floor<std::chrono::seconds>(m_still.now.time_since_epoch()).count();
    m_still.selectedKnown = next.selectedKnown;
    m_still.selected = next.selected;
    std::erase_if(m_still.selected, [end](const SecondCounts &second) { return second.second >= end; });
}

SnapshotPtr FrozenPicture::thaw()
{
    if (!m_latest)
        return nullptr;
    auto all = std::make_shared<Snapshot>(*std::exchange(m_latest, std::nullopt));
    all->keysReset = m_reset;
    for (auto &[id, change] : m_changes) {
        if (change.removed)
            all->removed.push_back(id);
        if (change.name)
            all->added.push_back(std::move(*change.name));
        if (change.row)
            all->changed.push_back(*change.row);
    }
    m_changes.clear();
    return all;
}

Duration FrozenPicture::behind() const
{
    const auto time = m_latest ? m_latest->now - m_still.now : Instant::duration::zero();
    return std::max(Duration(0), std::chrono::duration_cast<Duration>(time));
}

} // namespace rateguard
