// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "KeyRows.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

using namespace rateguard;

namespace {

// 0 to sides - 1.
template <typename Sides>
unsigned pick(std::mt19937 &random, Sides sides)
{
    return static_cast<unsigned>(random() % static_cast<unsigned>(sides));
}

} // namespace

// The key table under random and under heavy load.
class tst_KeyTableLoad : public QObject
{
    Q_OBJECT

private slots:
    void behavesLikeASimpleModelUnderRandomLoad_data()
    {
        QTest::addColumn<int>("column");
        for (int column = 0; column < keyColumns; ++column)
            QTest::addRow("column %d", column) << column;
    }

    void behavesLikeASimpleModelUnderRandomLoad()
    {
        QFETCH(int, column);
        const unsigned seed = std::random_device {}();
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        KeyTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.sort(column, pick(random, 2) ? Qt::AscendingOrder : Qt::DescendingOrder);
        std::map<std::uint32_t, std::string> known;
        std::map<std::uint32_t, KeyState> states;
        const char *filters[] = {"", "7", "!7", "policy:p1", "state:throttled", "k !1 policy:p2"};
        for (int step = 0; step < 120; ++step) {
            Snapshot snapshot = randomSnapshot(random, known, states);
            snapshot.now = start + step * 300ms;
            QPersistentModelIndex watched;
            std::string name;
            if (model.rowCount() > 0) {
                watched = model.index(static_cast<int>(pick(random, static_cast<unsigned>(model.rowCount()))), 1);
                name = model.entryAt(watched.row()).key;
            }
            model.apply(snapshot);
            if (watched.isValid())
                QCOMPARE(model.entryAt(watched.row()).key, name);
            if (step % 10 == 3)
                model.setFilter(QString::fromUtf8(filters[pick(random, std::size(filters))]));
            if (step % 10 == 7)
                model.sort(column, pick(random, 2) ? Qt::AscendingOrder : Qt::DescendingOrder);
            QCOMPARE(model.keys(), known.size());
            QCOMPARE(model.throttled(), static_cast<std::size_t>(std::count_if(states.begin(), states.end(), [](const auto &entry) {
                         return entry.second == KeyState::Throttled;
                     })));
        }
        model.setFilter({});
        QCOMPARE(model.rowCount(), static_cast<int>(known.size()));
        verifySorted(model, column);
    }

    void takesAHundredThousandKeysInItsStride()
    {
        KeyTableModel model;
        Snapshot snapshot;
        snapshot.now = start;
        std::mt19937 random(1);
        for (std::uint32_t id = 0; id < 100'000; ++id) {
            snapshot.added.push_back({id, "api", "user-" + std::to_string(id)});
            snapshot.changed.push_back(row(id, pick(random, 1000)));
        }
        model.apply(snapshot);
        QCOMPARE(model.rowCount(), 100'000);
        Snapshot next;
        next.now = start;
        for (int i = 0; i < 5000; ++i)
            next.changed.push_back(row(pick(random, 100'000), pick(random, 1000)));
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 20; ++i) {
            for (KeyRow &key : next.changed)
                key.rates.rejected = pick(random, 1000);
            model.apply(next);
        }
        qInfo("%.2f ms per snapshot", static_cast<double>(timer.nsecsElapsed()) / 20e6);
        QVERIFY(timer.elapsed() < 4000);
        verifySorted(model, static_cast<int>(KeyColumn::Rejected));
    }

private:
    static Snapshot randomSnapshot(std::mt19937 &random, std::map<std::uint32_t, std::string> &known,
                                   std::map<std::uint32_t, KeyState> &states)
    {
        Snapshot snapshot;
        if (pick(random, 40) == 0) {
            snapshot.keysReset = true;
            known.clear();
            states.clear();
        }
        for (unsigned n = pick(random, 4); n > 0 && !known.empty(); --n) {
            const auto victim = std::next(known.begin(), static_cast<std::ptrdiff_t>(pick(random, known.size())));
            snapshot.removed.push_back(victim->first);
            states.erase(victim->first);
            known.erase(victim);
        }
        for (unsigned n = pick(random, 8); n > 0; --n) {
            std::uint32_t id = 0;
            while (known.contains(id))
                ++id;
            const std::string key = "k" + std::to_string(pick(random, 1000));
            snapshot.added.push_back({id, "p" + std::to_string(pick(random, 3)), key});
            known[id] = key;
            states[id] = KeyState::Quiet;
        }
        for (unsigned n = pick(random, 12); n > 0 && !known.empty(); --n) {
            const auto chosen = std::next(known.begin(), static_cast<std::ptrdiff_t>(pick(random, known.size())));
            KeyRow key = row(chosen->first, pick(random, 5), static_cast<KeyState>(pick(random, 5)));
            key.rates.allowed = pick(random, 5);
            key.used = pick(random, 60);
            key.lastSeen = start + std::chrono::seconds(pick(random, 50));
            snapshot.changed.push_back(key);
            states[chosen->first] = key.state;
        }
        return snapshot;
    }

    // No neighbours may be in the wrong order, whichever the direction is.
    static void verifySorted(const KeyTableModel &model, int column)
    {
        int ups = 0;
        int downs = 0;
        for (int i = 1; i < model.rowCount(); ++i) {
            const int order = compare(model.entryAt(i - 1), model.entryAt(i), static_cast<KeyColumn>(column));
            ups += order < 0;
            downs += order > 0;
        }
        QVERIFY2(ups == 0 || downs == 0, qPrintable(QStringLiteral("%1 up, %2 down").arg(ups).arg(downs)));
    }

    static int compare(const KeyEntry &a, const KeyEntry &b, KeyColumn column)
    {
        const auto sign = [](auto x, auto y) { return x < y ? -1 : x > y ? 1 : 0; };
        constexpr int urgency[] = {0, 1, 2, 4, 3};
        switch (column) {
        case KeyColumn::Policy: return sign(a.policy, b.policy);
        case KeyColumn::Key: return sign(a.key, b.key);
        case KeyColumn::Requests: return sign(a.row.rates.requests(), b.row.rates.requests());
        case KeyColumn::Rejected: return sign(a.row.rates.rejected, b.row.rates.rejected);
        case KeyColumn::Used: return sign(a.row.used, b.row.used);
        case KeyColumn::RejectedShare: return sign(std::lround(a.row.rejectedShare() * 100), std::lround(b.row.rejectedShare() * 100));
        case KeyColumn::State: return sign(urgency[static_cast<int>(a.row.state)], urgency[static_cast<int>(b.row.state)]);
        case KeyColumn::LastSeen: return sign(a.row.lastSeen, b.row.lastSeen);
        }
        return 0;
    }
};

QTEST_GUILESS_MAIN(tst_KeyTableLoad)
#include "tst_KeyTableLoad.moc"
