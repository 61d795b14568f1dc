// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/EditWords.h"

#include <QAbstractTableModel>

namespace rateguard {

enum class EditColumn { Label, When, Author, What, Change, Reason, Effect };

// The edits that Redis remembers, newest first, those that the filter lets through. New ones come in above the others,
// so that the selection stays. O(entries) when the history or the filter changes, nothing otherwise.
class EditHistoryModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    static constexpr int TrendRole = Qt::UserRole; // of Effect: an EffectWords::Trend

    using QAbstractTableModel::QAbstractTableModel;

    void apply(std::shared_ptr<const EditHistory> history, Instant now); // null: none yet
    void setFilter(const QString &text); // words that all must stand in author, policy, key or reason
    void setSubject(const std::string &policy, const std::string &key); // only what concerns this key

    const AuditEntry &entryAt(int row) const { return *m_rows[static_cast<std::size_t>(row)].edit; } // requires a valid row
    std::optional<EditHistory::Effect> effectOf(const AuditEntry &entry) const; // whatever the filter says; nothing: no such edit
    int rowOf(const AuditEntry &entry) const; // -1 when there is none
    std::size_t edits() const { return m_history ? m_history->entries.size() : 0; } // whatever the filter says

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        const AuditEntry *edit;
        std::size_t number; // in the history
    };
    bool lets(const AuditEntry &edit) const;
    std::vector<Row> wanted(const EditHistory *history) const;
    void become(std::vector<Row> rows);
    EditHistory::Effect effectOf(const Row &row) const;
    QString text(const Row &row, EditColumn column) const;
    QString toolTip(const Row &row, EditColumn column) const;

    std::shared_ptr<const EditHistory> m_history;
    std::vector<Row> m_rows;
    QStringList m_words;
    bool m_hasSubject = false;
    std::string m_policy;
    std::string m_key;
    Instant m_now; // server time
};

} // namespace rateguard
