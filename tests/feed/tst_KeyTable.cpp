// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/KeyRegistry.h"
#include "feed/KeyTable.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

constexpr Instant start {1'790'000'000s};

DecisionEvent asked(std::uint32_t key, Instant at)
{
    DecisionEvent event;
    event.at = at;
    event.policy = "api";
    event.key = "key-" + std::to_string(key);
    event.limit = {60, 1min};
    event.used = 1;
    return event;
}

} // namespace

class tst_KeyTable : public QObject
{
    Q_OBJECT

private slots:
    // A walk over very many keys takes seconds where there is little time for it.
    void aKeyThatAsksDuringAWalkIsSeenAtTheTimeThatItIs()
    {
        constexpr std::uint32_t many = KeyTable::small + 1000;
        constexpr std::uint32_t late = many - 1;
        KeyRegistry keys;
        for (std::uint32_t i = 0; i < many; ++i)
            keys.record(asked(i, start));
        KeyTable table(keys);
        SnapshotRequest request;
        request.table.column = KeyColumn::LastSeen;
        request.table.count = 2;
        Snapshot begun;
        table.fill(request, start, begun);
        QVERIFY(table.work(QDeadlineTimer(0))); // a slice only
        const Instant now = start + 8s; // as long as that: rates are of the last five seconds
        keys.record(asked(late, now));
        Snapshot under;
        table.fill(request, now, under);
        while (table.work(QDeadlineTimer(QDeadlineTimer::Forever)))
            ;
        Snapshot done;
        table.fill(request, now, done);
        QCOMPARE(done.table.rows, many);
        const KeyEntry &first = done.table.held.at(0);
        QCOMPARE(first.key, "key-" + std::to_string(late));
        QVERIFY(first.row.lastSeen == now);
        QVERIFY(first.row.rates.allowed > 0);
    }
};

QTEST_GUILESS_MAIN(tst_KeyTable)
#include "tst_KeyTable.moc"
