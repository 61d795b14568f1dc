// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/ReadPace.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

class ReadPaceTest : public QObject
{
    Q_OBJECT

private slots:
    void readsAtOnceAndThenNowAndThen()
    {
        int reads = 0;
        ReadPace pace(20ms, [&] {
            ++reads;
            pace.done();
        });
        pace.wish(); // nobody has started it
        QCOMPARE(reads, 0);
        pace.start();
        QCOMPARE(reads, 1);
        QTRY_VERIFY(reads >= 3);
    }

    void manyWishesAreOneReadAndNeverTwoAtATime()
    {
        int reads = 0;
        ReadPace pace(1h, [&] { ++reads; });
        pace.start();
        for (int i = 0; i < 100; ++i) {
            pace.wish();
        }
        pace.start(); // connected again while the read is under way
        QCOMPARE(reads, 1);
        pace.done();
        QCOMPARE(reads, 1); // there is rest first
        QTRY_COMPARE(reads, 2);
        pace.done();
        bool isOver = false;
        QTimer::singleShot(3 * ReadPace::shortestRest, this, [&] { isOver = true; });
        QTRY_VERIFY(isOver);
        QCOMPARE(reads, 2); // all wishes are granted
        pace.wish();
        QTRY_COMPARE(reads, 3);
    }

    void restsLongerAfterALongRead()
    {
        int reads = 0;
        ReadPace pace(1h, [&] { ++reads; });
        pace.start();
        QElapsedTimer clock;
        clock.start();
        bool isOver = false;
        QTimer::singleShot(60, this, [&] { isOver = true; });
        QTRY_VERIFY(isOver);
        const auto took = clock.elapsed();
        pace.done();
        clock.start();
        pace.wish();
        QTRY_COMPARE(reads, 2);
        QVERIFY(clock.elapsed() >= took * 9);
    }

    void doesNothingOnceStopped()
    {
        int reads = 0;
        ReadPace pace(10ms, [&] { ++reads; });
        pace.start();
        pace.wish();
        pace.stop();
        pace.done();
        bool isOver = false;
        QTimer::singleShot(2 * ReadPace::shortestRest, this, [&] { isOver = true; });
        QTRY_VERIFY(isOver);
        QCOMPARE(reads, 1);
        pace.start();
        QCOMPARE(reads, 2);
    }
};

QTEST_GUILESS_MAIN(ReadPaceTest)
#include "tst_ReadPace.moc"
