// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/KeyUsage.h"

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
    std::uint32_t used(std::int64_t now, Duration window, Counted counted) const
    {
        std::uint32_t sum = 0;
        for (const auto &entry : entries) {
            sum += counted(entry) && now - entry.at < window.count() ? entry.cost : 0;
        }
        return sum;
    }

    std::uint32_t usedKnown(std::int64_t now, Duration window) const
    {
        return used(now, window, [](const Entry &entry) { return entry.known; });
    }
    bool fitsKnown(std::int64_t now, const Rule &rule, std::uint32_t cost) const
    {
        return std::all_of(rule.limit.begin(), rule.limit.end(), [&](const Limit &one) { return usedKnown(now, one.window) + cost <= one.count; });
    }
    // Whether all that was ever admitted, or what came since the last lengthening, leaves room.
    bool fitsEver(std::int64_t now, const Rule &rule, std::uint32_t cost) const
    {
        const auto all = [](const Entry &) { return true; };
        return std::all_of(rule.limit.begin(), rule.limit.end(), [&](const Limit &one) { return used(now, one.window, all) + cost <= one.count; });
    }
    bool fitsSinceEdit(std::int64_t now, const Rule &rule, std::uint32_t cost) const
    {
        const auto since = [this](const Entry &entry) { return entry.lengthenings == lengthenings; };
        return std::all_of(rule.limit.begin(), rule.limit.end(), [&](const Limit &one) { return used(now, one.window, since) + cost <= one.count; });
    }

    // A log ends two of its longest windows after its oldest entry, and what had left the window is let go when something is admitted.
    void expire(std::int64_t now)
    {
        for (auto &entry : entries) {
            entry.known = entry.known && now <= expires;
        }
    }

    void admit(std::int64_t now, std::int64_t elapsed, const Rule &rule, std::uint32_t cost)
    {
        const auto keep = rule.limit.longest().count();
        auto oldest = now;
        for (auto &entry : entries) {
            entry.known = entry.known && now - entry.at < keep;
            oldest = entry.known ? std::min(oldest, entry.at) : oldest;
        }
        entries.push_back({now, elapsed, cost, true, lengthenings});
        expires = oldest + 2 * keep;
    }

    // The first whole millisecond in which this cost fits, by trying each in which something leaves.
    std::optional<Duration> retryAfter(std::int64_t now, const Rule &rule, std::uint32_t cost) const
    {
        std::set<std::int64_t> moments {now};
        for (const auto &one : rule.limit) {
            if (cost > one.count) {
                return std::nullopt;
            }
            for (const auto &entry : entries) {
                moments.insert(std::max(now, entry.at + one.window.count()));
            }
        }
        for (const auto moment : moments) {
            if (fitsKnown(moment, rule, cost)) {
                return Duration(moment - now);
            }
        }
        return std::nullopt;
    }

    // Of the windows of a request that was just admitted: the first of those with the least left.
    const Limit &decider(std::int64_t now, const Rule &rule) const
    {
        return *std::min_element(rule.limit.begin(), rule.limit.end(),
            [&](const Limit &a, const Limit &b) { return a.count - usedKnown(now, a.window) < b.count - usedKnown(now, b.window); });
    }

    Duration resetAfter(std::int64_t now, const Limit &limit) const
    {
        auto oldest = now;
        for (const auto &entry : entries) {
            if (entry.known && now - entry.at < limit.window.count()) {
                oldest = std::min(oldest, entry.at);
            }
        }
        return Duration(oldest + limit.window.count() - now);
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

    Rule someRule(std::int64_t longestWindow, std::int64_t mostWindows = 1)
    {
        return {someLimits(longestWindow, m_dice(1, mostWindows)), Mode::Enforce, 1};
    }

    Limits someLimits(std::int64_t longestWindow, std::int64_t windows)
    {
        Limits limits;
        std::set<std::int64_t> known;
        for (std::int64_t i = 0; i < windows; ++i) {
            const auto window = m_dice(1, longestWindow);
            if (known.insert(window).second) {
                limits.push({static_cast<std::uint32_t>(m_dice(1, m_dice.oneIn(3) ? 40 : 5)), Duration(window)});
            }
        }
        return limits;
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
            return rule.limit.front().window.count() + m_dice(-1, 2);
        case 4:
            return m_dice(0, 2 * rule.limit.front().window.count());
        case 5:
            return m_dice(0, rule.limit.front().window.count() / 3);
        case 6:
            return 1;
        default:
            return 0;
        }
    }

    std::uint32_t someCost(const Rule &rule)
    {
        return m_dice.oneIn(3) ? static_cast<std::uint32_t>(m_dice(1, std::int64_t {rule.limit.front().count} + 1)) : 1;
    }

    void edit(Rule &rule, Model &model, bool lengthen)
    {
        const auto before = rule.limit.longest();
        const auto longest = std::min(lengthen ? 3 * before : before, Limit::maxWindow);
        const auto windows = static_cast<std::int64_t>(rule.limit.size());
        rule.limit = someLimits(longest.count(), m_dice.oneIn(3) ? m_dice(1, 3) : windows);
        rule.mode = static_cast<Mode>(m_dice.oneIn(4) ? m_dice(0, 2) : 0);
        model.lengthenings += rule.limit.longest() > before;
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
            KeyUsage log;
            Model model;
            auto rule = someRule(2000, 3);
            auto now = someStart();
            Decision last;
            for (int step = 0; step < steps; ++step) {
                now += somePause(last, rule);
                if (m_dice.oneIn(10)) {
                    edit(rule, model, lengthen);
                }
                const auto cost = someCost(rule);
                last = log.decide(rule, Instant(Duration(now)) + std::chrono::microseconds(m_dice(0, 999)), cost);
                QCOMPARE(last.version, rule.version);
                if (rule.mode == Mode::Off) {
                    QVERIFY(last.verdict == Verdict::Allowed && last.remaining == last.limit && last.retryAfter == Duration(0));
                    continue;
                }
                model.expire(now);
                const bool fits = model.fitsKnown(now, rule, cost);
                QCOMPARE(last.verdict == Verdict::Allowed, fits);
                QCOMPARE(last.allowed(), fits || rule.mode == Mode::Shadow);
                QVERIFY(last.retryAfter == model.retryAfter(now, rule, cost));
                // Nothing is rejected that would have been admitted if all were known …
                QVERIFY(fits || !model.fitsEver(now, rule, cost));
                // … and what came since the last lengthening is always known; without one, everything is.
                QVERIFY(!fits || model.fitsSinceEdit(now, rule, cost));
                if (fits) {
                    model.admit(now, 0, rule, cost);
                    const auto &decider = model.decider(now, rule);
                    QVERIFY(last.limit == decider.count && last.window == decider.window);
                    QCOMPARE(last.remaining, decider.count - model.usedKnown(now, decider.window));
                    QVERIFY(last.resetAfter == model.resetAfter(now, decider));
                } else {
                    const Limit decider {last.limit, last.window};
                    QVERIFY(std::find(rule.limit.begin(), rule.limit.end(), decider) != rule.limit.end());
                    QCOMPARE(last.remaining, decider.count - std::min(decider.count, model.usedKnown(now, decider.window)));
                }
                QCOMPARE(log.isIdle(Instant(Duration(now))), model.entries.empty() || now > model.expires);
                rejected += !fits;
            }
        }
        qInfo("%d decisions, %.0f %% of them over the limit", traces * steps, 100.0 * static_cast<double>(rejected) / (traces * steps));
    }

    void noWindowEverHoldsMoreThanTheLimit()
    {
        for (int trace = 0; trace < traces; ++trace) {
            KeyUsage log;
            std::vector<Entry> admitted;
            const auto rule = someRule(2000, 3);
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
            for (const auto &one : rule.limit) {
                for (std::size_t first = 0; first < admitted.size(); ++first) {
                    std::uint64_t sum = 0;
                    for (auto i = first; i < admitted.size() && admitted[i].at < admitted[first].at + one.window.count(); ++i) {
                        sum += admitted[i].cost;
                    }
                    QVERIFY(sum <= one.count);
                }
            }
        }
    }

    // In time that really goes by. The server's clock is set back now and then, by up to a day altogether.
    void isNeverTooGenerousAfterClockSteps()
    {
        std::uint64_t setBack = 0;
        for (int trace = 0; trace < traces; ++trace) {
            KeyUsage log;
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
                    const auto by = m_dice(1, m_dice.oneIn(20) ? 3'600'000 : 2 * rule.limit.front().window.count());
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
                for (const auto &one : rule.limit) {
                    std::uint32_t sum = 0;
                    for (const auto &entry : model.entries) {
                        sum += elapsed - entry.elapsed < one.window.count() ? entry.cost : 0;
                    }
                    QVERIFY2(sum <= one.count, qPrintable(QString::number(trace)));
                }
            }
        }
        qInfo("the clock was set back %llu times", static_cast<unsigned long long>(setBack));
    }

    // Windows of weeks, where an entry's age no longer fits in 31 bits.
    void longWindowsAreExactToo()
    {
        for (int trace = 0; trace < traces; ++trace) {
            KeyUsage log;
            Model model;
            auto rule = someRule(10);
            rule.limit.front().window = Duration(m_dice(Limit::maxWindow.count() / 3, Limit::maxWindow.count()));
            auto now = someStart();
            Decision last;
            for (int step = 0; step < steps; ++step) {
                now += somePause(last, rule);
                const auto cost = someCost(rule);
                model.expire(now);
                const bool fits = model.fitsEver(now, rule, cost);
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
