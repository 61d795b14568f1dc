// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/SliceTable.h"

#include "charts/TimeLabels.h"
#include "charts/TrafficKind.h"
#include "format/Numbers.h"

#include <algorithm>

namespace rateguard {
namespace {

TrafficKind kindOf(SliceTable::Column column)
{
    switch (column) {
    case SliceTable::Rejected: return TrafficKind::Rejected;
    case SliceTable::Shadow: return TrafficKind::Shadow;
    case SliceTable::Unchecked: return TrafficKind::Unchecked;
    default: return TrafficKind::Allowed;
    }
}

} // namespace

void SliceTable::apply(const RateSeries &series)
{
    std::vector<SecondCounts> rows = series.shown();
    std::reverse(rows.begin(), rows.end());
    const auto oldest = rows.empty() ? 0 : rows.back().second;
    const auto newest = m_rows.empty() ? 0 : m_rows.front().second;
    if (m_rows.empty() || rows.empty() || m_step != series.step || oldest > newest || rows.front().second < newest || m_rows.back().second > oldest) {
        beginResetModel();
        m_rows = std::move(rows);
        m_step = series.step;
        return endResetModel();
    }
    const auto gone = std::find_if(m_rows.begin(), m_rows.end(), [oldest](const SecondCounts &it) { return it.second < oldest; });
    if (gone != m_rows.end()) {
        beginRemoveRows({}, static_cast<int>(gone - m_rows.begin()), static_cast<int>(m_rows.size()) - 1);
        m_rows.erase(gone, m_rows.end());
        endRemoveRows();
    }
    const auto come = std::find_if(rows.begin(), rows.end(), [newest](const SecondCounts &it) { return it.second <= newest; });
    if (come != rows.begin()) {
        beginInsertRows({}, 0, static_cast<int>(come - rows.begin()) - 1);
        m_rows.insert(m_rows.begin(), rows.begin(), come);
        endInsertRows();
    }
    if (m_rows.size() != rows.size()) { // slices were left out on the way
        beginResetModel();
        m_rows = std::move(rows);
        return endResetModel();
    }
    const auto [first, same] = std::mismatch(m_rows.begin(), m_rows.end(), rows.begin());
    if (first == m_rows.end())
        return;
    const auto [last, lastSame] = std::mismatch(m_rows.rbegin(), m_rows.rend(), rows.rbegin());
    const int from = static_cast<int>(first - m_rows.begin());
    const int to = static_cast<int>(m_rows.rend() - last) - 1;
    m_rows = std::move(rows);
    emit dataChanged(index(from, 0), index(to, Columns - 1));
}

int SliceTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SliceTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant SliceTable::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto column = static_cast<Column>(index.column());
    if (role == Qt::DisplayRole)
        return text(m_rows[static_cast<std::size_t>(index.row())], column);
    if (role == Qt::TextAlignmentRole)
        return QVariant(column == Time ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QString SliceTable::text(const SecondCounts &slice, Column column) const
{
    if (column == Time) {
        const QString time = sliceTime(slice, m_step);
        return slice.gap ? tr("%1 (%2)").arg(time, explain(slice.cause)) : slice.byMinute ? tr("%1 (average of the minute)").arg(time) : time;
    }
    return slice.gap ? QStringLiteral("–") : tr("%1/s").arg(formatRate(rateOf(slice, kindOf(column), m_step)));
}

QVariant SliceTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= Columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(section == Time ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::DisplayRole)
        return section == Time ? tr("Time") : nameOf(kindOf(static_cast<Column>(section)));
    return {};
}

} // namespace rateguard
