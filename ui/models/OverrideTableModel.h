// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"
#include "models/SortedTableModel.h"

namespace rateguard {

enum class OverrideColumn { Policy, Key, What, Ends, Version };

// The overrides as Redis holds them, without those that have ended, by policy and key. Rows come and go one by one, so that
// the selection stays. A filter shows those whose policy, key or kind hold all its words.
class OverrideTableModel : public SortedTableModel<KeyOverride, 5>
{
    Q_OBJECT

public:
    using SortedTableModel::SortedTableModel;

    void apply(const Snapshot &snapshot);
    void setFilter(const QString &words);

    const KeyOverride &at(int row) const { return rows()[static_cast<std::size_t>(row)]; } // requires a valid row
    std::size_t total() const { return m_all.size(); } // filtered out or not
    Instant now() const { return m_now; }

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    bool fits(const KeyOverride &it) const;
    void show();
    QString text(const KeyOverride &it, OverrideColumn column) const;

    std::shared_ptr<const OverrideList> m_list; // the latest
    std::vector<KeyOverride> m_all; // that have not ended
    QStringList m_words;
    Instant m_now; // server time
    Instant m_told; // when the times left were told
};

} // namespace rateguard
