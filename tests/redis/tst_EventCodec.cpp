// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/EventCodec.h"

#include <QRandomGenerator>
#include <QTest>

using namespace rateguard;

class EventCodecTest : public QObject
{
    Q_OBJECT

private slots:
    void readsABatch()
    {
        const auto message = batch({event(1, 250, 3, 60, 1500, "bob"), event(0, 300, 1, 61, 0xffffffff, std::string("\0\xff:x", 4))});
        EventBatch out;
        QVERIFY(decodeEvents(message, out));
        QCOMPARE(out.epoch, 7u);
        QCOMPARE(out.sequence, 9u);
        QCOMPARE(out.events.size(), std::size_t {2});
        const auto &first = out.events[0];
        QCOMPARE(first.at, Instant(std::chrono::microseconds(1'700'000'000'000'250)));
        QVERIFY(first.verdict == Verdict::Rejected && first.cost == 3 && first.used == 60);
        QVERIFY(first.retryAfter == Duration(1500));
        QVERIFY(first.policy == "search" && first.key == "bob");
        QVERIFY(first.rule == (Rule {{100, Duration(60'000)}, Mode::Shadow, 12}));
        QVERIFY(out.events[1].key == std::string_view("\0\xff:x", 4));
        QVERIFY(!out.events[1].retryAfter);
    }

    void refusesNewerFormatsPolitely()
    {
        auto message = batch({});
        message[2] = 2;
        std::string error;
        EventBatch out;
        QVERIFY(!decodeEvents(message, out, &error));
        QVERIFY2(error.find("newer RateGuard") != std::string::npos, error.c_str());
    }

    void refusesEveryCutAndEveryExtraByte()
    {
        const auto message = batch({event(1, 250, 3, 60, 1500, "bob"), event(0, 300, 1, 61, 0, "ann")});
        EventBatch out;
        QVERIFY(!decodeEvents(message + 'x', out));
        for (std::size_t size = 0; size < message.size(); ++size) {
            QVERIFY(!decodeEvents(std::string_view(message).substr(0, size), out));
        }
    }

    void refusesWhatNoLibrarySends_data()
    {
        QTest::addColumn<int>("at");
        QTest::addColumn<int>("byte");
        QTest::newRow("verdict") << 22 << 3;
        QTest::newRow("mode") << 22 + 19 + 12 << 9;
        QTest::newRow("policy name with a newline") << 22 + 19 + 14 << 10;
        QTest::newRow("time beyond reason") << 14 << 255;
    }

    void refusesWhatNoLibrarySends()
    {
        QFETCH(int, at);
        QFETCH(int, byte);
        auto message = batch({event(1, 250, 3, 60, 1500, "bob")});
        EventBatch out;
        QVERIFY(decodeEvents(message, out));
        message[static_cast<std::size_t>(at)] = static_cast<char>(byte);
        QVERIFY(!decodeEvents(message, out));
    }

    void refusesKeysLongerThanAnyLibrarySends()
    {
        EventBatch out;
        QVERIFY(decodeEvents(batch({event(0, 0, 1, 1, 0, std::string(256, 'x'))}), out));
        QVERIFY(!decodeEvents(batch({event(0, 0, 1, 1, 0, std::string(257, 'x'))}), out));
    }

    void survivesAnyChange()
    {
        const auto seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        const auto message = batch({event(1, 250, 3, 60, 1500, "bob"), event(0, 300, 1, 61, 0, "ann"), event(2, 1, 1, 1, 1, "")});
        EventBatch out;
        for (int round = 0; round < 100'000; ++round) {
            auto changed = message;
            for (auto n = 1 + random.bounded(4); n > 0; --n) {
                changed[static_cast<std::size_t>(random.bounded(static_cast<int>(changed.size())))] = static_cast<char>(random.bounded(256));
            }
            if (decodeEvents(changed, out)) {
                for (const auto &e : out.events) {
                    QVERIFY(e.key.data() >= changed.data() && e.key.data() + e.key.size() <= changed.data() + changed.size());
                }
            }
        }
    }

private:
    static std::string number(std::uint64_t value, int bytes)
    {
        std::string text;
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            text += static_cast<char>(value >> shift);
        }
        return text;
    }

    static std::string event(unsigned verdict, unsigned offset, unsigned cost, unsigned used, unsigned retry, const std::string &key)
    {
        return number(verdict, 1) + number(offset, 4) + number(cost, 4) + number(used, 4) + number(retry, 4) + number(key.size(), 2)
            + number(12, 4) + number(100, 4) + number(60'000, 4) + number(1, 1) + number(6, 1) + "search" + key;
    }

    static std::string batch(const std::vector<std::string> &events)
    {
        auto text = "RG" + number(1, 1) + number(0, 1) + number(7, 4) + number(9, 4) + number(events.size(), 2) + number(1'700'000'000'000'000, 8);
        for (const auto &e : events) {
            text += e;
        }
        return text;
    }
};

QTEST_GUILESS_MAIN(EventCodecTest)
#include "tst_EventCodec.moc"
