// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/EditHistoryModel.h"

#include "format/Numbers.h"
#include "format/Text.h"
#include "models/EffectWords.h"
#include "models/TimeWords.h"

#include <algorithm>
#include <utility>

namespace rateguard {
namespace {

constexpr int columns = 7;
constexpr int searched = 400; // characters of each text

} // namespace

void EditHistoryModel::apply(std::shared_ptr<const EditHistory> history, Instant now)
{
    m_now = now;
    if (history == m_history)
        return;
    const auto before = m_history; // the rows point into it until they have become the new ones
    std::vector<Row> rows = wanted(history.get());
    m_history = std::move(history);
    become(std::move(rows));
}

void EditHistoryModel::setFilter(const QString &text)
{
    m_words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    become(wanted(m_history.get()));
}

void EditHistoryModel::setSubject(const std::string &policy, const std::string &key)
{
    m_hasSubject = true;
    m_policy = policy;
    m_key = key;
    become(wanted(m_history.get()));
}

bool EditHistoryModel::lets(const AuditEntry &edit) const
{
    if (m_hasSubject && (edit.policy != m_policy || (edit.key && *edit.key != m_key)))
        return false;
    if (m_words.isEmpty())
        return true;
    QString all;
    for (const std::string *text : {&edit.author, &edit.policy, &edit.reason})
        all += displayText(*text, searched) + QLatin1Char('\n');
    if (edit.key)
        all += displayText(*edit.key, searched);
    return std::all_of(m_words.begin(), m_words.end(), [&](const QString &word) { return all.contains(word, Qt::CaseInsensitive); });
}

std::vector<EditHistoryModel::Row> EditHistoryModel::wanted(const EditHistory *history) const
{
    std::vector<Row> rows;
    for (std::size_t i = 0; history && i < history->entries.size(); ++i) {
        if (lets(history->entries[i]))
            rows.push_back({&history->entries[i], i});
    }
    return rows;
}

// Edits come at the front and go at the end. When they do otherwise, or another filter is set, all rows are new.
void EditHistoryModel::become(std::vector<Row> rows)
{
    const auto same = [](const Row &a, const Row &b) { return *a.edit == *b.edit; };
    const auto first = m_rows.empty() ? rows.end() : std::find_if(rows.begin(), rows.end(), [&](const Row &row) { return same(row, m_rows.front()); });
    const auto kept = std::min(rows.end() - first, static_cast<std::ptrdiff_t>(m_rows.size()));
    if (kept == 0 || !std::equal(first, first + kept, m_rows.begin(), same)) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    if (static_cast<std::ptrdiff_t>(m_rows.size()) > kept) {
        beginRemoveRows({}, static_cast<int>(kept), rowCount() - 1);
        m_rows.resize(static_cast<std::size_t>(kept));
        endRemoveRows();
    }
    std::copy(first, first + kept, m_rows.begin()); // what they said, from the new history
    if (const auto fresh = first - rows.begin(); fresh > 0) {
        beginInsertRows({}, 0, static_cast<int>(fresh) - 1);
        m_rows.insert(m_rows.begin(), rows.begin(), first);
        endInsertRows();
    }
    if (const auto older = rows.end() - (first + kept); older > 0) {
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(older) - 1);
        m_rows.insert(m_rows.end(), first + kept, rows.end());
        endInsertRows();
    }
    emit dataChanged(index(0, static_cast<int>(EditColumn::Effect)), index(rowCount() - 1, static_cast<int>(EditColumn::Effect)));
}

int EditHistoryModel::rowOf(const AuditEntry &entry) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &row) { return *row.edit == entry; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

std::optional<EditHistory::Effect> EditHistoryModel::effectOf(const AuditEntry &entry) const
{
    if (!m_history)
        return std::nullopt;
    const auto found = std::find(m_history->entries.begin(), m_history->entries.end(), entry);
    return found == m_history->entries.end() ? std::nullopt : std::optional(effectOf(Row {&*found, static_cast<std::size_t>(found - m_history->entries.begin())}));
}

EditHistory::Effect EditHistoryModel::effectOf(const Row &row) const
{
    return row.number < m_history->effects.size() ? m_history->effects[row.number] : EditHistory::Effect();
}

int EditHistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int EditHistoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant EditHistoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<EditColumn>(index.column());
    if (role == Qt::DisplayRole)
        return text(row, column);
    if (role == Qt::ToolTipRole)
        return plainToolTip(toolTip(row, column));
    if (role == TrendRole && column == EditColumn::Effect)
        return static_cast<int>(EffectWords::of(effectOf(row), *row.edit).trend);
    return {};
}

QString EditHistoryModel::text(const Row &row, EditColumn column) const
{
    switch (column) {
    case EditColumn::Label: return editLabel(*row.edit);
    case EditColumn::When: return shortTimeText(row.edit->at, m_now);
    case EditColumn::Author: return displayText(row.edit->author, 60);
    case EditColumn::What: return editSubject(*row.edit);
    case EditColumn::Change: return editChange(*row.edit);
    case EditColumn::Reason: return displayText(row.edit->reason, 120);
    case EditColumn::Effect: return EffectWords::of(effectOf(row), *row.edit).text;
    }
    return {};
}

QString EditHistoryModel::toolTip(const Row &row, EditColumn column) const
{
    switch (column) {
    case EditColumn::Label:
        return tr("The flag on the charts. %1").arg(editMeaning(*row.edit));
    case EditColumn::When: return tr("%1, %2, %3").arg(localTimeText(row.edit->at), utcTimeText(row.edit->at), agoText(m_now - row.edit->at));
    case EditColumn::Author: return displayText(row.edit->author, 300);
    case EditColumn::What: return row.edit->key ? displayText(*row.edit->key, 400) : displayText(row.edit->policy, 400);
    case EditColumn::Reason: return displayText(row.edit->reason, 600);
    case EditColumn::Effect: {
        const QString basis = effectBasis(effectOf(row), *row.edit);
        return basis.isEmpty() ? text(row, column) : text(row, column) + QLatin1Char('\n') + basis;
    }
    case EditColumn::Change: break;
    }
    return text(row, column);
}

QVariant EditHistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<EditColumn>(section)) {
    case EditColumn::Label: return tr("Flag");
    case EditColumn::When: return tr("When");
    case EditColumn::Author: return tr("Author");
    case EditColumn::What: return tr("What");
    case EditColumn::Change: return tr("Change");
    case EditColumn::Reason: return tr("Reason");
    case EditColumn::Effect: return tr("Effect on rejections");
    }
    return {};
}

} // namespace rateguard
