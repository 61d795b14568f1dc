// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QAbstractListModel>

namespace rateguard {

// A short list of keys, the first one first: those rejected most and after them those that only would be, or those near
// their limit. Figures follow every snapshot;
// the order, and who is in it, once a second at most, so that rows can be read and hit. A row is a key, not a place: what is
// current stays current while rows move.
class RankedKeyModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum class By { Rejections, Use };
    enum Role {
        StateRole = Qt::UserRole, // KeyState, as int
        FigureRole, // "13.0/s", "57 / 60"
        ShareRole, // how long the bar is: 1 is the worst row, or the limit
        PolicyRole, // of the two parts of the name
        KeyRole,
        WordRole, // what the figure is of, when it is not what the list is about: "would be", "banned"
    };
    static constexpr std::size_t most = 8; // rows

    RankedKeyModel(By by, QObject *parent) : QAbstractListModel(parent), m_by(by) { }

    bool apply(const std::vector<RankedKey> &keys, Instant now); // whether they were ranked anew; else the rows are those of before
    const RankedKey &at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    By by() const { return m_by; }
    bool hasRejected() const; // some are
    bool hasWatched() const; // some only would be

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    void rank(const std::vector<RankedKey> &wanted);
    void update(const std::vector<RankedKey> &keys);
    QString figure(const RankedKey &key) const;
    QString sentence(const RankedKey &key) const;

    By m_by;
    std::vector<RankedKey> m_rows;
    std::optional<Instant> m_ranked; // when last
    Instant m_now; // server time
};

} // namespace rateguard
