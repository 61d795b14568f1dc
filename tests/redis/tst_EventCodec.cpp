// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/EventCodec.h"

#include <QRandomGenerator>
#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

class EventCodecTest : public QObject
{
    Q_OBJECT

private slots:
    void readsABatch()
    {
        const auto message = batch({event("0 40 1500 1500 100 60000 12 limit", "bob", "*3 "), event("0 0 -1 -1 100 60000 12 ban", std::string("\0\xff:x 1", 6), "+4 "),
            event("1 7 0 20 10 1000 12 override", "ann")});
        EventBatch out;
        std::string error;
        QVERIFY2(decodeEvents(message, out, &error), error.c_str());
        QCOMPARE(out.epoch, 7u);
        QCOMPARE(out.sequence, std::uint64_t {9});
        QCOMPARE(out.events.size(), std::size_t {3});
        const auto &first = out.events[0];
        QCOMPARE(first.at, Instant(Duration(1'700'000'000'000)));
        QVERIFY(first.verdict == Verdict::Rejected && first.cost == 3 && first.used == 60 && first.why == Why::Limit);
        QVERIFY(first.retryAfter == Duration(1500));
        QVERIFY(first.policy == "search" && first.key == "bob");
        QVERIFY(first.limit == (Limit {100, 60s}) && first.version == 12);
        const auto &second = out.events[1];
        QVERIFY(second.key == std::string_view("\0\xff:x 1", 6));
        QVERIFY(!second.retryAfter && second.why == Why::Ban && second.cost == 1);
        QVERIFY(out.events[2].at == first.at + 4ms && second.at == first.at + 4ms);
        QVERIFY(out.events[2].verdict == Verdict::Allowed && out.events[2].used == 3 && out.events[2].why == Why::Override);
    }

    void tellsShadowFromEnforced()
    {
        EventBatch out;
        QVERIFY(decodeEvents(batch({event("1 0 1500 1500 100 60000 12 limit", "bob")}), out));
        QVERIFY(out.events[0].verdict == Verdict::WouldReject);
    }

    void takesAReasonThatALaterVersionAdds()
    {
        EventBatch out;
        QVERIFY(decodeEvents(batch({event("0 0 1500 1500 100 60000 12 quota", "bob")}), out));
        QVERIFY(out.events[0].why == Why::Limit);
    }

    void refusesOtherFormatsPolitely_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("newer") << QByteArray("RG 3 7 9 0 1700000000000 ") << QByteArray("newer RateGuard");
        QTest::newRow("the first one") << QByteArray("RG\x01\x00\x00\x00", 6) << QByteArray("older format");
        QTest::newRow("somebody else's") << QByteArray("{\"a\": 1}") << QByteArray("not a message of RateGuard");
    }

    void refusesOtherFormatsPolitely()
    {
        QFETCH(QByteArray, message);
        QFETCH(QByteArray, says);
        std::string error;
        EventBatch out;
        QVERIFY(!decodeEvents(message.toStdString(), out, &error));
        QVERIFY2(error.find(says.toStdString()) != std::string::npos, error.c_str());
    }

    void refusesEveryCutAndEveryExtraByte()
    {
        const auto message = batch({event("0 40 1500 1500 100 60000 12 limit", "bob"), event("1 39 0 0 100 60000 12 limit", "ann", "+5 *2 ")});
        EventBatch out;
        QVERIFY(decodeEvents(message, out));
        QVERIFY(!decodeEvents(message + 'x', out));
        for (std::size_t size = 0; size < message.size(); ++size) {
            QVERIFY2(!decodeEvents(std::string_view(message).substr(0, size), out), qPrintable(QString::number(size)));
        }
    }

    void refusesWhatNoLibrarySends_data()
    {
        QTest::addColumn<QByteArray>("message");
        const auto add = [](const char *name, const std::string &message) { QTest::newRow(name) << QByteArray::fromStdString(message); };
        add("verdict", batch({event("2 0 0 0 100 60000 12 limit", "bob")}));
        add("negative count", batch({event("1 0 0 0 -100 60000 12 limit", "bob")}));
        add("retry", batch({event("1 0 -2 0 100 60000 12 limit", "bob")}));
        add("no number", batch({event("1 x 0 0 100 60000 12 limit", "bob")}));
        add("no log", "RG 2 7 9 1 1700000000000 1 0 0 0 100 60000 12 limit 3 abc");
        add("no key", "RG 2 7 9 1 1700000000000 1 0 0 0 100 60000 12 limit 23 {rateguard:0}:log:search");
        add("policy name with a newline", "RG 2 7 9 1 1700000000000 1 0 0 0 100 60000 12 limit 22 {rateguard:0}:log:a\nb:x");
        add("a name beyond reason", batch({event("1 0 0 0 100 60000 12 limit", std::string(5000, 'x'))}));
        add("time beyond reason", "RG 2 7 9 0 1170000000000000000 ");
        add("more decisions than there are", "RG 2 7 9 4000000000 1700000000000 ");
    }

    void refusesWhatNoLibrarySends()
    {
        QFETCH(QByteArray, message);
        EventBatch out;
        QVERIFY(!decodeEvents(message.toStdString(), out));
    }

    void survivesAnyChange()
    {
        const auto seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        const auto message = batch({event("0 40 1500 1500 100 60000 12 limit", "bob", "*3 "), event("1 7 0 20 10 1000 12 override", "ann", "+4 "),
            event("1 7 0 20 10 1000 12 off", "")});
        constexpr std::string_view marks = "+* 09-:{}";
        EventBatch out;
        int read = 0;
        for (int round = 0; round < 100'000; ++round) {
            auto changed = message;
            for (auto n = 1 + random.bounded(4); n > 0; --n) {
                auto &byte = changed[static_cast<std::size_t>(random.bounded(static_cast<int>(changed.size())))];
                byte = random.bounded(2) ? static_cast<char>(random.bounded(256)) : marks[static_cast<std::size_t>(random.bounded(static_cast<int>(marks.size())))];
            }
            if (decodeEvents(changed, out)) {
                ++read;
                for (const auto &e : out.events) {
                    QVERIFY(e.key.data() >= changed.data() && e.key.data() + e.key.size() <= changed.data() + changed.size());
                }
            }
        }
        QVERIFY(read > 100);
    }

private:
    static std::string event(const std::string &told, const std::string &key, const std::string &marks = {})
    {
        const auto name = "{rateguard:0}:log:search:" + key;
        return marks + told + ' ' + std::to_string(name.size()) + ' ' + name;
    }

    static std::string batch(const std::vector<std::string> &events)
    {
        auto text = "RG 2 7 9 " + std::to_string(events.size()) + " 1700000000000 ";
        for (const auto &e : events) {
            text += e;
        }
        return text;
    }
};

QTEST_GUILESS_MAIN(EventCodecTest)
#include "tst_EventCodec.moc"
