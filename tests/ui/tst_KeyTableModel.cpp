// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "KeyRows.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace rateguard;

namespace {

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
};

QTEST_GUILESS_MAIN(tst_KeyTableModel)
#include "tst_KeyTableModel.moc"
