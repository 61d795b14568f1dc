// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QAbstractTableModel>

namespace rateguard {

enum class PolicyColumn { Policy, Limit, Mode, Version, Rejected };

// The policies and their limits as Redis holds them, by name, with the mode in force now: a mode may end by itself.
// Rows come and go one by one, so that the selection stays.
class PolicyTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    void apply(const Snapshot &snapshot);

    const PolicyRow &policyAt(int row) const { return m_rows[static_cast<std::size_t>(row)]; } // requires a valid row
    const PolicyRow *find(const std::string &name) const; // null when there is none
    int rowOf(const std::string &name) const; // -1 when there is none

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(const PolicyRow &policy, PolicyColumn column) const;
    QString toolTip(const PolicyRow &policy) const;
    void pass(Instant now); // tells of modes that end

    std::vector<PolicyRow> m_rows; // by name
    Instant m_now; // server time
};

} // namespace rateguard
