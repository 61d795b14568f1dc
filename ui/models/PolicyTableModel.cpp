// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/PolicyTableModel.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "models/KeyCells.h"
#include "models/RuleWords.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::PolicyTableModel)
};

// "shadow", or "shadow, 7 min left" when it will become another one by itself; the tool tip says which.
QString modeCell(const Rule &rule, Instant now)
{
    const QString mode = modeText(rule.modeAt(now));
    if (!rule.until || now >= *rule.until)
        return mode;
    return Words::tr("%1, %2 left").arg(mode, timeLeft(std::chrono::ceil<Duration>(*rule.until - now)));
}

bool isNumber(PolicyColumn column)
{
    return column != PolicyColumn::Policy && column != PolicyColumn::Limit && column != PolicyColumn::Mode;
}

bool before(const PolicyRow &a, const PolicyRow &b)
{
    return a.name < b.name;
}

} // namespace

void PolicyTableModel::apply(const Snapshot &snapshot)
{
    std::vector<PolicyRow> wanted = snapshot.policies;
    std::sort(wanted.begin(), wanted.end(), before);
    merge(std::move(wanted), before);
    pass(snapshot.now);
    countOverrides(snapshot);
}

void PolicyTableModel::countOverrides(const Snapshot &snapshot)
{
    if (snapshot.overrides == m_list)
        return;
    m_list = snapshot.overrides;
    m_overrides.clear();
    if (m_list) {
        for (const KeyOverride &it : m_list->all)
            m_overrides[it.policy] += it.value.isOver(snapshot.now) ? 0 : 1;
    }
    if (!rows().empty()) {
        const int column = static_cast<int>(PolicyColumn::Overrides);
        emit dataChanged(index(0, column), index(rowCount() - 1, column));
    }
}

void PolicyTableModel::pass(Instant now)
{
    const Instant then = std::exchange(m_now, now);
    for (std::size_t row = 0; row < rows().size(); ++row) {
        const PolicyRow &policy = rows()[row];
        if (!policy.rule.until || modeCell(policy.rule, then) == modeCell(policy.rule, now))
            continue;
        const QModelIndex cell = index(static_cast<int>(row), static_cast<int>(PolicyColumn::Mode));
        emit dataChanged(cell, cell);
    }
}

int PolicyTableModel::rowOf(const std::string &name) const
{
    const auto found = std::find_if(rows().begin(), rows().end(), [&name](const PolicyRow &row) { return row.name == name; });
    return found == rows().end() ? -1 : static_cast<int>(found - rows().begin());
}

QVariant PolicyTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const PolicyRow &policy = policyAt(index.row());
    const auto column = static_cast<PolicyColumn>(index.column());
    if (role == Qt::DisplayRole)
        return text(policy, column);
    if (role == Qt::EditRole && column == PolicyColumn::Limit)
        return policy.valid ? text(policy, column) : QString();
    if (role == Qt::ToolTipRole)
        return plainToolTip(toolTip(policy));
    if (role == Qt::TextAlignmentRole) {
        const bool number = isNumber(column);
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft)));
    }
    return {};
}

QString PolicyTableModel::text(const PolicyRow &policy, PolicyColumn column) const
{
    switch (column) {
    case PolicyColumn::Policy: return displayText(policy.name, 64);
    case PolicyColumn::Limit:
        return policy.valid ? QString::fromStdString(formatLimit(policy.rule.limit)) : displayText(policy.text, 60);
    case PolicyColumn::Mode:
        return policy.valid ? modeCell(policy.rule, m_now) : tr("broken");
    case PolicyColumn::Version: return policy.valid ? tr("v%1").arg(policy.rule.version) : QString();
    case PolicyColumn::Requests: return formatRate(policy.rates.requests());
    case PolicyColumn::Rejected: return rejectedText(policy.rates);
    case PolicyColumn::Overrides: {
        const auto found = m_overrides.find(policy.name);
        return found == m_overrides.end() || found->second == 0 ? QStringLiteral("–") : formatCount(found->second);
    }
    }
    return {};
}

QString PolicyTableModel::toolTip(const PolicyRow &policy) const
{
    const QString name = displayText(policy.name);
    if (!policy.valid)
        return tr("Redis holds \"%1\" for %2, which is not a limit. Services get an error for it; set a limit to mend it.")
            .arg(displayText(policy.text), name);
    const QString counting = policy.rule.limit.algorithm == Algorithm::Log ? tr("exact") : tr("in sixtieths of the window");
    return tr("%1: %2, counted %3; %4").arg(name, QString::fromStdString(formatLimit(policy.rule.limit)), counting, modeWithEnd(policy.rule, m_now));
}

bool PolicyTableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !index.isValid() || !(flags(index) & Qt::ItemIsEditable))
        return false;
    const std::optional<Limits> limit = parseLimit(value.toString().toStdString());
    if (!limit)
        return false;
    emit limitTyped(index.row(), *limit);
    return true;
}

Qt::ItemFlags PolicyTableModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return m_editable && index.column() == static_cast<int>(PolicyColumn::Limit) ? flags | Qt::ItemIsEditable : flags;
}

QVariant PolicyTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const auto column = static_cast<PolicyColumn>(section);
    if (role == Qt::TextAlignmentRole) {
        const bool number = isNumber(column);
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft)));
    }
    if (role == Qt::ToolTipRole && column == PolicyColumn::Limit)
        return m_editable ? tr("F2 or a double click edits the limit in its cell") : QString();
    if (role == Qt::ToolTipRole && column == PolicyColumn::Rejected)
        return tr("Rejected per second; in brackets what shadow mode would reject");
    if (role == Qt::ToolTipRole && column == PolicyColumn::Overrides)
        return tr("Keys with an override under this policy");
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case PolicyColumn::Policy: return tr("Policy");
    case PolicyColumn::Limit: return tr("Limit");
    case PolicyColumn::Mode: return tr("Mode");
    case PolicyColumn::Version: return tr("Ver.");
    case PolicyColumn::Requests: return tr("Req./s");
    case PolicyColumn::Rejected: return tr("Rej./s");
    case PolicyColumn::Overrides: return tr("Overr.");
    }
    return {};
}

} // namespace rateguard
