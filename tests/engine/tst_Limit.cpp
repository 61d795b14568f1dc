// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/Limit.h"

#include <QTest>

#include "engine/Dice.h"

using namespace rateguard;
using namespace std::chrono_literals;
using Why = LimitFault::Why;

class LimitTest : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatPeopleWrite_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("count");
        QTest::addColumn<qint64>("window");
        QTest::addColumn<QByteArray>("shortest");
        QTest::newRow("per second") << QByteArray("10/s") << 10 << qint64 {1000} << QByteArray("10/s");
        QTest::newRow("per minute") << QByteArray("100/min") << 100 << qint64 {60'000} << QByteArray("100/min");
        QTest::newRow("per hour") << QByteArray("1000/h") << 1000 << qint64 {3'600'000} << QByteArray("1000/h");
        QTest::newRow("in milliseconds") << QByteArray("5/250ms") << 5 << qint64 {250} << QByteArray("5/250ms");
        QTest::newRow("several seconds") << QByteArray("20/2s") << 20 << qint64 {2000} << QByteArray("20/2s");
        QTest::newRow("one day, said twice") << QByteArray("1/1d") << 1 << qint64 {86'400'000} << QByteArray("1/d");
        QTest::newRow("a bare m is a minute") << QByteArray("3/m") << 3 << qint64 {60'000} << QByteArray("3/min");
        QTest::newRow("whole words") << QByteArray("3/minute") << 3 << qint64 {60'000} << QByteArray("3/min");
        QTest::newRow("a larger unit fits") << QByteArray("3/120s") << 3 << qint64 {120'000} << QByteArray("3/2min");
        QTest::newRow("the most and the longest") << QByteArray("1000000/24d") << 1'000'000 << qint64 {2'073'600'000} << QByteArray("1000000/24d");
        QTest::newRow("the least and the shortest") << QByteArray("1/1ms") << 1 << qint64 {1} << QByteArray("1/ms");
    }

    void readsWhatPeopleWrite()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, count);
        QFETCH(qint64, window);
        QFETCH(QByteArray, shortest);
        const auto limit = parseLimit(text.toStdString());
        QVERIFY(limit);
        QVERIFY(*limit == (Limit {static_cast<std::uint32_t>(count), Duration(window)}));
        QCOMPARE(QByteArray::fromStdString(formatLimit(*limit)), shortest);
    }

    void refusesTheRestAndSaysWhy_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Why>("why");
        QTest::newRow("nothing") << QByteArray() << Why::NoLimit;
        QTest::newRow("no window") << QByteArray("10") << Why::NoLimit;
        QTest::newRow("no count") << QByteArray("/s") << Why::NoLimit;
        QTest::newRow("empty window") << QByteArray("10/") << Why::NoUnit;
        QTest::newRow("zero") << QByteArray("0/s") << Why::CountTooSmall;
        QTest::newRow("negative") << QByteArray("-1/s") << Why::NoLimit;
        QTest::newRow("plus sign") << QByteArray("+1/s") << Why::NoLimit;
        QTest::newRow("a million and one") << QByteArray("1000001/s") << Why::CountTooLarge;
        QTest::newRow("beyond 64 bits") << QByteArray("99999999999999999999/s") << Why::NoLimit;
        QTest::newRow("fraction") << QByteArray("1.5/s") << Why::NoLimit;
        QTest::newRow("algorithm alone") << QByteArray("bucket") << Why::NoLimit;
        QTest::newRow("unknown algorithm") << QByteArray("gcra 10/s") << Why::NoLimit;
        QTest::newRow("more than a bucket holds") << QByteArray("bucket 1000000001/s") << Why::CountFarTooLarge;
        QTest::newRow("a window twice") << QByteArray("10/s 20/1000ms") << Why::WindowTwice;
        QTest::newRow("five windows") << QByteArray("1/s 2/min 3/h 4/d 5/2d") << Why::TooManyWindows;
        QTest::newRow("space after the slash") << QByteArray("10/ s") << Why::NoUnit;
        QTest::newRow("unknown unit") << QByteArray("10/week") << Why::NoUnit;
        QTest::newRow("wrong case") << QByteArray("10/S") << Why::NoUnit;
        QTest::newRow("unit and more") << QByteArray("10/s/s") << Why::NoUnit;
        QTest::newRow("no window at all") << QByteArray("10/0s") << Why::WindowOutOfRange;
        QTest::newRow("window beyond 64 bits") << QByteArray("10/99999999999999999999s") << Why::WindowOutOfRange;
        QTest::newRow("a month") << QByteArray("10/30d") << Why::WindowTooLong;
        QTest::newRow("overflow in milliseconds") << QByteArray("10/9223372036854775807d") << Why::WindowOutOfRange;
        QTest::newRow("bytes") << QByteArray("10/\xff\0", 5) << Why::NoUnit;
    }

    void refusesTheRestAndSaysWhy()
    {
        QFETCH(QByteArray, text);
        QFETCH(Why, why);
        LimitFault fault;
        QVERIFY(!parseLimit(text.toStdString(), &fault));
        QCOMPARE(fault.why, why);
        QVERIFY(!parseLimit(text.toStdString()));
    }

    void readsBackWhatItWrites()
    {
        Dice dice(seedOfTheDay());
        for (int i = 0; i < 20'000; ++i) {
            const auto scale = std::array<std::int64_t, 5> {1, 1000, 60'000, 3'600'000, 86'400'000}[static_cast<std::size_t>(dice(0, 4))];
            const Limit limit {static_cast<std::uint32_t>(dice(1, Limit::maxCount)), Duration(dice(1, Limit::maxWindow.count() / scale) * scale)};
            QVERIFY(parseLimit(formatLimit(limit)) == limit);
            const Rule rule {limit, static_cast<Mode>(dice(0, 2)), static_cast<std::uint64_t>(dice(0, INT64_MAX - 1))};
            QVERIFY(parseRule(formatRule(rule)) == rule);
        }
    }

    void readsTheTextInRedis()
    {
        QVERIFY(parseRule("7 enforce log 100/60000") == (Rule {{100, 1min}, Mode::Enforce, 7}));
        QVERIFY(parseRule("7 shadow log 100/60000 what a later version adds") == (Rule {{100, 1min}, Mode::Shadow, 7}));
    }

    void refusesDamagedTextInRedis_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"", "7", "7 enforce log", "7 enforce log 100", "7 enforce log 100/", "7 enforce log /60000", "enforce log 100/60000",
                 "-7 enforce log 100/60000", "7 maybe log 100/60000", "7 enforce gcra 100/60000", "7 enforce log 0/60000",
                 "7 enforce log 100/0", "7 enforce log 1000001/60000", "7 enforce log 100/2073600001", "7  enforce log 100/60000",
                 "7 enforce log 100/60000x", "99999999999999999999 enforce log 100/60000"}) {
            QTest::newRow(text[0] ? text : "empty") << QByteArray(text);
        }
    }

    void refusesDamagedTextInRedis()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!parseRule(text.toStdString()));
    }

    void knowsPolicyNames()
    {
        QVERIFY(isPolicyName("search.v2_beta-1") && isPolicyName(std::string(64, 'x')));
        for (const std::string &name : {std::string(), std::string(65, 'x'), std::string("a b"), std::string("a:b"), std::string("a\0", 2), std::string("ä")}) {
            QVERIFY(!isPolicyName(name));
        }
    }
};

QTEST_APPLESS_MAIN(LimitTest)
#include "tst_Limit.moc"
