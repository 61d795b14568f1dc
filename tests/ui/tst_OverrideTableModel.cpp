// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/OverrideTableModel.h"
#include "models/OverrideWords.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

constexpr Instant start {100h};

Snapshot with(std::vector<KeyOverride> all, Instant now = start)
{
    Snapshot snapshot;
    snapshot.now = now;
    auto list = std::make_shared<OverrideList>();
    list->all = std::move(all);
    snapshot.overrides = list;
    return snapshot;
}

KeyOverride ban(const char *policy, const char *key, std::optional<Instant> until = std::nullopt)
{
    return {policy, key, {Override::Kind::Ban, {}, until, 4}};
}

QString cell(const OverrideTableModel &model, int row, OverrideColumn column)
{
    return model.index(row, static_cast<int>(column)).data().toString();
}

} // namespace

class tst_OverrideTableModel : public QObject
{
    Q_OBJECT

private slots:
    void showsWhatKeysHaveInstead()
    {
        OverrideTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(with({{"search", "b", {Override::Kind::Limit, {30, 1min}, start + 8min, 9}}, {"search", "a", {Override::Kind::Exempt, {}, std::nullopt, 3}},
                          ban("api", "\xff\n")}));
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(cell(model, 0, OverrideColumn::Key), QStringLiteral("\\xFF\\n"));
        QCOMPARE(cell(model, 0, OverrideColumn::What), QStringLiteral("⊘ banned"));
        QCOMPARE(cell(model, 1, OverrideColumn::What), QStringLiteral("∞ exempt"));
        QCOMPARE(cell(model, 1, OverrideColumn::Ends), QStringLiteral("never"));
        QCOMPARE(cell(model, 2, OverrideColumn::What), QStringLiteral("≤ own limit 30/min"));
        QCOMPARE(cell(model, 2, OverrideColumn::Ends), QStringLiteral("8 min"));
        QCOMPARE(cell(model, 2, OverrideColumn::Version), QStringLiteral("k9"));
        QVERIFY(model.index(2, static_cast<int>(OverrideColumn::Version)).data(Qt::ToolTipRole).toString().startsWith(QStringLiteral("k9: an edit of this key alone")));
    }

    void whatHasEndedIsGone()
    {
        OverrideTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        Snapshot snapshot = with({ban("api", "a", start + 1min), ban("api", "b")});
        model.apply(snapshot);
        QCOMPARE(model.total(), 2U);
        snapshot.now = start + 1min;
        model.apply(snapshot);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.total(), 1U);
        QCOMPARE(model.at(0).key, std::string("b"));
    }

    void rowsComeAndGoAroundTheSelection()
    {
        OverrideTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(with({ban("api", "b"), ban("api", "d")}));
        const QPersistentModelIndex d = model.index(1, 0);
        model.apply(with({ban("api", "a"), ban("api", "c"), ban("api", "d"), ban("b", "a")}));
        QCOMPARE(d.row(), 2);
        model.apply(with({}));
        QVERIFY(!d.isValid());
    }

    void filtersByAllWords()
    {
        OverrideTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(with({ban("api", "user-1"), ban("search", "user-1"), {"search", "user-2", {Override::Kind::Exempt, {}, std::nullopt, 3}}}));
        model.setFilter(QStringLiteral("SEARCH ban"));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.total(), 3U);
        model.setFilter({});
        QCOMPARE(model.rowCount(), 3);
    }

    void timesLeftAreToldOnceASecond()
    {
        OverrideTableModel model;
        Snapshot snapshot = with({ban("api", "a", start + 30s)});
        model.apply(snapshot);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        snapshot.now += 100ms;
        model.apply(snapshot);
        QCOMPARE(changes.size(), 0);
        snapshot.now += 900ms;
        model.apply(snapshot);
        QCOMPARE(changes.size(), 1);
        QCOMPARE(cell(model, 0, OverrideColumn::Ends), QStringLiteral("29 s"));
    }

    void everyOutcomeBeginsWithItsSign()
    {
        OverrideOutcome outcome;
        outcome.policy = "search";
        outcome.key = "<b>";
        outcome.message = "Why.";
        outcome.version = 5;
        const auto text = [&](EditOutcome::Status status) {
            outcome.status = status;
            return outcomeOfKeyText(outcome);
        };
        QVERIFY(text(EditOutcome::Status::Pending).startsWith(QStringLiteral("…")));
        QVERIFY(text(EditOutcome::Status::Applied).contains(QStringLiteral("(<b> under search)")));
        QVERIFY(text(EditOutcome::Status::Refused).startsWith(QStringLiteral("✗ Refused. Why.")));
        QVERIFY(text(EditOutcome::Status::Unknown).startsWith(QLatin1Char('?')));
        outcome.after = Override {Override::Kind::Ban, {}, start + 10min, 5};
        QCOMPARE(text(EditOutcome::Status::Applied), QStringLiteral("✓ Applied: banned, k5. (<b> under search)"));
        QVERIFY(text(EditOutcome::Status::Conflict).startsWith(QStringLiteral("≠ Not applied: someone else was faster, it is banned, k5.")));
    }
};

QTEST_GUILESS_MAIN(tst_OverrideTableModel)
#include "tst_OverrideTableModel.moc"
