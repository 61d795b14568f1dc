// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "KeyRows.h"
#include "models/KeyTableModel.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <random>

using namespace rateguard;

namespace {

// 0 to sides - 1.
template <typename Sides>
unsigned pick(std::mt19937 &random, Sides sides)
{
    return static_cast<unsigned>(random() % static_cast<unsigned>(sides));
}

qint64 ownTime()
{
    timespec time {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * 1'000'000'000 + time.tv_nsec;
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
        KeyList keys;
        KeyTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setSeen(0, 2000);
        model.sort(column, pick(random, 2) ? Qt::AscendingOrder : Qt::DescendingOrder);
        const char *filters[] = {"", "7", "!7", "policy:p1", "state:throttled", "k !1 policy:p2", "rejected>2", "re:p1:k[1-5]"};
        QString filter;
        for (int step = 0; step < 120; ++step) {
            stir(random, keys);
            if (step % 10 == 3)
                model.setFilter(filter = QString::fromUtf8(filters[pick(random, std::size(filters))]));
            if (step % 10 == 7)
                model.sort(column, pick(random, 2) ? Qt::AscendingOrder : Qt::DescendingOrder);
            const Snapshot snapshot = keys.answer(model.wish(), start + step * 300ms);
            model.apply(snapshot);
            QCOMPARE(static_cast<std::size_t>(model.rowCount()), fitting(keys, filter, start + step * 300ms));
            std::uint64_t throttled = 0;
            for (std::uint32_t id = 0; id < keys.source().places(); ++id)
                throttled += keys.has(id) && keys.rowOf(id).state == KeyState::Throttled;
            QCOMPARE(snapshot.throttledCount, throttled);
            verifyOffenders(snapshot, keys);
            verifySorted(model, column);
            if (QTest::currentTestFailed())
                return;
        }
        model.setFilter({});
        model.apply(keys.answer(model.wish()));
        QCOMPARE(static_cast<std::size_t>(model.rowCount()), keys.size());
    }

    // Whatever the number of keys, the GUI pays for what is on screen.
    void takesAMillionKeysInItsStride()
    {
        KeyList keys;
        std::mt19937 random(1);
        for (std::uint32_t id = 0; id < 1'000'000; ++id) {
            keys.add(id, "api", "user-" + std::to_string(id));
            keys.change(row(id, pick(random, 1000)));
        }
        KeyTableModel model;
        model.setSeen(0, 40);
        const auto settle = [&] {
            keys.answer(model.wish()); // says what is wanted
            qint64 longest = 0; // of this thread's own time: the machine is shared
            for (bool more = true; more;) {
                const qint64 before = ownTime();
                more = keys.table().work(QDeadlineTimer(2));
                longest = std::max(longest, ownTime() - before);
            }
            model.apply(keys.answer(model.wish()));
            return static_cast<double>(longest) / 1e6;
        };
        const double longest = settle();
        QCOMPARE(model.rowCount(), 1'000'000);
        verifySorted(model, static_cast<int>(KeyColumn::Rejected));
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 100; ++i) {
            for (int n = 0; n < 5000; ++n)
                keys.change(row(pick(random, 1'000'000), pick(random, 1000)));
            model.apply(keys.answer(model.wish()));
        }
        qInfo("%.3f ms per snapshot; the longest slice of the walk over all keys took %.1f ms", static_cast<double>(timer.nsecsElapsed()) / 100e6, longest);
        model.setFilter(QStringLiteral("user-77777"));
        settle();
        QCOMPARE(model.rowCount(), 11);
        model.setFilter({});
        model.sort(static_cast<int>(KeyColumn::Key), Qt::AscendingOrder);
        settle();
        QCOMPARE(model.rowCount(), 1'000'000);
        verifySorted(model, static_cast<int>(KeyColumn::Key));
        QCOMPARE(model.entryAt(0)->key, std::string("user-0"));
        QCOMPARE(model.entryAt(2)->key, std::string("user-10"));
    }

private:
    static void stir(std::mt19937 &random, KeyList &keys)
    {
        if (pick(random, 40) == 0)
            keys.clear();
        const auto any = [&] { return pick(random, keys.source().places() + 1); };
        for (unsigned n = pick(random, 4); n > 0; --n) {
            if (const auto id = any(); keys.has(id))
                keys.remove(id);
        }
        for (unsigned n = pick(random, 8); n > 0; --n) {
            std::uint32_t id = 0;
            while (keys.has(id))
                ++id;
            keys.add(id, "p" + std::to_string(pick(random, 3)), "k" + std::to_string(pick(random, 1000)));
        }
        for (unsigned n = pick(random, 12); n > 0; --n) {
            const auto id = any();
            if (!keys.has(id))
                continue;
            KeyRow key = row(id, pick(random, 5), static_cast<KeyState>(pick(random, 5)));
            key.rates.allowed = pick(random, 5);
            key.rates.wouldReject = pick(random, 2) * pick(random, 9);
            key.used = pick(random, 60);
            key.lastSeen = start + std::chrono::seconds(pick(random, 50));
            keys.change(key);
        }
    }

    // Whoever is rejected comes first, however much others would be.
    static void verifyOffenders(const Snapshot &snapshot, KeyList &keys)
    {
        std::vector<std::pair<double, double>> wanted;
        std::uint64_t shadowed = 0;
        for (std::uint32_t id = 0; id < keys.source().places(); ++id) {
            if (!keys.has(id))
                continue;
            const KeyRow &key = keys.rowOf(id);
            shadowed += key.state == KeyState::Shadowed;
            if (key.rates.rejected > 0 || key.rates.wouldReject > 0)
                wanted.emplace_back(key.rates.rejected, key.rates.rejected > 0 ? 0 : key.rates.wouldReject);
        }
        std::sort(wanted.rbegin(), wanted.rend());
        wanted.resize(std::min(wanted.size(), KeyTable::ranked));
        std::vector<std::pair<double, double>> got;
        for (const RankedKey &key : snapshot.offenders)
            got.emplace_back(key.row.rates.rejected, key.row.rates.rejected > 0 ? 0 : key.row.rates.wouldReject);
        QVERIFY(got == wanted);
        QCOMPARE(snapshot.shadowedCount, shadowed);
    }

    static std::size_t fitting(KeyList &keys, const QString &text, Instant now)
    {
        FilterProblem problem;
        const auto filter = KeyFilter::parse(text.toStdString(), problem);
        std::size_t count = 0;
        KeyView key;
        for (std::uint32_t id = 0; id < keys.source().places(); ++id)
            count += keys.source().look(id, now, key) && filter->matches(key, now);
        return count;
    }

    // No neighbours may be in the wrong order, whichever the direction is.
    static void verifySorted(const KeyTableModel &model, int column)
    {
        int ups = 0;
        int downs = 0;
        for (int i = 1; i < model.endOfHeld(); ++i) {
            const int order = compare(*model.entryAt(i - 1), *model.entryAt(i), static_cast<KeyColumn>(column));
            ups += order < 0;
            downs += order > 0;
        }
        QVERIFY2(ups == 0 || downs == 0, qPrintable(QStringLiteral("%1 up, %2 down").arg(ups).arg(downs)));
    }

    static int compare(const KeyEntry &a, const KeyEntry &b, KeyColumn column)
    {
        const auto sign = [](auto x, auto y) { return x < y ? -1 : x > y ? 1 : 0; };
        constexpr int urgency[] = {0, 1, 4, 6, 5, 3, 2};
        switch (column) {
        case KeyColumn::Policy: return sign(a.policy, b.policy);
        case KeyColumn::Key: return sign(a.key, b.key);
        case KeyColumn::Minute: // nothing is sorted by it, so the one before stays
            [[fallthrough]];
        case KeyColumn::Rejected: return sign(a.row.rates.rejected + a.row.rates.wouldReject, b.row.rates.rejected + b.row.rates.wouldReject);
        case KeyColumn::Requests: return sign(a.row.rates.requests(), b.row.rates.requests());
        case KeyColumn::Used: return sign(a.row.used, b.row.used);
        case KeyColumn::RejectedShare: return sign(std::lround(a.row.rejectedShare().value_or(-1) * 100), std::lround(b.row.rejectedShare().value_or(-1) * 100));
        case KeyColumn::State: return sign(urgency[static_cast<int>(a.row.state)], urgency[static_cast<int>(b.row.state)]);
        case KeyColumn::LastSeen: return sign(a.row.lastSeen, b.row.lastSeen);
        }
        return 0;
    }
};

QTEST_GUILESS_MAIN(tst_KeyTableLoad)
#include "tst_KeyTableLoad.moc"
