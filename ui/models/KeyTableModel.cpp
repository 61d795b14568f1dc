// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/KeyTableModel.h"

#include "format/Text.h"

#include <algorithm>
#include <limits>

namespace rateguard {
namespace {

// Row `row` of what begins at `first`; null: it is not in there.
const KeyEntry *rowIn(const std::vector<KeyEntry> &held, int first, int row)
{
    const int at = row - first;
    return at >= 0 && at < static_cast<int>(held.size()) ? &held[static_cast<std::size_t>(at)] : nullptr;
}

bool same(const KeyEntry *a, const KeyEntry *b)
{
    return a && b ? *a == *b : a == b;
}

} // namespace

void KeyTableModel::apply(const Snapshot &snapshot, std::optional<Instant> still)
{
    m_applying = true;
    m_order = snapshot.table.order;
    setRows(static_cast<int>(std::min<std::uint32_t>(snapshot.table.rows, std::numeric_limits<int>::max())));
    hold(snapshot.table);
    tick(still.value_or(snapshot.now));
    m_applying = false;
    if (!seesAll() && (m_wish.first != m_order.first || m_wish.count != m_order.count))
        emit wishChanged();
}

// At the end: which keys came or went is seen in the cells.
void KeyTableModel::setRows(int rows)
{
    if (rows > m_rows) {
        beginInsertRows({}, m_rows, rows - 1);
        m_rows = rows;
        endInsertRows();
    } else if (rows < m_rows) {
        beginRemoveRows({}, rows, m_rows - 1);
        m_rows = rows;
        const auto kept = static_cast<std::size_t>(std::max(0, std::min(endOfHeld(), rows) - m_first));
        m_held.resize(std::min(kept, m_held.size()));
        endRemoveRows();
    }
}

void KeyTableModel::hold(const TableView &table)
{
    const int first = static_cast<int>(std::min<std::uint32_t>(table.first, static_cast<std::uint32_t>(m_rows)));
    const std::vector<KeyEntry> before = std::exchange(m_held, table.held);
    const int from = std::exchange(m_first, first);
    m_held.resize(std::min(m_held.size(), static_cast<std::size_t>(m_rows - first)));
    const int begin = before.empty() ? m_first : m_held.empty() ? from : std::min(from, m_first);
    const int end = std::min(m_rows, std::max(from + static_cast<int>(before.size()), endOfHeld()));
    int changed = -1; // where a run of changed rows begins
    for (int row = begin; row <= end; ++row) {
        const bool differs = row < end && !same(rowIn(before, from, row), rowIn(m_held, m_first, row));
        if (differs && changed < 0) {
            changed = row;
        } else if (!differs && changed >= 0) {
            emit dataChanged(index(changed, 0), index(row - 1, keyColumns - 1));
            changed = -1;
        }
    }
}

void KeyTableModel::tick(Instant now)
{
    const bool older = std::chrono::floor<std::chrono::seconds>(now) != std::chrono::floor<std::chrono::seconds>(m_now);
    m_now = now;
    constexpr int column = static_cast<int>(KeyColumn::LastSeen);
    if (older && !m_held.empty())
        emit dataChanged(index(m_first, column), index(endOfHeld() - 1, column), {Qt::DisplayRole});
}

void KeyTableModel::setFilter(const QString &text)
{
    m_wish.filter = text.toStdString();
    emit wishChanged();
}

// A page more each way, so that rows are there before they are seen.
void KeyTableModel::setSeen(int first, int count)
{
    m_seen = first;
    m_page = std::max(count, 1);
    m_wish.first = static_cast<std::uint32_t>(std::max(0, m_seen - m_page));
    m_wish.count = static_cast<std::uint32_t>(3 * m_page);
    if (!m_applying && !seesAll())
        emit wishChanged();
}

bool KeyTableModel::seesAll() const
{
    const int end = std::min(m_seen + m_page, m_rows);
    return m_seen >= end || (m_seen >= m_first && end <= endOfHeld());
}

void KeyTableModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= keyColumns || column == static_cast<int>(KeyColumn::Minute))
        return;
    m_wish.column = static_cast<KeyColumn>(column);
    m_wish.descending = order == Qt::DescendingOrder;
    emit wishChanged();
}

const KeyEntry *KeyTableModel::entryAt(int row) const
{
    const KeyEntry *entry = rowIn(m_held, m_first, row);
    return entry && !entry->gone ? entry : nullptr;
}

int KeyTableModel::heldRow(const std::string &policy, const std::string &key) const
{
    const auto found = std::find_if(m_held.begin(), m_held.end(),
                                    [&](const KeyEntry &it) { return !it.gone && it.key == key && it.policy == policy; });
    return found == m_held.end() ? -1 : m_first + static_cast<int>(found - m_held.begin());
}

int KeyTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int KeyTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : keyColumns;
}

QVariant KeyTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto column = static_cast<KeyColumn>(index.column());
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(keyColumnAlignment(column));
    const KeyEntry *entry = entryAt(index.row());
    if (!entry)
        return {};
    switch (role) {
    case Qt::DisplayRole: return keyCellText(*entry, column, m_now);
    case Qt::ToolTipRole: return keyCellToolTip(*entry, column);
    case StateRole: return static_cast<int>(entry->row.state);
    case UsedRole: return entry->row.used;
    case LimitRole: return entry->row.limit;
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
    if (role == Qt::ToolTipRole)
        return plainToolTip(keyColumnMeaning(column));
    if (role == Qt::InitialSortOrderRole) // the first click shows the most, the worst and the latest
        return column == KeyColumn::Policy || column == KeyColumn::Key ? Qt::AscendingOrder : Qt::DescendingOrder;
    return role == Qt::DisplayRole ? keyColumnTitle(column) : QVariant();
}

} // namespace rateguard
