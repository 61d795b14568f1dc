// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/Limiter.h"

#include <QTest>

#include "engine/Dice.h"

#include <atomic>
#include <map>
#include <thread>

using namespace rateguard;
using namespace std::chrono_literals;

class LimiterTest : public QObject
{
    Q_OBJECT

    const Instant t0 {1'700'000'000s};

    static Rule rule(std::uint32_t count, Duration window, Mode mode = Mode::Enforce) { return {{count, window}, mode, 1}; }

private slots:
    void knowsNoPolicyUnlessTold()
    {
        Limiter limiter;
        QVERIFY(!limiter.decide("login", "bob", t0));
        QVERIFY(limiter.setRule("login", rule(1, 1s)));
        QVERIFY(limiter.decide("login", "bob", t0));
    }

    void refusesRulesThatRedisWouldRefuse()
    {
        Limiter limiter;
        QVERIFY(!limiter.setRule("a:b", rule(1, 1s)));
        QVERIFY(!limiter.setRule("", rule(1, 1s)));
        QVERIFY(!limiter.setRule("login", rule(0, 1s)));
        QVERIFY(!limiter.setRule("login", rule(Limit::maxCount + 1, 1s)));
        QVERIFY(!limiter.setRule("login", rule(1, 0s)));
        QVERIFY(!limiter.setRule("login", rule(1, Limit::maxWindow + 1ms)));
    }

    void refusesCostsOutOfRange()
    {
        Limiter limiter;
        limiter.setRule("login", rule(10, 1s));
        QVERIFY(!limiter.decide("login", "bob", t0, 0));
        QVERIFY(!limiter.decide("login", "bob", t0, KeyUsage::maxCost + 1));
        QVERIFY(limiter.decide("login", "bob", t0, KeyUsage::maxCost));
    }

    void countsEachKeyOfEachPolicyApart()
    {
        Limiter limiter;
        limiter.setRule("a", rule(1, 1s));
        limiter.setRule("b", rule(1, 1s));
        for (const auto *policy : {"a", "b"}) {
            for (const auto key : {std::string_view("x"), std::string_view("b:x"), std::string_view("x\0", 2), std::string_view()}) {
                QVERIFY(limiter.decide(policy, key, t0)->allowed());
                QVERIFY(!limiter.decide(policy, key, t0)->allowed());
            }
        }
        QVERIFY(!limiter.decide("a:b", "x", t0)); // not the key "b:x" of policy a
    }

    void anEditActsOnTheNextRequest()
    {
        Limiter limiter;
        limiter.setRule("login", rule(1, 1s));
        limiter.decide("login", "bob", t0);
        QVERIFY(!limiter.decide("login", "bob", t0)->allowed());
        limiter.setRule("login", {{2, 1s}, Mode::Enforce, 2});
        QCOMPARE(limiter.decide("login", "bob", t0)->version, std::uint64_t {2});
        QVERIFY(!limiter.decide("login", "bob", t0)->allowed());
    }

    void holdsOnlyKeysThatWereCounted()
    {
        Limiter limiter;
        limiter.setRule("login", rule(5, 1s));
        limiter.setRule("off", rule(5, 1s, Mode::Off));
        limiter.decide("login", "bob", t0, 6);
        limiter.decide("off", "bob", t0);
        QCOMPARE(limiter.size(), std::size_t {0});
        limiter.decide("login", "bob", t0);
        QCOMPARE(limiter.size(), std::size_t {1});
    }

    void letsIdleKeysGo()
    {
        Limiter limiter;
        limiter.setRule("login", rule(5, 1s));
        for (int i = 0; i < 10'000; ++i) {
            limiter.decide("login", std::to_string(i), t0 + i * 10ms); // 100 a second
        }
        // A hundred are alive; how many more are there depends on how the hash, another one each time, spreads them over the shards.
        QVERIFY2(limiter.size() <= 300, qPrintable(QString::number(limiter.size())));
    }

    void keysLeaveFasterThanTheyCome()
    {
        Limiter limiter;
        limiter.setRule("login", rule(5, 1s));
        for (int i = 0; i < 1000; ++i) {
            limiter.decide("login", "old-" + std::to_string(i), t0);
        }
        for (int i = 0; i < 1000; ++i) {
            limiter.decide("login", "new-" + std::to_string(i), t0 + 3s);
        }
        QCOMPARE(limiter.size(), std::size_t {1000}); // each of the 32 shards has let go of its share
    }

    void refusesNewKeysWhenAllAreAlive()
    {
        Limiter limiter(2);
        limiter.setRule("login", rule(5, 1s));
        limiter.setRule("shadow", rule(5, 1s, Mode::Shadow));
        limiter.setRule("off", rule(5, 1s, Mode::Off));
        limiter.decide("login", "bob", t0);
        limiter.decide("login", "ann", t0 + 300ms);
        limiter.decide("login", "bob", t0 + 400ms);
        const auto refused = limiter.decide("login", "eve", t0 + 500ms);
        QVERIFY(!refused->allowed() && refused->remaining == 0);
        QVERIFY(*refused->retryAfter >= 1ms && *refused->retryAfter <= 1801ms);
        QVERIFY(limiter.decide("shadow", "eve", t0 + 500ms)->verdict == Verdict::WouldReject);
        QVERIFY(limiter.decide("off", "eve", t0 + 500ms)->allowed());
        QVERIFY(limiter.decide("login", "bob", t0 + 500ms)->allowed()); // who is known is not harmed
        QVERIFY(!limiter.decide("login", "eve", t0 + 2000ms)->allowed());
        QVERIFY(limiter.decide("login", "eve", t0 + 2001ms)->allowed());
        QCOMPARE(limiter.size(), std::size_t {2});
    }

    void holdsBansExemptionsAndOwnLimits()
    {
        Limiter limiter;
        limiter.setRule("login", rule(1, 1s));
        QVERIFY(!limiter.setOverride("nobody", "bob", Override {}, t0));
        QVERIFY(!limiter.setOverride("login", "bob", Override {Override::Kind::Limit, {}, {}, 1}, t0)); // a limit of what?
        QVERIFY(limiter.setOverride("login", "bob", Override {Override::Kind::Ban, {}, t0 + 2s, 1}, t0));
        QVERIFY(limiter.decide("login", "bob", t0)->why == Why::Ban);
        QVERIFY(limiter.decide("login", "bob", t0 + 2s)->allowed());
        QVERIFY(limiter.setOverride("login", "ann", Override {Override::Kind::Limit, {3, 1s}, {}, 1}, t0));
        for (int i = 0; i < 3; ++i) {
            QVERIFY(limiter.decide("login", "ann", t0)->allowed());
        }
        QVERIFY(limiter.decide("login", "ann", t0)->why == Why::Override && limiter.size() == 2);
        QVERIFY(limiter.setOverride("login", "ann", std::nullopt, t0));
        QVERIFY(limiter.decide("login", "ann", t0)->limit == 1 && !limiter.decide("login", "ann", t0)->allowed());
    }

    void letsGoOfKeysWhoseBanWasTakenBack()
    {
        Limiter limiter(2000);
        limiter.setRule("login", rule(1, 24h * 20));
        for (int i = 0; i < 500; ++i) {
            limiter.decide("login", "old-" + std::to_string(i), t0);
        }
        for (int i = 0; i < 1500; ++i) {
            const auto key = "banned-" + std::to_string(i);
            QVERIFY(limiter.setOverride("login", key, Override {Override::Kind::Ban, {}, {}, 1}, t0));
            QVERIFY(limiter.setOverride("login", key, std::nullopt, t0));
        }
        int allowed = 0;
        for (int i = 0; i < 200; ++i) {
            allowed += limiter.decide("login", "new-" + std::to_string(i), t0 + i * 1h)->allowed();
        }
        QVERIFY2(allowed > 190, qPrintable(QString::number(allowed)));
    }

    void looksWithoutCountingAndForgetsWhenTold()
    {
        Limiter limiter;
        limiter.setRule("login", rule(2, 1s));
        QCOMPARE(limiter.peek("login", "bob", t0)->remaining, 2u);
        QVERIFY(!limiter.peek("nobody", "bob", t0) && limiter.size() == 0);
        limiter.decide("login", "bob", t0, 2);
        QVERIFY(!limiter.peek("login", "bob", t0)->allowed());
        QVERIFY(limiter.reset("login", "bob") && !limiter.reset("login", "ann"));
        QCOMPARE(limiter.peek("login", "bob", t0)->remaining, 2u);
    }

    void isExactFromManyThreads()
    {
        constexpr int each = 20'000;
        constexpr int threads = 8;
        Limiter limiter;
        limiter.setRule("one", rule(5000, 1h));
        limiter.setRule("many", rule(3, 1h));
        std::atomic<int> one = 0;
        std::atomic<int> many = 0;
        std::vector<std::thread> all;
        for (int t = 0; t < threads; ++t) {
            all.emplace_back([&, t] {
                for (int i = 0; i < each; ++i) {
                    one += limiter.decide("one", "k", t0 + Duration(i % 1000))->allowed();
                    many += limiter.decide("many", std::to_string((i * 7 + t) % 1000), t0)->allowed();
                    if (i % 1000 == t) {
                        limiter.setRule("one", {{5000, 1h}, Mode::Enforce, static_cast<std::uint64_t>(i)});
                    }
                }
            });
        }
        for (auto &thread : all) {
            thread.join();
        }
        QCOMPARE(one.load(), 5000);
        QCOMPARE(many.load(), 3000);
        QCOMPARE(limiter.size(), std::size_t {1001});
    }

    // Against one KeyUsage a key that is never let go: whatever is dropped, nothing more is admitted,
    // and with room for all keys every decision is the same.
    void neverAdmitsMoreThanLogsThatAreNeverLetGo()
    {
        Dice dice(seedOfTheDay());
        for (int round = 0; round < 100; ++round) {
            const auto names = dice(1, 40);
            const auto cap = dice.oneIn(2) ? names : dice(1, names);
            Limiter limiter(static_cast<std::size_t>(cap));
            auto limit = rule(static_cast<std::uint32_t>(dice(1, 5)), Duration(dice(1, 1000)));
            std::map<std::string, KeyUsage> logs;
            std::map<std::string, std::vector<Instant>> admitted;
            auto now = t0;
            limiter.setRule("p", limit);
            for (int step = 0; step < 3000; ++step) {
                now += Duration(dice.oneIn(20) ? dice(0, 1500) : dice(0, 20));
                const auto key = std::to_string(dice(1, names));
                const auto decision = limiter.decide("p", key, now);
                QVERIFY(decision);
                if (cap == names) {
                    QVERIFY(*decision == logs[key].decide(limit, now));
                }
                QVERIFY(limiter.size() <= static_cast<std::size_t>(cap));
                auto &times = admitted[key];
                if (decision->allowed()) {
                    times.push_back(now);
                    const auto inWindow = std::count_if(times.begin(), times.end(), [&](Instant at) { return now - at < limit.limit.front().window; });
                    QVERIFY(inWindow <= limit.limit.front().count);
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(LimiterTest)
#include "tst_Limiter.moc"
