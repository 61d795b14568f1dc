// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/PolicyTableModel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

PolicyRow policy(const char *name, std::uint32_t count, std::uint64_t version)
{
    PolicyRow row;
    row.name = name;
    row.rule = {{count, 1min}, Mode::Enforce, version};
    return row;
}

Snapshot with(std::vector<PolicyRow> policies)
{
    Snapshot snapshot;
    snapshot.policies = std::move(policies);
    return snapshot;
}

QString cell(const PolicyTableModel &model, int row, PolicyColumn column)
{
    return model.index(row, static_cast<int>(column)).data().toString();
}

} // namespace

class tst_PolicyTableModel : public QObject
{
    Q_OBJECT

private slots:
    void showsLimitsAsPeopleWriteThem()
    {
        PolicyTableModel model;
        model.apply(with({policy("search", 100, 7)}));
        QCOMPARE(cell(model, 0, PolicyColumn::Policy), QStringLiteral("search"));
        QCOMPARE(cell(model, 0, PolicyColumn::Limit), QStringLiteral("100/min"));
        QCOMPARE(cell(model, 0, PolicyColumn::Mode), QStringLiteral("enforce"));
        QCOMPARE(cell(model, 0, PolicyColumn::Version), QStringLiteral("v7"));
    }

    void showsAllWindowsAndHowTheyAreCounted()
    {
        PolicyTableModel model;
        PolicyRow row = policy("search", 10, 7);
        row.rule.limit.push({1000, 1h});
        row.rule.limit.algorithm = Algorithm::Bucket;
        model.apply(with({row}));
        QCOMPARE(cell(model, 0, PolicyColumn::Limit), QStringLiteral("bucket 10/min 1000/h"));
        const QString tip = model.index(0, 0).data(Qt::ToolTipRole).toString(); // a narrow column cuts it
        QVERIFY(tip.contains(QStringLiteral("bucket 10/min 1000/h")));
        QVERIFY(tip.contains(QStringLiteral("sixtieths")));
    }

    void showsTheModeInForceNow()
    {
        PolicyTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        PolicyRow row = policy("search", 10, 7);
        row.rule.mode = Mode::Shadow;
        row.rule.until = Instant(100h + 7min);
        Snapshot snapshot = with({row});
        snapshot.now = Instant(100h);
        model.apply(snapshot);
        QCOMPARE(cell(model, 0, PolicyColumn::Mode), QStringLiteral("shadow, 7 min left"));
        QVERIFY(model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("shadow, ends in 7 min, then enforce")));
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        snapshot.now += 59s;
        model.apply(snapshot);
        QCOMPARE(changes.size(), 0); // looks the same
        snapshot.now += 5min + 1s;
        model.apply(snapshot);
        QCOMPARE(changes.size(), 1);
        QCOMPARE(cell(model, 0, PolicyColumn::Mode), QStringLiteral("shadow, 1 min left"));
        snapshot.now += 1min;
        model.apply(snapshot);
        QCOMPARE(changes.size(), 2);
        QCOMPARE(cell(model, 0, PolicyColumn::Mode), QStringLiteral("enforce"));
    }

    void showsWhatItCannotReadAsItIs()
    {
        PolicyTableModel model;
        PolicyRow bad;
        bad.name = "api";
        bad.valid = false;
        bad.text = "\xFFoops<b>";
        model.apply(with({bad}));
        QCOMPARE(cell(model, 0, PolicyColumn::Limit), QStringLiteral("\\xFFoops<b>"));
        QCOMPARE(cell(model, 0, PolicyColumn::Mode), QStringLiteral("broken"));
        QVERIFY(!model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("<b>")));
    }

    void rowsComeAndGoAroundTheSelection()
    {
        PolicyTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(with({policy("b", 1, 1), policy("d", 1, 1)}));
        const QPersistentModelIndex d = model.index(1, 0);
        model.apply(with({policy("a", 1, 1), policy("c", 1, 1), policy("d", 2, 2), policy("e", 1, 1)}));
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(d.row(), 2);
        QCOMPARE(cell(model, 2, PolicyColumn::Version), QStringLiteral("v2"));
        model.apply(with({}));
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!d.isValid());
    }

    void reportsOnlyTheChangedRow()
    {
        PolicyTableModel model;
        model.apply(with({policy("a", 1, 1), policy("b", 1, 1), policy("c", 1, 1)}));
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.apply(with({policy("a", 1, 1), policy("b", 5, 2), policy("c", 1, 1)}));
        QCOMPARE(changes.size(), 1);
        QCOMPARE(changes[0][0].toModelIndex().row(), 1);
    }

    void countsOverridesAndRequests()
    {
        PolicyTableModel model;
        Snapshot snapshot = with({policy("a", 1, 1), policy("b", 1, 1)});
        snapshot.policies[0].rates = {10, 2.5, 0};
        snapshot.now = Instant(100h);
        auto list = std::make_shared<OverrideList>();
        list->all = {{"a", "x", {}}, {"a", "y", {}}, {"b", "z", {Override::Kind::Ban, {}, Instant(99h), 1}}}; // the last has ended
        snapshot.overrides = list;
        model.apply(snapshot);
        QCOMPARE(cell(model, 0, PolicyColumn::Overrides), QStringLiteral("2"));
        QCOMPARE(cell(model, 1, PolicyColumn::Overrides), QStringLiteral("–"));
        QCOMPARE(cell(model, 0, PolicyColumn::Requests), QStringLiteral("12.5"));
    }

    void aTypedLimitIsOnlyTold()
    {
        PolicyTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(with({policy("a", 1, 1)}));
        const QModelIndex limit = model.index(0, static_cast<int>(PolicyColumn::Limit));
        int told = 0;
        connect(&model, &PolicyTableModel::limitTyped, this, [&told](int, const Limits &typed) { told += typed == (Limit {10, 1s}) ? 1 : 100; });
        QVERIFY(!model.setData(limit, QStringLiteral("10/s"))); // not while nothing may be written
        model.setEditable(true);
        QVERIFY(!model.setData(limit, QStringLiteral("10 apples")));
        QVERIFY(model.setData(limit, QStringLiteral("10/s")));
        QCOMPARE(told, 1);
        QCOMPARE(cell(model, 0, PolicyColumn::Limit), QStringLiteral("1/min"));
    }

    void findsByName()
    {
        PolicyTableModel model;
        model.apply(with({policy("a", 1, 1), policy("b", 5, 2)}));
        QCOMPARE(model.rowOf("b"), 1);
        QCOMPARE(model.rowOf("x"), -1);
    }
};

QTEST_GUILESS_MAIN(tst_PolicyTableModel)
#include "tst_PolicyTableModel.moc"
