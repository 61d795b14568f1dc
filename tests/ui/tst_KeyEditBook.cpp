// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/KeyEditBook.h"

#include <QTest>

using namespace rateguard;
using Status = OverrideOutcome::Status;
using namespace std::chrono_literals;

namespace {

OverrideEdit of(const char *key)
{
    OverrideEdit edit;
    edit.policy = "search";
    edit.key = key;
    return edit;
}

OverrideOutcome outcome(std::uint64_t id, Status status)
{
    OverrideOutcome made;
    made.id = id;
    made.status = status;
    return made;
}

} // namespace

class tst_KeyEditBook : public QObject
{
    Q_OBJECT

private slots:
    void anEditIsPendingUntilItsOutcomeComes()
    {
        KeyEditBook book(100);
        const std::uint64_t id = book.send(of("a")).id;
        QCOMPARE(id, 100ULL);
        QVERIFY(book.of("search", "a")->isPending());
        QVERIFY(!book.settle(outcome(7, Status::Applied)));
        QVERIFY(book.of("search", "a")->isPending());
        QVERIFY(book.settle(outcome(id, Status::Unknown)));
        QVERIFY(!book.of("search", "a")->isPending());
        QVERIFY(book.settle(outcome(id, Status::Applied))); // it was found later
        QVERIFY(book.of("search", "a")->outcome.status == Status::Applied);
    }

    void theLatestEditOfAKeyCounts()
    {
        KeyEditBook book(100);
        const std::uint64_t first = book.send(of("a")).id;
        QVERIFY(book.send(of("a")).id != first);
        QVERIFY(!book.settle(outcome(first, Status::Refused)));
        QVERIFY(book.of("search", "a")->isPending());
        QVERIFY(!book.of("api", "a"));
    }

    void whatHoldsNoMoreIsForgotten_data()
    {
        QTest::addColumn<int>("act"); // 0 own limit, 1 lift, 2 reset
        QTest::addColumn<std::optional<Override>>("holds");
        QTest::addColumn<std::chrono::seconds>("later");
        QTest::addColumn<bool>("stays");
        const std::optional<Override> ours = Override {Override::Kind::Limit, {120, 10s}, std::nullopt, 7};
        const std::optional<Override> theirs = Override {Override::Kind::Ban, {}, std::nullopt, 8};
        QTest::newRow("it holds") << 0 << ours << 1000s << true;
        QTest::newRow("read before it was made") << 0 << std::optional<Override>() << 1s << true;
        QTest::newRow("it was lifted") << 0 << std::optional<Override>() << 2s << false;
        QTest::newRow("it was replaced") << 0 << theirs << 2s << false;
        QTest::newRow("lifted, and nothing since") << 1 << std::optional<Override>() << 30s << true;
        QTest::newRow("lifted long ago") << 1 << std::optional<Override>() << 61s << false;
        QTest::newRow("lifted, and banned since") << 1 << theirs << 2s << false;
        QTest::newRow("reset") << 2 << theirs << 30s << true;
        QTest::newRow("reset long ago") << 2 << theirs << 61s << false;
    }

    void whatHoldsNoMoreIsForgotten()
    {
        QFETCH(int, act);
        QFETCH(std::optional<Override>, holds);
        QFETCH(std::chrono::seconds, later);
        QFETCH(bool, stays);
        KeyEditBook book(100);
        OverrideEdit edit = of("a");
        edit.reset = act == 2;
        if (act == 0)
            edit.kind = Override::Kind::Limit;
        const std::uint64_t id = book.send(edit).id;
        KeyDetail detail;
        detail.policy = "search";
        detail.key = "a";
        detail.override = holds;
        detail.at = Instant(100h) + later;
        QVERIFY(!book.forgetOver(detail)); // it is waited for
        OverrideOutcome made = outcome(id, Status::Applied);
        made.version = 7;
        made.appliedAt = Instant(100h);
        book.settle(made);
        QCOMPARE(book.forgetOver(detail), !stays);
        QCOMPARE(book.of("search", "a") != nullptr, stays);
        book.send(edit);
        book.settle(outcome(id + 1, Status::Refused));
        QVERIFY(!book.forgetOver(detail)); // that was not made is to be read
    }

    void onlyTheLastKeysAreKept()
    {
        KeyEditBook book(1);
        for (std::size_t i = 0; i <= KeyEditBook::most; ++i)
            book.send(of(std::to_string(i).c_str()));
        QVERIFY(!book.of("search", "0"));
        QVERIFY(book.of("search", "1"));
    }
};

QTEST_GUILESS_MAIN(tst_KeyEditBook)
#include "tst_KeyEditBook.moc"
