// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/KeyTable.h"

#include <QElapsedTimer>
#include <QThreadPool>

#include <algorithm>
#include <utility>

namespace rateguard {

namespace {

constexpr std::int64_t ratesLast = 6000; // ms: they are of the last five seconds

// Keeps the highest ten; nothing is kept in order.
template <typename Best>
void keep(Best &best, double value, std::uint32_t id)
{
    if (best.size() < KeyTable::ranked) {
        best.emplace_back(value, id);
        return;
    }
    const auto least = std::min_element(best.begin(), best.end());
    if (value > least->first) {
        *least = {value, id};
    }
}

// Whoever is rejected comes before all who only would be.
std::pair<double, double> overLimit(const KeyRow &row)
{
    return {row.rates.rejected, row.rates.wouldReject};
}

// Births are counted round and round.
bool isAmong(std::uint32_t born, std::uint32_t births)
{
    return static_cast<std::int32_t>(births - born) >= 0;
}

} // namespace

void KeyTable::want(const TableWish &wish)
{
    if (m_done && wish.sameOrder(m_wish)) {
        return;
    }
    if (wish.filter != m_wish.filter || !m_done) {
        FilterProblem problem;
        if (auto filter = KeyFilter::parse(wish.filter, problem)) {
            m_filter = std::move(*filter);
            m_filterText = wish.filter;
            m_problem.reset();
        } else {
            m_problem = std::move(problem);
        }
    }
    if (!wish.sameOrder(m_wish)) {
        m_walk.reset(); // whatever comes of it is not wanted any more
        m_sorting = false;
        m_rest.setRemainingTime(0);
    }
    m_wish = wish;
}

bool KeyTable::isDue() const
{
    return !m_walk && (!m_done || m_rest.hasExpired() || !m_done->wish.sameOrder(m_wish));
}

void KeyTable::begin()
{
    m_walk = std::make_shared<Walk>();
    m_walk->wish = m_wish;
    m_walk->filter = m_filterText;
    m_walk->number = ++m_walks;
    m_walk->order = KeyOrder(m_wish.column, m_wish.descending);
    m_walk->order.reserve(m_keys.places());
    m_walk->births = m_keys.births();
    m_walk->changes = m_keys.changes();
    m_sorting = false;
    if (!m_done || m_done->changes != m_walk->changes) {
        m_quiet.setRemainingTime(ratesLast);
    }
}

bool KeyTable::isQuiet() const
{
    return m_done && m_done->changes == m_keys.changes() && m_quiet.hasExpired();
}

void KeyTable::see(const KeyView &key, Walk &walk) const
{
    const auto &row = key.row;
    walk.throttled += row.state == KeyState::Throttled;
    walk.shadowed += row.state == KeyState::Shadowed;
    walk.near += row.state == KeyState::Near;
    if (row.rates.rejected > 0) {
        keep(walk.rejected, row.rates.rejected, row.id);
    } else if (row.rates.wouldReject > 0) {
        keep(walk.watched, row.rates.wouldReject, row.id);
    } else if (row.state == KeyState::Near) {
        keep(walk.nearest, row.usedShare(), row.id);
    }
    if (m_filter.isEmpty() || m_filter.matches(key, m_now)) {
        walk.order.add(key);
    }
}

bool KeyTable::walk(const QDeadlineTimer &slice)
{
    QElapsedTimer clock;
    clock.start();
    auto &walk = *m_walk;
    const auto end = m_keys.places();
    KeyView key;
    while (walk.next < end) {
        const auto stop = std::min(end, walk.next + 32); // the clock costs as much as a key
        for (; walk.next < stop; ++walk.next) {
            if (m_keys.look(walk.next, m_now, key) && isAmong(key.born, walk.births)) {
                see(key, walk);
            }
        }
        if (slice.hasExpired()) {
            break;
        }
    }
    walk.cost += clock.nsecsElapsed();
    return walk.next >= end;
}

void KeyTable::take(WalkPtr walk)
{
    m_done = std::move(walk);
    const auto cost = m_done->cost / 1'000'000;
    m_rest.setRemainingTime(isQuiet() ? std::max<std::int64_t>(1000, cost * 100) : std::max<std::int64_t>(100, cost * 10));
}

bool KeyTable::work(QDeadlineTimer slice)
{
    if (isDue()) {
        begin();
    }
    if (!m_walk) {
        return false;
    }
    if (m_sorting) {
        if (!m_walk->sorted.load(std::memory_order_acquire)) {
            return true;
        }
        m_sorting = false;
        take(std::exchange(m_walk, nullptr));
        return false;
    }
    if (walk(slice)) {
        m_sorting = true;
        QThreadPool::globalInstance()->start([job = m_walk] {
            QElapsedTimer clock;
            clock.start();
            job->order.sort();
            job->cost += clock.nsecsElapsed();
            job->sorted.store(true, std::memory_order_release);
        });
    }
    return true;
}

void KeyTable::fill(const SnapshotRequest &request, Instant now, Snapshot &out)
{
    m_now = now;
    want(request.table);
    if (m_keys.places() <= small && (isDue() || !isQuiet())) {
        begin();
        walk(QDeadlineTimer(QDeadlineTimer::Forever));
        m_walk->order.sort();
        take(std::exchange(m_walk, nullptr));
    }
    out.table.problem = m_problem;
    if (!m_done) {
        return;
    }
    fillRows(request, out);
    fillTaken(request.table, out);
    rank(out);
}

KeyEntry KeyTable::entry(std::uint32_t id, std::uint32_t births)
{
    KeyEntry entry;
    KeyView key;
    if (!m_keys.look(id, m_now, key) || !isAmong(key.born, births)) {
        entry.gone = true;
        return entry;
    }
    entry.policy = key.policy;
    entry.key = key.key;
    entry.row = key.row;
    return entry;
}

void KeyTable::fillRows(const SnapshotRequest &request, Snapshot &out)
{
    auto &table = out.table;
    table.order = m_done->wish;
    table.order.filter = m_done->filter;
    table.order.frozen = false; // whoever has a copy says so
    table.order.first = request.table.first;
    table.order.count = request.table.count;
    table.rows = m_done->order.size();
    table.first = std::min(request.table.first, table.rows);
    const auto end = std::min(table.rows, table.first + std::min(request.table.count, table.rows));
    table.held.reserve(end - table.first);
    for (auto row = table.first; row < end; ++row) {
        const auto id = m_done->order.idAt(row);
        table.held.push_back(entry(id, m_done->births));
        if (!table.held.back().gone) {
            table.held.back().minute = m_keys.minute(id, m_now);
        }
    }
    if (!request.hasSelected) {
        return;
    }
    if (m_selectedIn != m_done->number || request.selectedKey != m_selectedKey || request.selectedPolicy != m_selectedPolicy) {
        m_selectedIn = m_done->number;
        m_selectedPolicy = request.selectedPolicy;
        m_selectedKey = request.selectedKey;
        const auto id = m_keys.find(m_selectedPolicy, m_selectedKey);
        m_selectedRow = id == KeySource::none ? id : m_done->order.rowOf(id);
    }
    table.selectedRow = m_selectedRow == KeySource::none ? -1 : std::int64_t {m_selectedRow};
}

void KeyTable::fillTaken(const TableWish &wish, Snapshot &out)
{
    if (wish.take == 0) {
        m_taken.reset();
        return;
    }
    auto taken = std::make_shared<TakenRows>();
    taken->take = wish.take;
    taken->from = wish.takeFrom;
    if (wish.take != m_take || !m_taken) {
        if (wish.takeFrom != 0) {
            taken->lost = true;
            out.table.taken = std::move(taken);
            return;
        }
        if (!m_done->wish.sameOrder(wish)) {
            return; // the order that is wanted is still being made
        }
        m_taken = m_done;
        m_take = wish.take;
    }
    taken->total = m_taken->order.size();
    taken->next = std::min(taken->total, wish.takeFrom + piece);
    for (auto row = std::min(wish.takeFrom, taken->total); row < taken->next; ++row) {
        auto one = entry(m_taken->order.idAt(row), m_taken->births);
        if (!one.gone) {
            taken->rows.push_back(std::move(one));
        }
    }
    out.table.taken = std::move(taken);
}

void KeyTable::addOver(const Best &best, Snapshot &out)
{
    for (const auto &[value, id] : best) {
        if (auto it = entry(id, m_done->births); !it.gone && (it.row.rates.rejected > 0 || it.row.rates.wouldReject > 0)) {
            out.offenders.push_back({std::move(it.policy), std::move(it.key), it.row, std::nullopt});
        }
    }
}

void KeyTable::rank(Snapshot &out)
{
    out.throttledCount = m_done->throttled;
    out.shadowedCount = m_done->shadowed;
    out.nearCount = m_done->near;
    addOver(m_done->rejected, out);
    addOver(m_done->watched, out);
    for (const auto &[value, id] : m_done->nearest) {
        if (auto it = entry(id, m_done->births); !it.gone && it.row.state == KeyState::Near) {
            out.nearLimit.push_back({std::move(it.policy), std::move(it.key), it.row});
        }
    }
    const auto more = [](const auto &a, const auto &b, const KeyRow &x, const KeyRow &y) { return a != b ? a > b : x.id < y.id; };
    std::sort(out.offenders.begin(), out.offenders.end(),
        [&](const RankedKey &a, const RankedKey &b) { return more(overLimit(a.row), overLimit(b.row), a.row, b.row); });
    out.offenders.resize(std::min(out.offenders.size(), ranked));
    std::sort(out.nearLimit.begin(), out.nearLimit.end(),
        [&](const RankedKey &a, const RankedKey &b) { return more(a.row.usedShare(), b.row.usedShare(), a.row, b.row); });
}

} // namespace rateguard
