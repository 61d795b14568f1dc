// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/KeyTableModel.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <map>
#include <random>

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

constexpr Instant start {1'790'000'000s};

KeyRow row(std::uint32_t id, double rejected, KeyState state = KeyState::Active)
{
    KeyRow key;
    key.id = id;
    key.state = state;
    key.rates.rejected = rejected;
    key.limit = 60;
    key.used = 57;
    key.lastSeen = start;
    return key;
}

// 0 to sides - 1.
template <typename Sides>
unsigned pick(std::mt19937 &random, Sides sides)
{
    return static_cast<unsigned>(random() % static_cast<unsigned>(sides));
}

QStringList keysOf(const KeyTableModel &model)
{
    QStringList keys;
    for (int i = 0; i < model.rowCount(); ++i)
        keys << QString::fromStdString(model.entryAt(i).key);
    return keys;
}

QString cell(const KeyTableModel &model, int line, KeyColumn column)
{
    return model.index(line, static_cast<int>(column)).data().toString();
}

QStringList words(const char *text)
{
    return QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

Snapshot threeKeys()
{
    Snapshot snapshot;
    snapshot.now = start;
    snapshot.added = {{0, "api", "anna"}, {1, "api", "ben"}, {2, "search", "Bot-7"}};
    snapshot.changed = {row(0, 1), row(1, 5, KeyState::Throttled), row(2, 3)};
    return snapshot;
}

} // namespace

class tst_KeyTableModel : public QObject
{
    Q_OBJECT

private slots:
    void sortsByRejectedFirst()
    {
        KeyTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(threeKeys());
        QCOMPARE(keysOf(model), words("ben Bot-7 anna"));
        QCOMPARE(model.keys(), 3U);
        QCOMPARE(model.throttled(), 1U);
    }

    void showsFiguresForPeople()
    {
        KeyTableModel model;
        model.apply(threeKeys());
        QCOMPARE(cell(model, 0, KeyColumn::Policy), QStringLiteral("api"));
        QCOMPARE(cell(model, 0, KeyColumn::Rejected), QStringLiteral("5.0"));
        QCOMPARE(cell(model, 0, KeyColumn::Used), QStringLiteral("57 / 60"));
        QCOMPARE(cell(model, 0, KeyColumn::RejectedShare), QStringLiteral("100 %"));
        QCOMPARE(cell(model, 0, KeyColumn::State), QStringLiteral("Throttled"));
        QCOMPARE(cell(model, 0, KeyColumn::LastSeen), QStringLiteral("now"));
    }

    void movesARowWithoutTouchingTheOthers()
    {
        KeyTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(threeKeys());
        Snapshot next;
        next.now = start;
        next.changed = {row(0, 9)};
        const QPersistentModelIndex anna = model.index(2, 1);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy layouts(&model, &QAbstractItemModel::layoutChanged);
        model.apply(next);
        QCOMPARE(keysOf(model), words("anna ben Bot-7"));
        QCOMPARE(anna.row(), 0);
        QCOMPARE(layouts.size(), 1);
        QCOMPARE(changes.size(), 1);
        QCOMPARE(changes[0][0].toModelIndex().row(), 0);
        QCOMPARE(changes[0][1].toModelIndex().row(), 0);
    }

    void staysQuietWhenNothingHappened()
    {
        KeyTableModel model;
        model.apply(threeKeys());
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy layouts(&model, &QAbstractItemModel::layoutChanged);
        Snapshot next;
        next.now = start;
        model.apply(next);
        QVERIFY(changes.isEmpty());
        QVERIFY(layouts.isEmpty());
    }

    void rowsThatLookTheSameKeepTheirPlaces()
    {
        KeyTableModel model;
        model.apply(threeKeys());
        const QStringList before = keysOf(model);
        Snapshot next;
        next.now = start;
        next.changed = {row(2, 3.04), row(1, 4.98, KeyState::Throttled)};
        QSignalSpy layouts(&model, &QAbstractItemModel::layoutChanged);
        model.apply(next);
        QCOMPARE(keysOf(model), before);
        QVERIFY(layouts.isEmpty());
    }

    void anIdIsUsedAgainAfterARemoval()
    {
        KeyTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(threeKeys());
        const QPersistentModelIndex ben = model.index(0, 0);
        Snapshot next;
        next.now = start;
        next.removed = {1};
        next.added = {{1, "api", "carl"}};
        next.changed = {row(1, 2)};
        model.apply(next);
        QCOMPARE(keysOf(model), words("Bot-7 carl anna"));
        QVERIFY(!ben.isValid());
        QCOMPARE(model.throttled(), 0U);
    }

    void aResetForgetsEverything()
    {
        KeyTableModel model;
        model.apply(threeKeys());
        Snapshot next;
        next.keysReset = true;
        next.added = {{0, "api", "dora"}};
        model.apply(next);
        QCOMPARE(keysOf(model), words("dora"));
        QCOMPARE(model.keys(), 1U);
        QCOMPARE(model.throttled(), 0U);
    }

    void filters_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("keys");
        const auto line = [](const char *name, const char *filter, const char *keys) {
            QTest::newRow(name) << QString::fromUtf8(filter) << QString::fromUtf8(keys);
        };
        line("a piece of the key", "bot", "Bot-7");
        line("either case", "BEN", "ben");
        line("a piece of the policy", "sear", "Bot-7");
        line("inverted", "!bot", "ben anna");
        line("all words must fit", "api ann", "anna");
        line("a whole policy", "policy:api", "ben anna");
        line("not a piece of a policy", "policy:ap", "");
        line("a state", "state:throttled", "ben");
        line("not a state", "!state:throttled", "Bot-7 anna");
        line("half typed words hide nothing", "policy: ! state:", "ben Bot-7 anna");
        line("nothing", "", "ben Bot-7 anna");
        line("no key", "xyz", "");
    }

    void filters()
    {
        QFETCH(QString, filter);
        QFETCH(QString, keys);
        KeyTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(threeKeys());
        model.setFilter(filter);
        QCOMPARE(keysOf(model), keys.split(QLatin1Char(' '), Qt::SkipEmptyParts));
        model.setFilter({});
        QCOMPARE(keysOf(model), words("ben Bot-7 anna"));
    }

    void aFilterOnStatesFollowsTheStates()
    {
        KeyTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(threeKeys());
        model.setFilter(QStringLiteral("state:throttled"));
        Snapshot next;
        next.now = start;
        next.changed = {row(0, 7, KeyState::Throttled), row(1, 0)};
        model.apply(next);
        QCOMPARE(keysOf(model), words("anna"));
    }

    void keysAreBytesAndToolTipsPlain()
    {
        KeyTableModel model;
        Snapshot snapshot;
        snapshot.added = {{0, "api", std::string("<b>\xFF\0x", 6)}};
        model.apply(snapshot);
        QCOMPARE(cell(model, 0, KeyColumn::Key), QStringLiteral("<b>\\xFF\\x00x"));
        QVERIFY(model.index(0, 1).data(Qt::ToolTipRole).toString().contains(QStringLiteral("&lt;b&gt;")));
        QCOMPARE(model.entryAt(0).key, std::string("<b>\xFF\0x", 6));
    }

    void surprisesInASnapshotAreHarmless()
    {
        KeyTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(threeKeys());
        Snapshot next;
        next.removed = {77, 0, 0};
        next.changed = {row(78, 1), row(0, 1)};
        next.added = {{1, "api", "ben"}};
        model.apply(next);
        QCOMPARE(keysOf(model), words("ben Bot-7"));
    }

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
        constexpr int urgency[] = {0, 1, 3, 4, 2};
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

QTEST_GUILESS_MAIN(tst_KeyTableModel)
#include "tst_KeyTableModel.moc"
