// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/OverrideTableModel.h"

#include "format/Text.h"
#include "models/OverrideWords.h"

#include <algorithm>
#include <tuple>

namespace rateguard {
namespace {

bool before(const KeyOverride &a, const KeyOverride &b)
{
    return std::tie(a.policy, a.key) < std::tie(b.policy, b.key);
}

} // namespace

void OverrideTableModel::apply(const Snapshot &snapshot)
{
    m_now = snapshot.now;
    const bool isNew = snapshot.overrides != m_list;
    const bool ends = std::any_of(m_all.begin(), m_all.end(), [this](const KeyOverride &it) { return it.value.isOver(m_now); });
    if (isNew || ends) {
        m_list = snapshot.overrides;
        m_all.clear();
        if (m_list) {
            std::copy_if(m_list->all.begin(), m_list->all.end(), std::back_inserter(m_all),
                         [this](const KeyOverride &it) { return !it.value.isOver(m_now); });
        }
        std::sort(m_all.begin(), m_all.end(), before);
        show();
    }
    if (m_now - m_told >= std::chrono::seconds(1) || m_now < m_told) {
        m_told = m_now;
        if (!rows().empty())
            emit dataChanged(index(0, static_cast<int>(OverrideColumn::Ends)), index(rowCount() - 1, static_cast<int>(OverrideColumn::Ends)));
    }
}

void OverrideTableModel::setFilter(const QString &words)
{
    m_words = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    show();
}

bool OverrideTableModel::fits(const KeyOverride &it) const
{
    if (m_words.empty())
        return true;
    const QString text = displayText(it.policy) + QLatin1Char('\n') + displayText(it.key, 1000) + QLatin1Char('\n') + overrideText(it.value);
    return std::all_of(m_words.begin(), m_words.end(), [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

void OverrideTableModel::show()
{
    std::vector<KeyOverride> wanted;
    std::copy_if(m_all.begin(), m_all.end(), std::back_inserter(wanted), [this](const KeyOverride &it) { return fits(it); });
    merge(std::move(wanted), before);
}

QVariant OverrideTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const KeyOverride &it = at(index.row());
    const auto column = static_cast<OverrideColumn>(index.column());
    if (role == Qt::DisplayRole)
        return text(it, column);
    if (role == Qt::ToolTipRole && column == OverrideColumn::Version)
        return keyVersionMeaning(it.value.version);
    if (role == Qt::ToolTipRole)
        return plainToolTip(tr("%1 under %2: %3").arg(displayText(it.key, 400), displayText(it.policy), overrideText(it.value)));
    if (role == Qt::TextAlignmentRole && column == OverrideColumn::Version)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | Qt::AlignRight));
    return {};
}

QString OverrideTableModel::text(const KeyOverride &it, OverrideColumn column) const
{
    switch (column) {
    case OverrideColumn::Policy: return displayText(it.policy, 64);
    case OverrideColumn::Key: return displayText(it.key);
    case OverrideColumn::What:
        switch (it.value.kind) { // a shape as well as a word
        case Override::Kind::Ban: return QStringLiteral("⊘ ") + overrideText(it.value);
        case Override::Kind::Exempt: return QStringLiteral("∞ ") + overrideText(it.value);
        case Override::Kind::Limit: return QStringLiteral("≤ ") + overrideText(it.value);
        }
        return {};
    case OverrideColumn::Ends: return overrideEnd(it.value, m_now);
    case OverrideColumn::Version: return keyVersionText(it.value.version);
    }
    return {};
}

QVariant OverrideTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const auto column = static_cast<OverrideColumn>(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (column == OverrideColumn::Version ? Qt::AlignRight : Qt::AlignLeft)));
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case OverrideColumn::Policy: return tr("Policy");
    case OverrideColumn::Key: return tr("Key");
    case OverrideColumn::What: return tr("What");
    case OverrideColumn::Ends: return tr("Ends in");
    case OverrideColumn::Version: return tr("Ver.");
    }
    return {};
}

} // namespace rateguard
