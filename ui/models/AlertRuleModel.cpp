// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/AlertRuleModel.h"

#include "format/Text.h"
#include "models/AlertWords.h"

#include <algorithm>
#include <utility>

namespace rateguard {
namespace {

constexpr int columns = 5;

bool sameRules(const std::vector<AlertBook::Status> &a, const std::vector<AlertBook::Status> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto &x, const auto &y) { return x.rule.id == y.rule.id; });
}

QVariant alignment(AlertColumn column)
{
    const bool number = column == AlertColumn::Now || column == AlertColumn::Threshold;
    return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft)));
}

} // namespace

void AlertRuleModel::apply(std::vector<AlertBook::Status> statuses, Instant now)
{
    m_now = now;
    if (!sameRules(m_rows, statuses)) {
        // Rules come at the end and go one by one: what is current stays.
        for (int row = rowCount() - 1; row >= 0; --row) {
            const auto id = at(row).rule.id;
            if (std::any_of(statuses.begin(), statuses.end(), [id](const auto &it) { return it.rule.id == id; }))
                continue;
            beginRemoveRows({}, row, row);
            m_rows.erase(m_rows.begin() + row);
            endRemoveRows();
        }
        if (statuses.size() > m_rows.size()) {
            beginInsertRows({}, rowCount(), static_cast<int>(statuses.size()) - 1);
            m_rows = std::move(statuses);
            endInsertRows();
            return;
        }
    }
    m_rows = std::move(statuses);
    if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
}

int AlertRuleModel::rowOf(std::uint32_t rule) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [rule](const auto &row) { return row.rule.id == rule; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int AlertRuleModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int AlertRuleModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant AlertRuleModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const AlertBook::Status &status = at(index.row());
    const auto column = static_cast<AlertColumn>(index.column());
    switch (role) {
    case Qt::DisplayRole: return text(status, column);
    case Qt::ToolTipRole: return plainToolTip(toolTip(status));
    case Qt::TextAlignmentRole: return alignment(column);
    case StateRole: return static_cast<int>(status.state == AlertBook::State::Ok && !status.value ? AlertBook::State::Off : status.state); // what is not known is not well
    case Qt::CheckStateRole: return column == AlertColumn::On ? QVariant(status.rule.enabled ? Qt::Checked : Qt::Unchecked) : QVariant();
    case Qt::AccessibleTextRole: return column == AlertColumn::On ? (status.rule.enabled ? tr("On") : tr("Off")) : text(status, column);
    default: return {};
    }
}

bool AlertRuleModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::CheckStateRole || index.column() != static_cast<int>(AlertColumn::On))
        return false;
    emit switched(at(index.row()).rule.id, value.toInt() == Qt::Checked);
    return true;
}

Qt::ItemFlags AlertRuleModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags usual = QAbstractTableModel::flags(index);
    return index.isValid() && index.column() == static_cast<int>(AlertColumn::On) ? usual | Qt::ItemIsUserCheckable : usual;
}

QString AlertRuleModel::text(const AlertBook::Status &status, AlertColumn column) const
{
    switch (column) {
    case AlertColumn::On: return {};
    case AlertColumn::State: return alertStateText(status, m_now);
    case AlertColumn::Rule: return alertRuleText(status.rule);
    case AlertColumn::Now: return alertNowText(status);
    case AlertColumn::Threshold: return alertThresholdText(status.rule);
    }
    return {};
}

QString AlertRuleModel::toolTip(const AlertBook::Status &status) const
{
    QStringList lines {alertRuleText(status.rule)};
    if (hasThreshold(status.rule.kind))
        lines << alertEndText(status.rule);
    if (status.rule.kind == AlertKind::RejectedShare)
        lines << tr("Less than 1 rejection per second counts as none.");
    if (status.rule.scope == AlertScope::Key)
        lines << tr("Of single keys, only the ten rejected most are known by name.");
    if (!status.key.empty())
        lines << tr("Worst key: %1 · %2.").arg(displayText(status.policy, 40), displayText(status.key, 80));
    return lines.join(QLatin1Char('\n'));
}

QVariant AlertRuleModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    const auto column = static_cast<AlertColumn>(section);
    if (role == Qt::TextAlignmentRole)
        return alignment(column);
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case AlertColumn::On: return tr("On");
    case AlertColumn::State: return tr("State");
    case AlertColumn::Rule: return tr("Rule");
    case AlertColumn::Now: return tr("Now");
    case AlertColumn::Threshold: return tr("Fires at");
    }
    return {};
}

} // namespace rateguard
