// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Snapshot.h"

#include <QObject>

namespace rateguard {

// Takes all rows of the key table out of the feed, piece by piece with each snapshot, in the order that they had when it
// began. One at a time: who starts another gives up the one before.
class RowTaker : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    void start();
    void stop() { m_taking = false; }
    bool isTaking() const { return m_taking; }

    void fill(TableWish &wish) const;
    void apply(const TableView &table);

signals:
    void wanted(); // the next piece: ask at once
    void came(const std::vector<rateguard::KeyEntry> &rows);
    void finished();
    void lost(); // another Redis is watched now, so there is no more to come

private:
    bool m_taking = false;
    std::uint32_t m_take = 0; // its number
    std::uint32_t m_from = 0;
};

} // namespace rateguard
