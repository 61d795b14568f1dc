// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/AlertPacer.h"
#include "engine/AlertRule.h"

#include <QAbstractTableModel>

#include <deque>
#include <optional>

namespace rateguard {

enum class PastAlertColumn { When, Rule, Worst, Key, Until, Lasted };

// The alerts of this session, the newest first: what, when, how bad, until when. Bounded; kept until cleared.
class PastAlertModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role { FiringRole = Qt::UserRole };
    static constexpr std::size_t most = 1000; // rows

    struct Row
    {
        AlertEvent alert; // as it began; `value` is the worst known
        AlertRule rule; // as it was then
        std::optional<Instant> ended;
    };

    using QAbstractTableModel::QAbstractTableModel;

    void add(const AlertEvent &event, const AlertRule &rule);
    void end(const AlertEvent &event);
    void pass(Instant now); // those that have not ended last longer
    void clear(); // but for those that have not ended
    const Row &at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(const Row &row, PastAlertColumn column) const;

    std::deque<Row> m_rows;
    Instant m_now;
};

} // namespace rateguard
