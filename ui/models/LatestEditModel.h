// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QAbstractListModel>

namespace rateguard {

// The latest edits, newest first: what became what, and when, by whom, why.
class LatestEditModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { OriginRole = Qt::UserRole }; // "2 min ago · ada@oncall-2 · scraper eats the index"
    static constexpr std::size_t most = 5; // rows

    using QAbstractListModel::QAbstractListModel;

    void apply(const std::shared_ptr<const EditHistory> &history, Instant now);
    const AuditEntry &at(int row) const { return m_history->entries[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    QString origin(const AuditEntry &edit) const;

    std::shared_ptr<const EditHistory> m_history;
    int m_count = 0;
    Instant m_now;
};

} // namespace rateguard
