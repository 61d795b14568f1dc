// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/KeyEditBook.h"

#include <QTest>

using namespace rateguard;
using Status = OverrideOutcome::Status;

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
