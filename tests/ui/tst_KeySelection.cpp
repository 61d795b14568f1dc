// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "KeyRows.h"
#include "models/KeySelection.h"

#include <QSignalSpy>
#include <QTest>

using namespace rateguard;

namespace {

constexpr auto clicked = QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows;
constexpr auto added = QItemSelectionModel::Toggle | QItemSelectionModel::Rows;
constexpr auto extended = QItemSelectionModel::SelectCurrent | QItemSelectionModel::Rows; // with Shift

// A hundred keys, key-0 the most rejected; ten rows are on screen and thirty are held.
struct Table
{
    Table()
    {
        for (std::uint32_t id = 0; id < 100; ++id) {
            keys.add(id, "api", "key-" + std::to_string(id));
            keys.change(row(id, 100 - id));
        }
        model.setSeen(0, 10);
        update();
    }
    void update()
    {
        model.apply(keys.answer(model.wish()));
        selection.restore();
    }
    std::vector<std::string> names() const
    {
        std::vector<std::string> selected;
        for (const QModelIndex &index : selection.selectedRows()) {
            if (const KeyEntry *entry = model.entryAt(index.row()))
                selected.push_back(entry->key);
        }
        std::sort(selected.begin(), selected.end());
        return selected;
    }

    KeyList keys;
    KeyTableModel model;
    KeySelection selection {&model};
};

using Names = std::vector<std::string>;

QItemSelection rows(const KeyTableModel &model, int first, int last)
{
    return {model.index(first, 0), model.index(last, keyColumns - 1)};
}

} // namespace

class tst_KeySelection : public QObject
{
    Q_OBJECT

private slots:
    void followsKeysThatMove()
    {
        Table it;
        it.selection.select(it.model.index(3, 0), clicked);
        it.selection.select(it.model.index(5, 0), added);
        it.keys.change(row(5, 1000));
        it.update();
        QCOMPARE(it.names(), (Names {"key-3", "key-5"}));
        QVERIFY(it.selection.isRowSelected(0));
        QVERIFY(it.selection.isHeld());
    }

    void remembersKeysThatAreOutOfSight()
    {
        Table it;
        it.selection.select(it.model.index(3, 0), clicked);
        it.model.setSeen(60, 10);
        it.update();
        QVERIFY(it.names().empty());
        QVERIFY(!it.selection.isEmpty() && !it.selection.isHeld());
        it.selection.select(it.model.index(62, 0), added);
        it.model.setSeen(0, 10);
        it.update();
        QCOMPARE(it.names(), (Names {"key-3"}));
        it.selection.select(it.model.index(4, 0), clicked); // starts over, with what is out of sight
        it.model.setSeen(60, 10);
        it.update();
        QVERIFY(it.names().empty());
    }

    void clearingForgetsKeysThatAreOutOfSight()
    {
        Table it;
        it.selection.select(it.model.index(3, 0), clicked);
        it.model.setSeen(60, 10);
        it.update();
        it.selection.clear();
        QVERIFY(it.selection.isEmpty());
        it.model.setSeen(0, 10);
        it.update();
        QVERIFY(it.names().empty());
    }

    void allIsAllThatFitsWhereverItIs()
    {
        Table it;
        it.selection.selectAllKeys();
        QCOMPARE(it.names().size(), 30U);
        QVERIFY(!it.selection.isHeld());
        it.selection.select(it.model.index(2, 0), added); // but for this one
        it.model.setSeen(60, 10);
        it.update();
        QCOMPARE(it.names().size(), 30U);
        KeyEntry far;
        far.policy = "api";
        far.key = "key-99";
        QVERIFY(it.selection.isSelected(far));
        far.key = "key-2";
        QVERIFY(!it.selection.isSelected(far));
    }

    void allOfAFilterIsNotAllOfAnother()
    {
        Table it;
        it.model.setFilter(QStringLiteral("key-7"));
        it.update();
        it.selection.selectAllKeys();
        QVERIFY(it.selection.isHeld());
        it.model.setFilter({});
        it.update();
        QCOMPARE(it.names(), (Names {"key-7"})); // the others of the eleven are out of sight
        it.selection.selectAllKeys();
        it.selection.forgetOthers();
        QVERIFY(it.selection.isEmpty());
    }

    void rowsThatAreNotHereAreRefusedAndNothingIsDropped()
    {
        Table it;
        QSignalSpy refused(&it.selection, &KeySelection::refused);
        it.selection.select(it.model.index(3, 0), clicked);
        it.selection.select(it.model.index(5, 0), added);
        it.selection.select(rows(it.model, 5, 80), extended); // 30 to 80 are not held
        it.selection.select(it.model.index(80, 0), added);
        QCOMPARE(refused.size(), 2);
        it.update();
        QCOMPARE(it.names(), (Names {"key-3", "key-5"}));
        it.model.setSeen(75, 10); // now the other end is held, but not the beginning
        it.update();
        it.selection.select(rows(it.model, 5, 80), extended);
        QCOMPARE(refused.size(), 3);
        it.update();
        QVERIFY(it.names().empty());
        it.model.setSeen(0, 10);
        it.update();
        QCOMPARE(it.names(), (Names {"key-3", "key-5"}));
        it.selection.select(it.model.index(80, 0), clicked); // whoever waits for it starts over
        QCOMPARE(refused.size(), 3);
        QVERIFY(it.selection.isEmpty());
    }

    void shiftSelectsWhatIsBetweenAndNoOthers()
    {
        Table it;
        it.selection.selectAllKeys();
        it.selection.select(it.model.index(3, 0), added);
        it.selection.select(rows(it.model, 3, 5), extended);
        QCOMPARE(it.names(), (Names {"key-3", "key-4", "key-5"}));
        it.model.setSeen(60, 10);
        it.update();
        QVERIFY(it.names().empty());
    }

    void shiftBeginsWithTheKeyWhereverItIsNow()
    {
        Table it;
        it.selection.select(it.model.index(3, 0), clicked);
        it.keys.change(row(3, 91)); // before key-9, as key-3 was the first with 97
        it.update();
        QCOMPARE(it.names(), (Names {"key-3"}));
        const int now = it.model.heldRow("api", "key-3");
        QVERIFY(now > 3);
        it.selection.select(rows(it.model, 3, now + 1), extended); // the view still begins in row 3
        QCOMPARE(it.names().size(), 2U);
        it.selection.select(rows(it.model, 3, now + 2), extended);
        QCOMPARE(it.names().size(), 3U);
        it.selection.select(rows(it.model, 2, 3), extended); // the other way
        QCOMPARE(it.names().size(), static_cast<std::size_t>(now - 1));
    }

    void aKeyThatIsGoneGivesItsRowToNobody()
    {
        Table it;
        it.selection.select(it.model.index(3, 0), clicked);
        it.keys.remove(3);
        it.keys.add(3, "api", "another");
        it.keys.change(row(3, 97));
        it.update();
        QVERIFY(it.names().empty());
    }
};

QTEST_GUILESS_MAIN(tst_KeySelection)
#include "tst_KeySelection.moc"
