// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/AlertPacer.h"

#include "Dice.h"

#include <deque>

using namespace rateguard;
using namespace std::chrono_literals;

class tst_AlertPacer : public QObject
{
    Q_OBJECT

    static AlertEvent alert(std::uint32_t rule, double value = 0)
    {
        AlertEvent event;
        event.rule = rule;
        event.value = value;
        return event;
    }

private slots:
    void tellsTheFirstAtOnce()
    {
        AlertPacer pacer;
        pacer.add(alert(1), 0ms);
        const auto told = pacer.take(0ms);
        QCOMPARE(told.size(), std::size_t {1});
        QVERIFY(!told[0].isDigest);
        QVERIFY(pacer.take(1h).empty());
    }

    void tellsWhatComesTogetherTogether()
    {
        AlertPacer pacer;
        for (std::uint32_t rule = 1; rule <= 20; ++rule)
            pacer.add(alert(rule), 0ms);
        const auto told = pacer.take(0ms);
        QCOMPARE(told.size(), std::size_t {1});
        QCOMPARE(told[0].items.size(), std::size_t {20});
    }

    void gathersWhatComesTooOften()
    {
        AlertPacer pacer;
        pacer.add(alert(1), 0ms);
        pacer.take(0ms);
        pacer.add(alert(1, 5), 10s);
        pacer.add(alert(1, 7), 20s);
        QVERIFY(pacer.take(69s).empty());
        const auto told = pacer.take(70s);
        QCOMPARE(told.size(), std::size_t {1});
        QVERIFY(told[0].isDigest);
        QCOMPARE(told[0].items.size(), std::size_t {1});
        QCOMPARE(told[0].items[0].times, 2U);
        QCOMPARE(told[0].items[0].event.value, 7.0);
        QVERIFY(pacer.take(1h).empty());
    }

    void tellsThemInTheOrderInWhichTheyHappened()
    {
        AlertPacer pacer;
        std::uint32_t number = 0;
        const auto raise = [&](std::uint32_t rule, Duration now) {
            auto event = alert(rule);
            event.alert = ++number;
            pacer.add(event, now);
            return event;
        };
        const auto rulesOf = [](const AlertNotice &notice) {
            std::vector<std::uint32_t> rules;
            for (const auto &item : notice.items)
                rules.push_back(item.event.rule);
            return rules;
        };
        const auto asleep = raise(4, 0ms);
        pacer.take(0ms);
        for (const std::uint32_t rule : {1, 2, 3})
            raise(rule, 60s);
        pacer.take(60s);
        for (const std::uint32_t rule : {3, 1, 2, 1})
            raise(rule, 70s);
        raise(5, 130s);
        pacer.add(asleep, 130s); // was snoozed until now
        const auto told = pacer.take(130s);
        QCOMPARE(told.size(), std::size_t {2});
        QVERIFY(told[0].isDigest && !told[1].isDigest); // what was gathered is older
        QCOMPARE(rulesOf(told[0]), (std::vector<std::uint32_t> {3, 2, 1})); // by the latest of each
        QCOMPARE(rulesOf(told[1]), (std::vector<std::uint32_t> {4, 5}));
    }

    void ofOneRuleTheOlderIsNeverToldAfterTheNewer()
    {
        AlertPacer pacer;
        pacer.add(alert(1), 0ms);
        pacer.take(0ms);
        pacer.add(alert(1, 5), 50s); // waits for the digest at 110 s
        pacer.add(alert(1, 6), 60s); // and this may be told at once
        const auto told = pacer.take(60s);
        QCOMPARE(told.size(), std::size_t {1});
        QCOMPARE(told[0].items[0].event.value, 6.0);
        QCOMPARE(told[0].items[0].times, 2U);
        QVERIFY(pacer.take(1h).empty());
        pacer.add(alert(1, 7), 2h);
        pacer.add(alert(1, 8), 2h); // before a word of it was said
        const auto both = pacer.take(2h);
        QCOMPARE(both.size(), std::size_t {1});
        QVERIFY(both[0].items[0].event.value == 8 && both[0].items[0].times == 2);
        QVERIFY(pacer.take(3h).empty());
    }

    void whatIsDroppedIsNotTold()
    {
        AlertPacer pacer;
        pacer.add(alert(1), 0ms);
        pacer.take(0ms);
        pacer.add(alert(1), 10s);
        pacer.add(alert(2), 10s); // fresh
        pacer.drop(1);
        pacer.drop(2);
        QVERIFY(pacer.take(10s).empty() && pacer.take(1h).empty());
    }

    void neverTellsOfARuleTwiceAMinuteNorGathersTwiceAMinute()
    {
        Dice dice(seedOfTheDay());
        AlertPacer pacer;
        std::map<std::uint32_t, double> latest; // by rule, the number of what was told of it
        std::map<std::uint32_t, Duration> own;
        std::optional<Duration> digest;
        std::uint64_t added = 0;
        std::uint64_t heard = 0;
        Duration now {0};
        const auto check = [&] {
            for (const AlertNotice &notice : pacer.take(now)) {
                if (notice.isDigest) {
                    QVERIFY(!digest || now - *digest >= 1min);
                    digest = now;
                }
                for (const auto &item : notice.items) {
                    heard += item.times;
                    QVERIFY(item.event.value > latest[item.event.rule]); // never the older after the newer
                    latest[item.event.rule] = item.event.value;
                    if (notice.isDigest)
                        continue;
                    QVERIFY(!own.contains(item.event.rule) || now - own[item.event.rule] >= 1min);
                    own[item.event.rule] = now;
                }
            }
        };
        for (int i = 0; i < 50'000; ++i) {
            now += Duration(dice(0, 1) ? dice(0, 500) : dice(0, 5000));
            for (auto more = dice(0, 3); more > 0; --more) {
                ++added;
                pacer.add(alert(static_cast<std::uint32_t>(dice(1, 8)), static_cast<double>(added)), now);
            }
            check();
        }
        now += 1h;
        check();
        QCOMPARE(heard, added); // none is lost
    }
};

QTEST_APPLESS_MAIN(tst_AlertPacer)
#include "tst_AlertPacer.moc"
