// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/SlidingLog.h"

#include <QTest>

#include "engine/Dice.h"

#include <set>

using namespace rateguard;

namespace {

constexpr int traces = 4000;
constexpr int steps = 120;

struct Entry
{
    std::int64_t at; // ms, by the server's clock
    std::int64_t elapsed; // ms that really went by since the trace began
    std::uint32_t cost;
    bool known; // the log may still have it
    int lengthenings; // of the window, before it was made
};

// The promises of resources/redis/README.md in their own words: every admitted request is kept, and counted one by one.
struct Model
{
    std::vector<Entry> entries;
    std::int64_t expires = 0;
    int lengthenings = 0;

    template <typename Counted>
    std::uint32_t used(std::int64_t now, const Rule &rule, Counted counted) const
    {
        std::uint32_t sum = 0;
        for (const auto &entry : entries) {
            sum += counted(entry) && now - entry.at < rule.limit.window.count() ? entry.cost : 0;
        }
        return sum;
    }

    std::uint32_t usedEver(std::int64_t now, const Rule &rule) const
    {
        return used(now, rule, [](const Entry &) { return true; });
    }
    std::uint32_t usedKnown(std::int64_t now, const Rule &rule) const
    {
        return used(now, rule, [](const Entry &entry) { return entry.known; });
    }
    std::uint32_t usedSinceEdit(std::int64_t now, const Rule &rule) const
    {
        return used(now, rule, [this](const Entry &entry) { return entry.lengthenings == lengthenings; });
    }

    // A log ends one window after its last entry, and what had left the window is let go when something is admitted.
    void expire(std::int64_t now)
    {
        for (auto &entry : entries) {
            entry.known = entry.known && now <= expires;
        }
    }

    void admit(std::int64_t now, std::int64_t elapsed, const Rule &rule, std::uint32_t cost)
    {
        for (auto &entry : entries) {
            entry.known = entry.known && now - entry.at < rule.limit.window.count();
        }
        entries.push_back({now, elapsed, cost, true, lengthenings});
        expires = now + rule.limit.window.count();
    }

    // The first whole millisecond in which this cost fits, by trying each in which something leaves.
    std::optional<Duration> retryAfter(std::int64_t now, const Rule &rule, std::uint32_t cost) const
    {
        if (cost > rule.limit.count) {
            return std::nullopt;
        }
        std::set<std::int64_t> moments {now};
        for (const auto &entry : entries) {
            moments.insert(std::max(now, entry.at + rule.limit.window.count()));
        }
        for (const auto moment : moments) {
            if (usedKnown(moment, rule) + cost <= rule.limit.count) {
                return Duration(moment - now);
            }
        }
        return std::nullopt;
    }

    Duration resetAfter(std::int64_t now, const Rule &rule) const
    {
        auto oldest = now;
        for (const auto &entry : entries) {
            if (entry.known && now - entry.at < rule.limit.window.count()) {
                oldest = std::min(oldest, entry.at);
            }
        }
        return Duration(oldest + rule.limit.window.count() - now);
    }
};

} // namespace

// What the limiter promises, tried with random traces against a model that counts one by one.
class LimiterPromisesTest : public QObject
{
    Q_OBJECT

    Dice m_dice {0};

    // Near the places where a 32-bit stamp turns over.
    std::int64_t someStart()
    {
        const auto turn = (std::int64_t {1} << 31) * m_dice(790, 830);
        return turn + m_dice(-3000, 3000);
    }

    Rule someRule(std::int64_t longestWindow)
    {
        return {{static_cast<std::uint32_t>(m_dice(1, m_dice.oneIn(3) ? 40 : 5)), Duration(m_dice(1, longestWindow))}, Mode::Enforce, 1};
    }

    // Bursts, small steps, and jumps to where the last answer said that something happens, or one before.
    std::int64_t somePause(const Decision &last, const Rule &rule)
    {
        switch (m_dice(0, 9)) {
        case 0:
            return last.retryAfter.value_or(Duration(0)).count();
        case 1:
            return std::max<std::int64_t>(last.retryAfter.value_or(Duration(0)).count() - 1, 0);
        case 2:
            return std::max<std::int64_t>(last.resetAfter.count() + m_dice(-1, 1), 0);
        case 3:
            return rule.limit.window.count() + m_dice(-1, 2);
        case 4:
            return m_dice(0, 2 * rule.limit.window.count());
        case 5:
            return m_dice(0, rule.limit.window.count() / 3);
        case 6:
            return 1;
        default:
            return 0;
        }
    }

    std::uint32_t someCost(const Rule &rule)
    {
        return m_dice.oneIn(3) ? static_cast<std::uint32_t>(m_dice(1, rule.limit.count + 1)) : 1;
    }

    void edit(Rule &rule, Model &model, bool lengthen)
    {
        const auto before = rule.limit.window;
        const auto shortest = m_dice.oneIn(4) ? 1 : std::max<std::int64_t>(before.count() / 2, 1);
        const auto longest = std::min(lengthen ? 3 * before : before, Limit::maxWindow);
        rule.limit.window = Duration(m_dice(shortest, longest.count()));
        rule.limit.count = static_cast<std::uint32_t>(m_dice(1, 2 * rule.limit.count));
        rule.mode = static_cast<Mode>(m_dice.oneIn(4) ? m_dice(0, 2) : 0);
        model.lengthenings += rule.limit.window > before;
        ++rule.version;
    }

private slots:
    void init() { m_dice = Dice(seedOfTheDay()); }

    void decidesAsTheModelDoes_data()
    {
        QTest::addColumn<bool>("lengthen");
        QTest::newRow("the window stays or gets shorter: exact") << false;
        QTest::newRow("longer windows count what is still known") << true;
    }

    void decidesAsTheModelDoes()
    {
        QFETCH(bool, lengthen);
        std::uint64_t rejected = 0;
        for (int trace = 0; trace < traces; ++trace) {
            SlidingLog log;
            Model model;
            auto rule = someRule(2000);
            auto now = someStart();
            Decision last;
            for (int step = 0; step < steps; ++step) {
                now += somePause(last, rule);
                if (m_dice.oneIn(10)) {
                    edit(rule, model, lengthen);
                }
                const auto cost = someCost(rule);
                last = log.decide(rule, Instant(Duration(now)) + std::chrono::microseconds(m_dice(0, 999)), cost);
                QVERIFY(last.version == rule.version && last.limit == rule.limit.count && last.window == rule.limit.window);
                if (rule.mode == Mode::Off) {
                    QVERIFY(last.verdict == Verdict::Allowed && last.remaining == last.limit && last.retryAfter == Duration(0));
                    continue;
                }
                model.expire(now);
                const auto used = model.usedKnown(now, rule);
                const bool fits = used + cost <= rule.limit.count;
                QCOMPARE(last.verdict == Verdict::Allowed, fits);
                QCOMPARE(last.allowed(), fits || rule.mode == Mode::Shadow);
                QVERIFY(last.retryAfter == model.retryAfter(now, rule, cost));
                // Nothing is rejected that would have been admitted if all were known …
                QVERIFY(fits || model.usedEver(now, rule) + cost > rule.limit.count);
                // … and what came since the last lengthening is always known; without one, everything is.
                QVERIFY(!fits || model.usedSinceEdit(now, rule) + cost <= rule.limit.count);
                if (fits) {
                    model.admit(now, 0, rule, cost);
                    QVERIFY(last.resetAfter == model.resetAfter(now, rule));
                }
                QCOMPARE(last.remaining, rule.limit.count - std::min(rule.limit.count, used + (fits ? cost : 0)));
                QCOMPARE(log.isIdle(Instant(Duration(now))), model.entries.empty() || now > model.expires);
                rejected += !fits;
            }
        }
        qInfo("%d decisions, %.0f %% of them over the limit", traces * steps, 100.0 * static_cast<double>(rejected) / (traces * steps));
    }

    void noWindowEverHoldsMoreThanTheLimit()
    {
        for (int trace = 0; trace < traces; ++trace) {
            SlidingLog log;
            std::vector<Entry> admitted;
            const auto rule = someRule(2000);
            auto now = someStart();
            Decision last;
            for (int step = 0; step < steps; ++step) {
                now += somePause(last, rule);
                const auto cost = someCost(rule);
                last = log.decide(rule, Instant(Duration(now)), cost);
                if (last.allowed()) {
                    admitted.push_back({now, 0, cost, true, 0});
                }
            }
            // Every window that matters begins with an admitted request.
            for (std::size_t first = 0; first < admitted.size(); ++first) {
                std::uint64_t sum = 0;
                for (auto i = first; i < admitted.size() && admitted[i].at < admitted[first].at + rule.limit.window.count(); ++i) {
                    sum += admitted[i].cost;
                }
                QVERIFY(sum <= rule.limit.count);
            }
        }
    }

    // In time that really goes by. The server's clock is set back now and then, by up to a day altogether.
    void isNeverTooGenerousAfterClockSteps()
    {
        std::uint64_t setBack = 0;
        for (int trace = 0; trace < traces; ++trace) {
            SlidingLog log;
            Model model;
            auto rule = someRule(2000);
            std::int64_t clock = someStart();
            std::int64_t elapsed = 0;
            std::int64_t back = 0;
            Decision last;
            for (int step = 0; step < steps; ++step) {
                const auto pause = std::min<std::int64_t>(somePause(last, rule), 5000);
                clock += pause;
                elapsed += pause;
                if (m_dice.oneIn(12)) {
                    const auto by = m_dice(1, m_dice.oneIn(20) ? 3'600'000 : 2 * rule.limit.window.count());
                    if (back + by < 86'000'000) {
                        clock -= by;
                        back += by;
                        ++setBack;
                    }
                }
                if (m_dice.oneIn(20)) {
                    edit(rule, model, false);
                }
                const auto cost = someCost(rule);
                last = log.decide(rule, Instant(Duration(clock)), cost);
                if (rule.mode == Mode::Off || last.verdict != Verdict::Allowed) {
                    continue;
                }
                model.entries.push_back({clock, elapsed, cost, true, 0});
                std::uint32_t sum = 0;
                for (const auto &entry : model.entries) {
                    sum += elapsed - entry.elapsed < rule.limit.window.count() ? entry.cost : 0;
                }
                QVERIFY2(sum <= rule.limit.count, qPrintable(QString::number(trace)));
            }
        }
        qInfo("the clock was set back %llu times", static_cast<unsigned long long>(setBack));
    }

    // Windows of weeks, where an entry's age no longer fits in 31 bits.
    void longWindowsAreExactToo()
    {
        for (int trace = 0; trace < traces; ++trace) {
            SlidingLog log;
            Model model;
            auto rule = someRule(10);
            rule.limit.window = Duration(m_dice(Limit::maxWindow.count() / 3, Limit::maxWindow.count()));
            auto now = someStart();
            Decision last;
            for (int step = 0; step < steps; ++step) {
                now += somePause(last, rule);
                const auto cost = someCost(rule);
                model.expire(now);
                const bool fits = model.usedEver(now, rule) + cost <= rule.limit.count;
                last = log.decide(rule, Instant(Duration(now)), cost);
                QCOMPARE(last.allowed(), fits);
                QVERIFY(last.retryAfter == model.retryAfter(now, rule, cost));
                if (fits) {
                    model.admit(now, 0, rule, cost);
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(LimiterPromisesTest)
#include "tst_LimiterPromises.moc"
