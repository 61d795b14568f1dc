// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/LatestEditModel.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "models/OverrideWords.h"
#include "models/RuleWords.h"

#include <QCoreApplication>

#include <algorithm>

namespace rateguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::LatestEditModel)
};

QString stateText(const AuditEntry &edit, const std::string &text)
{
    if (!edit.key) {
        const auto rule = parseRule(text);
        return rule ? ruleText(*rule) : displayText(text, 60);
    }
    const auto override = parseOverride(text);
    if (!override)
        return displayText(text, 60);
    return override->kind == Override::Kind::Limit ? ownLimitText(override->limit) : overrideText(*override);
}

QString changeText(const AuditEntry &edit)
{
    if (edit.isReset())
        return Words::tr("use forgotten");
    if (edit.after.empty())
        return edit.key ? Words::tr("override lifted") : Words::tr("limit taken away");
    const QString after = stateText(edit, edit.after);
    return edit.before.empty() ? after : Words::tr("%1 → %2").arg(stateText(edit, edit.before), after);
}

} // namespace

void LatestEditModel::apply(const std::shared_ptr<const EditHistory> &history, Instant now)
{
    const bool older = std::chrono::floor<std::chrono::seconds>(now) != std::chrono::floor<std::chrono::seconds>(m_now);
    m_now = now;
    const int count = history ? static_cast<int>(std::min(history->entries.size(), most)) : 0;
    if (history != m_history) {
        beginResetModel();
        m_history = history;
        m_count = count;
        endResetModel();
    } else if (count > 0 && older) {
        emit dataChanged(index(0), index(count - 1), {OriginRole});
    }
}

int LatestEditModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_count;
}

QVariant LatestEditModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const AuditEntry &edit = at(index.row());
    const auto what = [&] {
        const QString policy = displayText(edit.policy, 64);
        const QString subject = edit.key ? tr("%1 · %2").arg(policy, displayText(*edit.key, 60)) : policy;
        return tr("%1: %2").arg(subject, changeText(edit));
    };
    switch (role) {
    case Qt::DisplayRole: return what();
    case OriginRole: return origin(edit);
    case Qt::AccessibleTextRole: return tr("%1, %2").arg(what(), origin(edit));
    case Qt::ToolTipRole: return plainToolTip(tr("%1, %2").arg(what(), origin(edit)));
    default: return {};
    }
}

QString LatestEditModel::origin(const AuditEntry &edit) const
{
    QStringList parts {formatAge(std::max(m_now - edit.at, Instant::duration(0)))};
    if (!edit.author.empty())
        parts << displayText(edit.author, 60);
    if (!edit.reason.empty())
        parts << displayText(edit.reason);
    return parts.join(QStringLiteral(" · "));
}

} // namespace rateguard
