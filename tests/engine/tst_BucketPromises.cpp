// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/KeyUsage.h"

#include <QTest>

#include "engine/Dice.h"

using namespace rateguard;

namespace {

constexpr int traces = 3000;
constexpr int steps = 120;

struct Entry
{
    std::int64_t at; // ms
    std::uint32_t cost;
};

std::uint64_t usedIn(const std::vector<Entry> &entries, std::int64_t now, std::int64_t window)
{
    std::uint64_t sum = 0;
    for (const auto &entry : entries) {
        sum += now - entry.at < window ? entry.cost : 0;
    }
    return sum;
}

// The documented bound: a request counts until the piece it came in has left the window.
std::int64_t countedFor(Duration window)
{
    const auto piece = (window.count() + 59) / 60;
    const auto older = (window.count() - 1 + piece - 1) / piece;
    return (older + 1) * piece;
}

} // namespace

// What a bucket promises, tried with random traces against a model that keeps every admitted request.
class BucketPromisesTest : public QObject
{
    Q_OBJECT

    Dice m_dice {0};

    Rule someRule(bool mayBeLog)
    {
        Rule rule {{}, Mode::Enforce, 1};
        rule.limit.algorithm = mayBeLog && m_dice.oneIn(2) ? Algorithm::Log : Algorithm::Bucket;
        const auto windows = m_dice(1, 3);
        std::int64_t last = 0;
        for (std::int64_t i = 0; i < windows; ++i) {
            last += m_dice(1, 2000);
            rule.limit.push({static_cast<std::uint32_t>(m_dice(1, m_dice.oneIn(3) ? 60 : 6)), Duration(last)});
        }
        return rule;
    }

    std::int64_t somePause(const Decision &last, const Rule &rule)
    {
        const auto window = rule.limit.front().window.count();
        const auto retry = last.retryAfter.value_or(Duration(0)).count();
        const std::int64_t pauses[] = {0, 0, 0, 1, retry, std::max<std::int64_t>(retry - 1, 0), std::max<std::int64_t>(last.resetAfter.count() + m_dice(-1, 1), 0),
            window + m_dice(-1, 2), m_dice(0, 2 * window), m_dice(0, window / 3)};
        return pauses[m_dice(0, 9)];
    }

private slots:
    void init() { m_dice = Dice(seedOfTheDay()); }

    void noWindowEverHoldsMoreThanTheLimit_data()
    {
        QTest::addColumn<bool>("edits");
        QTest::addColumn<bool>("logs");
        QTest::newRow("one limit") << false << false;
        QTest::newRow("counts that are edited") << true << false;
        QTest::newRow("counts and algorithms that are edited") << true << true;
    }

    void noWindowEverHoldsMoreThanTheLimit()
    {
        QFETCH(bool, edits);
        QFETCH(bool, logs);
        int rejected = 0;
        int strict = 0;
        for (int trace = 0; trace < traces; ++trace) {
            KeyUsage usage;
            std::vector<Entry> admitted;
            auto rule = someRule(logs);
            std::int64_t now = 1'700'000'000'000 + m_dice(0, 100'000);
            Decision last;
            for (int step = 0; step < steps; ++step) {
                now += somePause(last, rule);
                if (edits && m_dice.oneIn(10)) {
                    Limits edited;
                    edited.algorithm = logs && m_dice.oneIn(2) ? Algorithm::Log : Algorithm::Bucket;
                    for (const auto &one : rule.limit) {
                        edited.push({static_cast<std::uint32_t>(m_dice(1, 40)), one.window});
                    }
                    rule.limit = edited;
                    ++rule.version;
                }
                const auto cost = m_dice.oneIn(3) ? static_cast<std::uint32_t>(m_dice(1, std::int64_t {rule.limit.front().count} + 1)) : 1;
                last = usage.decide(rule, Instant(Duration(now)), cost);
                bool fits = true;
                bool fitsBound = true;
                for (const auto &one : rule.limit) {
                    fits = fits && usedIn(admitted, now, one.window.count()) + cost <= one.count;
                    fitsBound = fitsBound && usedIn(admitted, now, countedFor(one.window)) + cost <= one.count;
                }
                QVERIFY2(!last.allowed() || fits, "more than the limit in a window");
                // What goes to and fro between logs and buckets is rounded up each time.
                QVERIFY2(logs || last.allowed() || !fitsBound, "stricter than the documented bound");
                if (last.allowed()) {
                    admitted.push_back({now, cost});
                }
                rejected += !last.allowed();
                strict += !last.allowed() && fits;
            }
        }
        qInfo("%d decisions, %.1f %% rejected, %.1f %% only by the bound", traces * steps, 100.0 * rejected / (traces * steps), 100.0 * strict / (traces * steps));
    }

    // Told as the moment when this cost is admitted if nothing else comes: not a millisecond earlier, and not later.
    void retryAfterIsExact()
    {
        int tried = 0;
        for (int trace = 0; trace < traces; ++trace) {
            KeyUsage usage;
            const auto rule = someRule(true);
            std::int64_t now = 1'700'000'000'000 + m_dice(0, 100'000);
            Decision last;
            for (int step = 0; step < steps / 2; ++step) {
                now += somePause(last, rule);
                const auto cost = static_cast<std::uint32_t>(m_dice(1, 4));
                last = usage.decide(rule, Instant(Duration(now)), cost);
                if (!last.allowed() && last.retryAfter) {
                    const auto moment = now + last.retryAfter->count();
                    QVERIFY(*last.retryAfter > Duration(0));
                    QVERIFY(!usage.peek(rule, Instant(Duration(moment - 1)), cost).allowed());
                    QVERIFY(usage.peek(rule, Instant(Duration(moment)), cost).allowed());
                    ++tried;
                }
            }
        }
        QVERIFY(tried > 1000);
    }

    void bansExemptionsAndOwnLimitsEndByThemselves()
    {
        for (int trace = 0; trace < traces; ++trace) {
            KeyUsage usage;
            const auto rule = someRule(true);
            std::int64_t now = 1'700'000'000'000;
            const auto until = now + m_dice(1, 3000);
            const Override ban {Override::Kind::Ban, {}, Instant(Duration(until)), 1};
            const Override exempt {Override::Kind::Exempt, {}, Instant(Duration(until)), 1};
            const bool isBan = m_dice.oneIn(2);
            KeyUsage plain; // what nobody has meddled with
            for (int step = 0; step < steps; ++step) {
                now += m_dice(0, 100);
                const Instant at {Duration(now)};
                const auto decision = usage.decide(rule, at, 1, isBan ? &ban : &exempt);
                if (now < until) {
                    QVERIFY(decision.allowed() != isBan && decision.why == (isBan ? Why::Ban : Why::Exempt));
                    QVERIFY(!isBan || decision.retryAfter == Duration(until - now));
                } else {
                    QVERIFY(decision == plain.decide(rule, at)); // neither counted anything
                }
            }
        }
    }

    void memoryDoesNotGrowWithTheLimit()
    {
        KeyUsage usage;
        const Rule rule {[] {
            Limits limits {1'000'000'000, std::chrono::hours(1)};
            limits.algorithm = Algorithm::Bucket;
            return limits;
        }(), Mode::Enforce, 1};
        const Instant start {Duration(1'700'000'000'000)};
        for (int i = 0; i < 10'000; ++i) {
            QVERIFY(usage.decide(rule, start + Duration(i * 300), KeyUsage::maxCost).allowed());
        }
        QVERIFY(!usage.decide(rule, start + Duration(3'000'000)).allowed());
        QCOMPARE(usage.size(), std::size_t {0}); // no stamp is kept
    }
};

QTEST_APPLESS_MAIN(BucketPromisesTest)
#include "tst_BucketPromises.moc"
