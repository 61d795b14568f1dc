// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/AlertPacer.h"
#include "engine/AlertRule.h"

#include <QAbstractTableModel>

#include <deque>
#include <optional>

namespace rateguard {

enum class PastAlertColumn { When, Source, Rule, Worst, Key, Until, Lasted };

// Which Redis an alert is of.
struct AlertSource
{
    QString place; // as the operator called it; empty: it was not saved
    std::string endpoint; // never holds a secret

    QString name() const; // the place, or else the endpoint without its scheme; plain text
    QString text() const; // both
    friend bool operator==(const AlertSource &, const AlertSource &) = default;
};

// The alerts of this session, the newest first: what, where, when, how bad, until when. Bounded; kept until cleared.
class PastAlertModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role { FiringRole = Qt::UserRole }; // and not snoozed
    static constexpr std::size_t most = 1000; // rows

    struct Row
    {
        AlertEvent alert; // as it began; `value` is the worst so far
        AlertRule rule; // as it was then
        AlertSource source;
        std::optional<Instant> ended;
    };

    using QAbstractTableModel::QAbstractTableModel;

    void add(const AlertEvent &event, const AlertRule &rule, const AlertSource &source = {});
    void end(const AlertEvent &event);
    void pass(Instant now, const std::vector<AlertEvent> &underway = {}); // those that have not ended last longer, and get worse
    void clear(); // but for those that have not ended
    bool needsSources() const; // one has a name, or there are several. O(rows)
    const Row &at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(const Row &row, PastAlertColumn column) const;
    QString toolTip(const Row &row, PastAlertColumn column) const; // with the Redis it is of

    std::deque<Row> m_rows;
    Instant m_now;
};

} // namespace rateguard
