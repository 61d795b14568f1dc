// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "models/SortedTableModel.h"

#include <map>

namespace rateguard {

enum class PolicyColumn { Policy, Limit, Mode, Version, Requests, Rejected, Overrides };

// The policies and their limits as Redis holds them, by name, with the mode in force now: a mode may end by itself.
// Rows come and go one by one, so that the selection stays. A limit that is typed into its cell changes nothing here.
class PolicyTableModel : public SortedTableModel<PolicyRow, 7>
{
    Q_OBJECT

public:
    using SortedTableModel::SortedTableModel;

    void apply(const Snapshot &snapshot);

    const PolicyRow &policyAt(int row) const { return rows()[static_cast<std::size_t>(row)]; } // requires a valid row
    int rowOf(const std::string &name) const; // -1 when there is none

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override; // false: it is no limit
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    void setEditable(bool editable) { m_editable = editable; }
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

signals:
    void limitTyped(int row, const rateguard::Limits &limit);

private:
    void countOverrides(const Snapshot &snapshot);
    QString text(const PolicyRow &policy, PolicyColumn column) const;
    QString toolTip(const PolicyRow &policy) const;
    void pass(Instant now); // tells of modes that end

    Instant m_now; // server time
    std::shared_ptr<const OverrideList> m_list; // that was counted
    std::map<std::string, std::uint64_t> m_overrides; // of each policy
    bool m_editable = false;
};

} // namespace rateguard
