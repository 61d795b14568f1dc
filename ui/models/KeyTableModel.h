// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/KeyCells.h"

#include <QAbstractTableModel>

namespace rateguard {

// A window onto the table of all keys, which the feed filters and sorts. It has as many rows as fit the filter and holds
// those around what is seen; others are blank until they come, a snapshot later. Rows are places, not keys: when keys move,
// cells change. Costs O(rows held), whatever the number of keys. Text is made in data() only.
class KeyTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role { StateRole = Qt::UserRole + 1, UsedRole, LimitRole };

    explicit KeyTableModel(QObject *parent = nullptr) : QAbstractTableModel(parent) { }

    void apply(const Snapshot &snapshot, std::optional<Instant> still = {}); // `still`: of when the rows are, while they stand still

    const TableWish &wish() const { return m_wish; } // what is to be asked of the feed
    void setFilter(const QString &text);
    void setSeen(int first, int count); // rows on screen

    const KeyEntry *entryAt(int row) const; // null: not here yet, or gone
    int heldRow(const std::string &policy, const std::string &key) const; // -1: not among the rows held
    int firstHeld() const { return m_first; }
    int endOfHeld() const { return m_first + static_cast<int>(m_held.size()); }
    bool isFiltered() const { return !m_order.filter.empty(); }
    const TableWish &order() const { return m_order; } // that the rows are in

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order) override;

signals:
    void wishChanged(); // what is held does not do: ask at once

private:
    void setRows(int rows);
    void hold(const TableView &table);
    void tick(Instant now);
    bool seesAll() const; // what is on screen is held

    TableWish m_wish;
    TableWish m_order;
    int m_rows = 0;
    int m_first = 0; // of m_held
    std::vector<KeyEntry> m_held;
    Instant m_now;
    int m_seen = 0; // the first row on screen
    int m_page = 1; // how many are
    bool m_applying = false;
};

} // namespace rateguard
