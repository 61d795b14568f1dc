// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/FrozenPicture.h"

#include <algorithm>
#include <utility>

namespace rateguard {

FrozenPicture::FrozenPicture(const Snapshot &shown) : m_still(shown)
{
    m_still.edits.clear();
    m_still.keyEdits.clear();
}

SnapshotPtr FrozenPicture::hold(const Snapshot &next)
{
    keepRows(next.table);
    keepSelected(next);
    if (next.detail && (!m_still.detail || m_still.detail->key != next.detail->key || m_still.detail->policy != next.detail->policy))
        m_still.detail = next.detail; // of another key
    else if (next.detail && m_still.detail && m_still.detail->override != next.detail->override) {
        auto detail = std::make_shared<KeyDetail>(*m_still.detail);
        detail->override = next.detail->override; // edits go by what holds now
        m_still.detail = std::move(detail);
    }
    m_latest = next;
    m_latest->edits.clear(); // they are told now
    m_latest->keyEdits.clear();
    auto picture = std::make_shared<Snapshot>(m_still);
    picture->now = next.now;
    picture->link = next.link;
    picture->edits = next.edits;
    picture->keyEdits = next.keyEdits;
    picture->history = next.history;
    picture->overrides = next.overrides;
    picture->table.problem = next.table.problem;
    picture->table.taken = next.table.taken;
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

void FrozenPicture::keepRows(const TableView &next)
{
    if (!next.order.frozen)
        return; // it was on the way when the pause began, or the copy is still being made
    const TableView &still = m_still.table;
    const bool isOther = !next.order.sameOrder(still.order) || next.order.first != still.order.first || next.order.count != still.order.count;
    if (isOther || still.order.frozen)
        m_still.table = next;
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
    all->table = m_still.table; // its own is of the copy; the rows of now come next
    return all;
}

Duration FrozenPicture::behind() const
{
    const auto time = m_latest ? m_latest->now - m_still.now : Instant::duration::zero();
    return std::max(Duration(0), std::chrono::duration_cast<Duration>(time));
}

} // namespace rateguard
