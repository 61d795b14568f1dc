// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/KeyTableModel.h"

#include "models/KeyCells.h"

#include <algorithm>
#include <functional>

namespace rateguard {

KeyTableModel::KeyTableModel(QObject *parent) : QAbstractTableModel(parent), m_less(m_entries) { }

void KeyTableModel::apply(const Snapshot &snapshot)
{
    if (snapshot.keysReset) {
        beginResetModel();
        forgetAll();
        endResetModel();
    }
    forget(snapshot.removed);
    place(learn(snapshot));
    tick(snapshot.now);
}

void KeyTableModel::setFilter(const QString &text)
{
    m_filter = KeyFilter(text);
    Ids enter;
    Ids leave;
    for (std::uint32_t id = 0; id < m_entries.size(); ++id) {
        const KeyEntry &entry = m_entries[id];
        const bool wanted = entry.known && m_filter.matches(entry);
        if (wanted != entry.shown)
            (wanted ? enter : leave).push_back(id);
    }
    hide(leave);
    show(enter);
    move(enter);
}

void KeyTableModel::forgetAll()
{
    m_entries.clear();
    m_packed.clear();
    m_moving.clear();
    m_order.clear();
    m_known = 0;
    m_throttled = 0;
}

void KeyTableModel::forget(const Ids &ids)
{
    Ids leave;
    for (const std::uint32_t id : ids) {
        if (id >= m_entries.size() || !m_entries[id].known)
            continue;
        KeyEntry &entry = m_entries[id];
        entry.known = false;
        --m_known;
        m_throttled -= entry.row.state == KeyState::Throttled ? 1 : 0;
        if (entry.shown)
            leave.push_back(id);
    }
    hide(leave);
    for (const std::uint32_t id : ids) {
        if (id < m_entries.size() && !m_entries[id].known)
            m_entries[id] = {};
    }
}

KeyTableModel::Ids KeyTableModel::learn(const Snapshot &snapshot)
{
    Ids touched;
    touched.reserve(snapshot.added.size() + snapshot.changed.size());
    for (const KeyName &name : snapshot.added) {
        if (name.id >= m_entries.size()) {
            m_entries.resize(name.id + std::size_t {1});
            m_packed.resize(m_entries.size());
            m_moving.resize(m_entries.size());
        }
        KeyEntry &entry = m_entries[name.id];
        if (entry.known)
            continue; // we have it; names never change
        entry.policy = name.policy;
        entry.key = name.key;
        entry.known = true;
        ++m_known;
        touched.push_back(name.id);
    }
    for (const KeyRow &row : snapshot.changed) {
        if (row.id >= m_entries.size() || !m_entries[row.id].known)
            continue;
        KeyEntry &entry = m_entries[row.id];
        m_throttled += row.state == KeyState::Throttled ? 1 : 0;
        m_throttled -= entry.row.state == KeyState::Throttled ? 1 : 0;
        entry.row = row;
        touched.push_back(row.id);
    }
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    return touched;
}

void KeyTableModel::place(const Ids &ids)
{
    Ids enter;
    Ids leave;
    Ids moved;
    Ids stayed;
    for (const std::uint32_t id : ids) {
        const KeyEntry &entry = m_entries[id];
        const bool wanted = m_filter.matches(entry);
        if (wanted != entry.shown) {
            (wanted ? enter : leave).push_back(id);
        } else if (wanted) {
            stayed.push_back(id);
            if (m_less.pack(id) != m_packed[id])
                moved.push_back(id);
        }
    }
    hide(leave);
    show(enter);
    moved.insert(moved.end(), enter.begin(), enter.end());
    move(moved);
    report(stayed);
}

// All that leave go to the end first and are removed there as one range: a thousand separate removals would cost the
// views a thousand passes.
void KeyTableModel::hide(const Ids &ids)
{
    if (ids.empty())
        return;
    for (const std::uint32_t id : ids)
        m_entries[id].shown = false;
    Packed order;
    order.reserve(m_order.size());
    const auto shown = [this](std::uint64_t packed) { return m_entries[KeyOrder::idOf(packed)].shown; };
    std::copy_if(m_order.begin(), m_order.end(), std::back_inserter(order), shown);
    const std::size_t kept = order.size();
    std::copy_if(m_order.begin(), m_order.end(), std::back_inserter(order), std::not_fn(shown));
    layOut(std::move(order), kept);
    beginRemoveRows({}, static_cast<int>(kept), static_cast<int>(m_order.size()) - 1);
    m_order.resize(kept);
    endRemoveRows();
}

// At the end; move() puts them in their places.
void KeyTableModel::show(const Ids &ids)
{
    if (ids.empty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(ids.size()) - 1);
    for (const std::uint32_t id : ids) {
        m_entries[id].shown = true;
        m_packed[id] = m_less.pack(id);
        m_order.push_back(m_packed[id]);
    }
    endInsertRows();
}

void KeyTableModel::move(const Ids &ids)
{
    if (ids.empty())
        return;
    Packed fresh;
    fresh.reserve(ids.size());
    for (const std::uint32_t id : ids) {
        m_moving[id] = 1;
        m_packed[id] = m_less.pack(id);
        fresh.push_back(m_packed[id]);
    }
    std::sort(fresh.begin(), fresh.end(), std::cref(m_less));

    Packed order;
    order.reserve(m_order.size());
    auto next = fresh.cbegin();
    for (const std::uint64_t packed : m_order) {
        if (m_moving[KeyOrder::idOf(packed)])
            continue;
        for (; next != fresh.cend() && m_less(*next, packed); ++next)
            order.push_back(*next);
        order.push_back(packed);
    }
    order.insert(order.end(), next, fresh.cend());
    for (const std::uint32_t id : ids)
        m_moving[id] = 0;
    const std::size_t all = order.size();
    layOut(std::move(order), all);
}

void KeyTableModel::layOut(Packed order, std::size_t sorted)
{
    const auto sameKey = [](std::uint64_t a, std::uint64_t b) { return KeyOrder::idOf(a) == KeyOrder::idOf(b); };
    if (std::equal(order.begin(), order.end(), m_order.begin(), m_order.end(), sameKey)) {
        m_order.swap(order);
        return;
    }
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList from = persistentIndexList();
    QModelIndexList to;
    to.reserve(from.size());
    for (const QModelIndex &index : from) {
        const std::size_t row = placeOf(idAt(index.row()), order, sorted);
        to.push_back(createIndex(static_cast<int>(row), index.column()));
    }
    m_order.swap(order);
    changePersistentIndexList(from, to);
    emit layoutChanged({}, VerticalSortHint);
}

std::size_t KeyTableModel::placeOf(std::uint32_t id, const Packed &order, std::size_t sorted) const
{
    const auto end = order.begin() + static_cast<std::ptrdiff_t>(sorted);
    auto found = m_entries[id].shown ? std::lower_bound(order.begin(), end, m_packed[id], std::cref(m_less)) : end;
    if (!m_entries[id].shown)
        found = std::find_if(end, order.end(), [id](std::uint64_t packed) { return KeyOrder::idOf(packed) == id; });
    return static_cast<std::size_t>(found - order.begin());
}

void KeyTableModel::report(const Ids &ids)
{
    if (ids.empty())
        return;
    std::vector<int> rows;
    rows.reserve(ids.size());
    for (const std::uint32_t id : ids)
        rows.push_back(static_cast<int>(placeOf(id, m_order, m_order.size())));
    std::sort(rows.begin(), rows.end());

    std::vector<std::pair<int, int>> ranges;
    for (const int row : rows) {
        if (!ranges.empty() && ranges.back().second + 1 == row)
            ranges.back().second = row;
        else
            ranges.emplace_back(row, row);
    }
    if (ranges.size() > 64) // a view's work per range is more than a repaint of what it shows
        ranges = {{rows.front(), rows.back()}};
    for (const auto &[first, last] : ranges)
        emit dataChanged(index(first, 0), index(last, keyColumns - 1));
}

void KeyTableModel::tick(Instant now)
{
    const bool older = std::chrono::floor<std::chrono::seconds>(now) != std::chrono::floor<std::chrono::seconds>(m_now);
    m_now = now;
    constexpr int column = static_cast<int>(KeyColumn::LastSeen);
    if (older && !m_order.empty())
        emit dataChanged(index(0, column), index(rowCount() - 1, column), {Qt::DisplayRole});
}

void KeyTableModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= keyColumns)
        return;
    m_less.setColumn(static_cast<KeyColumn>(column), order == Qt::DescendingOrder);
    Packed packed;
    packed.reserve(m_order.size());
    for (const std::uint64_t old : m_order) {
        const std::uint32_t id = KeyOrder::idOf(old);
        m_packed[id] = m_less.pack(id);
        packed.push_back(m_packed[id]);
    }
    std::sort(packed.begin(), packed.end(), std::cref(m_less));
    const std::size_t all = packed.size();
    layOut(std::move(packed), all);
}

int KeyTableModel::rowOf(const std::string &policy, const std::string &key) const
{
    const auto found = std::find_if(m_order.begin(), m_order.end(), [&](std::uint64_t packed) {
        const KeyEntry &entry = m_entries[KeyOrder::idOf(packed)];
        return entry.key == key && entry.policy == policy;
    });
    return found == m_order.end() ? -1 : static_cast<int>(found - m_order.begin());
}

int KeyTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int KeyTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : keyColumns;
}

QVariant KeyTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const KeyEntry &entry = entryAt(index.row());
    const auto column = static_cast<KeyColumn>(index.column());
    switch (role) {
    case Qt::DisplayRole: return keyCellText(entry, column, m_now);
    case Qt::TextAlignmentRole: return QVariant::fromValue(keyColumnAlignment(column));
    case Qt::ToolTipRole: return keyCellToolTip(entry, column);
    case StateRole: return static_cast<int>(entry.row.state);
    case UsedRole: return entry.row.used;
    case LimitRole: return entry.row.limit;
    case IdRole: return idAt(index.row());
    default: return {};
    }
}

QVariant KeyTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= keyColumns)
        return {};
    const auto column = static_cast<KeyColumn>(section);
    if (role == Qt::TextAlignmentRole) // over a bar, the title stands where the bar begins
        return QVariant::fromValue(column == KeyColumn::Used ? Qt::AlignLeft | Qt::AlignVCenter : keyColumnAlignment(column));
    if (role == Qt::InitialSortOrderRole) // the first click shows the most, the worst and the latest
        return column == KeyColumn::Policy || column == KeyColumn::Key ? Qt::AscendingOrder : Qt::DescendingOrder;
    return role == Qt::DisplayRole ? keyColumnTitle(column) : QVariant();
}

} // namespace rateguard
