// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QAbstractTableModel>

#include <utility>
#include <vector>

namespace rateguard {

// A table of values in an order of their own. Rows come and go one by one, so that the selection stays, and only those that
// changed are told. O(rows).
template <typename Row, int Columns>
class SortedTableModel : public QAbstractTableModel
{
public:
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : Columns; }

protected:
    // Makes them the rows. Requires: sorted by `before`, like the rows that are there. Rows of which neither is before the other
    // are the same one.
    template <typename Before>
    void merge(std::vector<Row> wanted, Before before);

    const std::vector<Row> &rows() const { return m_rows; }

private:
    std::vector<Row> m_rows;
};

template <typename Row, int Columns>
template <typename Before>
void SortedTableModel<Row, Columns>::merge(std::vector<Row> wanted, Before before)
{
    std::size_t row = 0;
    for (Row &it : wanted) {
        const int at = static_cast<int>(row);
        while (row < m_rows.size() && before(m_rows[row], it)) {
            beginRemoveRows({}, at, at);
            m_rows.erase(m_rows.begin() + at);
            endRemoveRows();
        }
        if (row == m_rows.size() || before(it, m_rows[row])) {
            beginInsertRows({}, at, at);
            m_rows.insert(m_rows.begin() + at, std::move(it));
            endInsertRows();
        } else if (m_rows[row] != it) {
            m_rows[row] = std::move(it);
            emit dataChanged(index(at, 0), index(at, Columns - 1));
        }
        ++row;
    }
    if (row < m_rows.size()) {
        beginRemoveRows({}, static_cast<int>(row), rowCount() - 1);
        m_rows.resize(row);
        endRemoveRows();
    }
}

} // namespace rateguard
