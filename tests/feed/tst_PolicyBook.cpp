// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/PolicyBook.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;
using Texts = std::map<std::string, std::string>;

class PolicyBookTest : public QObject
{
    Q_OBJECT

private slots:
    void showsWhatRedisHoldsReadableOrNot()
    {
        PolicyBook book;
        QVERIFY(book.update({{"a", "3 enforce log 10/1000"}, {"b", "nonsense"}}));
        QVERIFY(!book.update({{"a", "3 enforce log 10/1000"}, {"b", "nonsense"}}));
        const auto rows = book.rows();
        QVERIFY(rows[0].valid && rows[0].rule.version == 3);
        QVERIFY(!rows[1].valid && rows[1].text == "nonsense");
        QCOMPARE(book.version("a"), std::uint64_t {3});
        QCOMPARE(book.version("b"), std::uint64_t {0});
    }

    void noticesALimitThatWentBack_data()
    {
        QTest::addColumn<QString>("now");
        QTest::addColumn<bool>("lost");
        QTest::newRow("gone") << "" << true;
        QTest::newRow("older version, other limit") << "1 enforce log 99/60000" << true;
        QTest::newRow("same version, other limit") << "3 enforce log 99/60000" << true;
        QTest::newRow("older version, same limit") << "1 enforce log 10/1000" << false;
        QTest::newRow("unreadable, perhaps of a newer version") << "9 enforce later 10/1000" << false;
        QTest::newRow("unchanged") << "3 enforce log 10/1000" << false;
        QTest::newRow("edited") << "4 shadow log 99/60000" << false;
    }

    void noticesALimitThatWentBack()
    {
        QFETCH(QString, now);
        QFETCH(bool, lost);
        PolicyBook book;
        book.update({{"a", "3 enforce log 10/1000"}});
        book.update(now.isEmpty() ? Texts() : Texts {{"a", now.toStdString()}});
        QCOMPARE(!book.lost().empty(), lost);
        QCOMPARE(book.restoring("a").has_value(), lost);
    }

    void restoresAboveTheVersionThatWasLost()
    {
        PolicyBook book;
        book.update({{"a", "7 shadow log 10/1000"}});
        book.update({{"a", "1 enforce log 99/60000"}});
        const auto edit = book.restoring("a");
        QVERIFY(edit);
        QVERIFY(edit->limit == (Limit {10, 1s}) && edit->mode == Mode::Shadow);
        QVERIFY(edit->expectedVersion == 1 && edit->floorVersion == 7);
        book.update({{"a", "8 shadow log 10/1000"}});
        QVERIFY(book.lost().empty());
    }

    void aModeWithAnEndKeepsWhatIsLeftOfIt()
    {
        PolicyBook book;
        book.update({{"a", "7 shadow log 10/1000 until:600000:enforce"}});
        book.update({});
        const auto edit = book.restoring("a", Instant(400s));
        QVERIFY(edit && edit->mode == Mode::Shadow && edit->modeFor == Duration(200'000));
        const auto late = book.restoring("a", Instant(700s));
        QVERIFY(late && late->mode == Mode::Enforce && !late->modeFor);
    }

    // What an operator took away is not lost.
    void doesNotMissWhatWasTakenAway()
    {
        PolicyBook book;
        book.update({{"a", "7 shadow log 10/1000"}});
        QVERIFY(book.update({}, {{"a", 8}}));
        QVERIFY(book.lost().empty());
    }

    void forgetsOnRequest()
    {
        PolicyBook book;
        book.update({{"a", "7 shadow log 10/1000"}});
        book.update({});
        QVERIFY(!book.lost().empty());
        book.forgetLost();
        QVERIFY(book.lost().empty());
    }
};

QTEST_GUILESS_MAIN(PolicyBookTest)
#include "tst_PolicyBook.moc"
