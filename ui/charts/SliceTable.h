// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "charts/RateSeries.h"

#include <QAbstractTableModel>

namespace rateguard {

// What a chart shows, as rows: newest first. A row keeps its place in a selection while newer ones come in above it.
class SliceTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Allowed, Rejected, Shadow, Unchecked, Columns };

    using QAbstractTableModel::QAbstractTableModel;

    void apply(const RateSeries &series);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const SecondCounts &slice, Column column) const;

    std::vector<SecondCounts> m_rows;
    std::chrono::seconds m_step {1};
};

} // namespace rateguard
