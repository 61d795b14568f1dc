// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/AlertBook.h"

#include <QAbstractTableModel>

namespace rateguard {

enum class AlertColumn { On, State, Rule, Now, Threshold };

// The alert rules in their order, and how each of them stands. The check box in the first column switches one on or off.
class AlertRuleModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role { StateRole = Qt::UserRole }; // AlertBook::State, as int

    using QAbstractTableModel::QAbstractTableModel;

    void apply(std::vector<AlertBook::Status> statuses, Instant now);
    const AlertBook::Status &at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    int rowOf(std::uint32_t rule) const; // -1: there is none

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

signals:
    void switched(std::uint32_t rule, bool on); // wanted by the operator

private:
    QString text(const AlertBook::Status &status, AlertColumn column) const;
    QString toolTip(const AlertBook::Status &status) const;

    std::vector<AlertBook::Status> m_rows;
    Instant m_now;
};

} // namespace rateguard
