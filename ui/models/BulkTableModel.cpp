// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/BulkTableModel.h"

#include "format/Text.h"

namespace rateguard {
namespace {

constexpr int columns = 4;

} // namespace

void BulkTableModel::display(const std::vector<BulkStep> &steps)
{
    const bool same = steps.size() == m_steps.size();
    if (!same)
        beginResetModel();
    m_steps = steps;
    if (!same)
        endResetModel();
    else if (!m_steps.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
}

int BulkTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_steps.size());
}

int BulkTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant BulkTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const BulkStep &step = m_steps[static_cast<std::size_t>(index.row())];
    const QString text = index.column() == 0 ? step.name : index.column() == 1 ? step.before : index.column() == 2 ? step.after : step.result;
    if (role == Qt::DisplayRole)
        return text;
    if (role == Qt::ToolTipRole)
        return plainToolTip(text);
    return {};
}

QVariant BulkTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    return section == 0 ? tr("What") : section == 1 ? tr("Now") : section == 2 ? tr("Then") : tr("Result");
}

} // namespace rateguard
