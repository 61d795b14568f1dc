// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "KeyRows.h"
#include "models/KeyTableModel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace rateguard;

namespace {

QStringList keysOf(const KeyTableModel &model)
{
    QStringList keys;
    for (int i = 0; i < model.rowCount(); ++i)
        keys << QString::fromStdString(model.entryAt(i) ? model.entryAt(i)->key : "?");
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

// A model that shows up to ten rows of some keys.
struct Shown
{
    Shown()
    {
        keys.add(0, "api", "anna");
        keys.add(1, "api", "ben");
        keys.add(2, "search", "Bot-7");
        keys.change(row(0, 1));
        keys.change(row(1, 5, KeyState::Throttled));
        keys.change(row(2, 3));
        model.setSeen(0, 10);
        update();
    }
    void update(Instant now = start) { model.apply(keys.answer(model.wish(), now)); }
    void fill(int count)
    {
        keys.clear();
        for (int i = 0; i < count; ++i) {
            keys.add(static_cast<std::uint32_t>(i), "api", "key-" + std::to_string(i));
            keys.change(row(static_cast<std::uint32_t>(i), count - i));
        }
        update();
    }

    KeyList keys;
    KeyTableModel model;
    QAbstractItemModelTester tester {&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
};

} // namespace

class tst_KeyTableModel : public QObject
{
    Q_OBJECT

private slots:
    void sortsByRejectedFirst()
    {
        Shown it;
        QCOMPARE(keysOf(it.model), words("ben Bot-7 anna"));
    }

    void showsFiguresForPeople()
    {
        Shown it;
        QCOMPARE(cell(it.model, 0, KeyColumn::Policy), QStringLiteral("api"));
        QCOMPARE(cell(it.model, 0, KeyColumn::Rejected), QStringLiteral("5.0"));
        QCOMPARE(cell(it.model, 0, KeyColumn::Used), QStringLiteral("57 / 60"));
        QCOMPARE(cell(it.model, 0, KeyColumn::State), QStringLiteral("Throttled"));
        QCOMPARE(cell(it.model, 0, KeyColumn::LastSeen), QStringLiteral("now"));
    }

    void theRejectedShareIsOfTheLastMinuteOrNotKnown()
    {
        Shown it;
        KeyRow anna = row(0, 1);
        anna.minuteRequests = 10;
        KeyRow ben = row(1, 0); // nothing of the last seconds: that is of another time
        ben.minuteRequests = 40;
        ben.minuteRejected = 30;
        it.keys.change(anna);
        it.keys.change(ben);
        it.model.sort(static_cast<int>(KeyColumn::RejectedShare), Qt::DescendingOrder);
        it.update();
        QCOMPARE(keysOf(it.model), words("ben anna Bot-7"));
        QCOMPARE(cell(it.model, 0, KeyColumn::RejectedShare), QStringLiteral("75 %"));
        QCOMPARE(cell(it.model, 1, KeyColumn::RejectedShare), QStringLiteral("0 %"));
        QCOMPARE(cell(it.model, 2, KeyColumn::RejectedShare), QStringLiteral("–"));
        const auto tip = it.model.index(0, static_cast<int>(KeyColumn::RejectedShare)).data(Qt::ToolTipRole).toString();
        QVERIFY2(tip.contains(QStringLiteral("30 of 40 requests of the last minute")), qPrintable(tip));
    }

    void everyTitleSaysOfWhatTimeItsFiguresAre()
    {
        Shown it;
        for (int column = 0; column < keyColumns; ++column) {
            const QString tip = it.model.headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString();
            QVERIFY(!tip.isEmpty() && tip != it.model.headerData(column, Qt::Horizontal).toString());
        }
        const auto tip = [&](KeyColumn column) { return it.model.headerData(static_cast<int>(column), Qt::Horizontal, Qt::ToolTipRole).toString(); };
        QVERIFY(tip(KeyColumn::Requests).contains(QStringLiteral("last 5 s")));
        QVERIFY(tip(KeyColumn::RejectedShare).contains(QStringLiteral("last minute")));
        for (const char *state : {"Throttled", "Shadow", "Near limit", "Banned", "Exempt", "Active", "Quiet"})
            QVERIFY(tip(KeyColumn::State).contains(QLatin1String(state)));
    }

    void tellsOfTheRowsThatChangedAndNoOthers()
    {
        Shown it;
        it.keys.change(row(2, 3.4));
        QSignalSpy changes(&it.model, &QAbstractItemModel::dataChanged);
        it.update();
        QCOMPARE(changes.size(), 1);
        QCOMPARE(changes[0][0].toModelIndex().row(), 1);
        QCOMPARE(changes[0][1].toModelIndex().row(), 1);
        it.keys.change(row(0, 9));
        it.update();
        QCOMPARE(keysOf(it.model), words("anna ben Bot-7"));
    }

    void staysQuietWhenNothingHappened()
    {
        Shown it;
        QSignalSpy changes(&it.model, &QAbstractItemModel::dataChanged);
        it.update();
        QVERIFY(changes.isEmpty());
    }

    void rowsThatLookTheSameKeepTheirPlaces()
    {
        Shown it;
        const QStringList before = keysOf(it.model);
        it.keys.change(row(2, 3.04));
        it.keys.change(row(1, 4.98, KeyState::Throttled));
        it.update();
        QCOMPARE(keysOf(it.model), before);
    }

    void keysComeAndGo()
    {
        Shown it;
        it.keys.remove(1);
        it.keys.add(1, "api", "carl"); // an id is used again
        it.keys.change(row(1, 2));
        it.keys.add(3, "api", "dora");
        it.update();
        QCOMPARE(keysOf(it.model), words("Bot-7 carl anna dora"));
        it.keys.clear();
        it.keys.add(0, "api", "eve");
        it.update();
        QCOMPARE(keysOf(it.model), words("eve"));
    }

    void filtersAndSortsAsItAsksFor()
    {
        Shown it;
        QSignalSpy wishes(&it.model, &KeyTableModel::wishChanged);
        it.model.setFilter(QStringLiteral("policy:api"));
        QCOMPARE(wishes.size(), 1);
        it.update();
        QCOMPARE(keysOf(it.model), words("ben anna"));
        QVERIFY(it.model.isFiltered());
        it.model.sort(static_cast<int>(KeyColumn::Key), Qt::AscendingOrder);
        QCOMPARE(wishes.size(), 2);
        it.update();
        QCOMPARE(keysOf(it.model), words("anna ben"));
        it.model.setFilter({});
        it.update();
        QCOMPARE(keysOf(it.model), words("anna ben Bot-7"));
        QVERIFY(!it.model.isFiltered());
    }

    void aPictureCannotBeSortedBy()
    {
        Shown it;
        QSignalSpy wishes(&it.model, &KeyTableModel::wishChanged);
        it.model.sort(static_cast<int>(KeyColumn::Minute), Qt::DescendingOrder);
        QVERIFY(wishes.isEmpty());
        QCOMPARE(it.model.wish().column, KeyColumn::Rejected);
    }

    void holdsWhatIsSeenAndAPageEachWay()
    {
        Shown it;
        it.fill(5000);
        QCOMPARE(it.model.rowCount(), 5000);
        QCOMPARE(it.model.firstHeld(), 0);
        QVERIFY(it.model.entryAt(29));
        QVERIFY(!it.model.entryAt(30));
        QVERIFY(!it.model.index(4999, 1).data().isValid()); // blank until it comes
        QSignalSpy wishes(&it.model, &KeyTableModel::wishChanged);
        it.model.setSeen(15, 10);
        QVERIFY(wishes.isEmpty()); // it is here already
        it.model.setSeen(1000, 10);
        QCOMPARE(wishes.size(), 1); // ask at once
        it.update();
        QCOMPARE(wishes.size(), 1);
        QCOMPARE(it.model.firstHeld(), 990);
        QCOMPARE(it.model.endOfHeld(), 1020);
        QCOMPARE(cell(it.model, 1003, KeyColumn::Key), QStringLiteral("key-1003"));
        QVERIFY(!it.model.entryAt(5));
    }

    void rowsThatVanishUnderTheScreenAreAskedForAgain()
    {
        Shown it;
        it.fill(5000);
        it.model.setSeen(4990, 10);
        it.update();
        QVERIFY(it.model.entryAt(4999));
        it.fill(100); // the view scrolls up, because there is no more
        QCOMPARE(it.model.rowCount(), 100);
        it.model.setSeen(90, 10);
        it.update();
        QCOMPARE(cell(it.model, 99, KeyColumn::Key), QStringLiteral("key-99"));
    }

    void aSnapshotThatAnswersAnOlderWishIsFollowedByAnother()
    {
        Shown it;
        it.fill(5000);
        const TableWish before = it.model.wish();
        it.model.setSeen(2000, 10);
        QSignalSpy wishes(&it.model, &KeyTableModel::wishChanged);
        it.model.apply(it.keys.answer(before));
        QCOMPARE(wishes.size(), 1);
        it.update();
        QCOMPARE(wishes.size(), 1);
    }

    void keysAreBytesAndToolTipsPlain()
    {
        Shown it;
        it.keys.clear();
        it.keys.add(0, "api", std::string("<b>\xFF\0x", 6));
        it.update();
        QCOMPARE(cell(it.model, 0, KeyColumn::Key), QStringLiteral("<b>\\xFF\\x00x"));
        QVERIFY(it.model.index(0, 1).data(Qt::ToolTipRole).toString().contains(QStringLiteral("&lt;b&gt;")));
        QCOMPARE(it.model.entryAt(0)->key, std::string("<b>\xFF\0x", 6));
    }

    void surprisesInASnapshotAreHarmless()
    {
        Shown it;
        Snapshot next;
        next.table.rows = 2;
        next.table.first = 77;
        next.table.held.resize(3);
        it.model.apply(next);
        QCOMPARE(it.model.rowCount(), 2);
        QVERIFY(!it.model.entryAt(0));
        next.table.first = 1;
        next.table.held[0].gone = true;
        it.model.apply(next);
        QVERIFY(!it.model.entryAt(1));
        QVERIFY(!it.model.index(1, 0).data().isValid());
        QVERIFY(!it.model.entryAt(-1) && !it.model.entryAt(2));
    }
};

QTEST_GUILESS_MAIN(tst_KeyTableModel)
#include "tst_KeyTableModel.moc"
