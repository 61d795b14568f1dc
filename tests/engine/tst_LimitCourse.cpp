// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "Dice.h"
#include "engine/LimitCourse.h"

#include <QTest>

#include <algorithm>
#include <map>

using namespace rateguard;
using namespace std::chrono_literals;
using Kind = LimitPiece::Kind;

namespace {

constexpr Instant start {std::chrono::seconds(1'700'000'000)};

std::string textOf(const std::optional<Override> &value)
{
    if (!value)
        return {};
    const auto until = value->until ? std::chrono::duration_cast<Duration>(value->until->time_since_epoch()).count() : 0;
    const std::string head = std::to_string(value->version) + ' ';
    const std::string end = ' ' + std::to_string(until);
    switch (value->kind) {
    case Override::Kind::Ban: return head + "ban" + end;
    case Override::Kind::Exempt: return head + "exempt" + end;
    case Override::Kind::Limit: break;
    }
    return head + "limit" + end + wireLimit(value->limit).substr(3);
}

// A Redis in small: what it holds, the audit that it writes, and at every moment what limits the key "alice" of "search".
struct World
{
    Instant now = start;
    std::uint64_t version = 0;
    std::optional<Rule> rule;
    std::optional<Override> override;
    EditHistory history; // newest first

    void note(std::optional<std::string> key, std::string before, std::string after, const char *policy = "search")
    {
        history.entries.insert(history.entries.begin(), {now, policy, std::move(key), version, std::move(before), std::move(after), "ada", ""});
    }
    void setRule(std::optional<Rule> value, bool isNoted = true)
    {
        ++version;
        if (value)
            value->version = version;
        if (isNoted)
            note(std::nullopt, rule ? formatRule(*rule) : "", value ? formatRule(*value) : "");
        rule = value;
    }
    void setOverride(std::optional<Override> value, bool isNoted = true)
    {
        ++version;
        if (value)
            value->version = version;
        if (override && override->isOver(now))
            override.reset();
        if (isNoted)
            note("alice", textOf(override), textOf(value));
        override = value;
    }
    LimitPiece truth() const
    {
        const Mode mode = rule ? rule->modeAt(now) : Mode::Off;
        if (mode == Mode::Off)
            return {now, Kind::Free};
        const bool shadow = mode == Mode::Shadow;
        if (!override || override->isOver(now))
            return {now, Kind::Limit, rule->limit.tightest(), shadow};
        switch (override->kind) {
        case Override::Kind::Ban: return {now, Kind::Ban, {}, shadow};
        case Override::Kind::Exempt: return {now, Kind::Free};
        case Override::Kind::Limit: break;
        }
        return {now, Kind::Limit, override->limit.tightest(), shadow};
    }
    LimitSources sources() const
    {
        LimitSources it;
        it.history = &history;
        it.policy = "search";
        it.key = "alice";
        it.now = now;
        it.rule = rule;
        it.ruleSeen.at = now;
        it.override = override && override->isOver(now) ? std::nullopt : override;
        it.overrideSeen.at = now;
        return it;
    }
};

Rule ruleOf(std::uint32_t count, Mode mode = Mode::Enforce)
{
    return {{count, 10s}, mode, 0};
}

QString shown(const LimitPiece &piece)
{
    return QStringLiteral("kind %1, %2 a second, shadow %3").arg(int(piece.kind)).arg(piece.perSecond().value_or(-1)).arg(piece.shadow);
}

void same(const LimitPiece &piece, const LimitPiece &expected)
{
    QCOMPARE(shown(piece), shown(expected));
}

} // namespace

class tst_LimitCourse : public QObject
{
    Q_OBJECT

private slots:
    void anEditMakesAStep()
    {
        World world;
        world.setRule(ruleOf(50));
        world.now += 1h;
        world.setRule(ruleOf(20));
        world.now += 1h;
        world.history.isComplete = true;
        const auto course = limitCourse(world.sources());
        QCOMPARE(course.size(), std::size_t {3});
        QVERIFY(course[0].kind == Kind::Free && course[0].from == Instant::min());
        QVERIFY(course[1].from == start && course[1].perSecond() == 5.0);
        QVERIFY(course[2].from == start + 1h && course[2].perSecond() == 2.0);
        QVERIFY(pieceAt(course, start + 1h - 1us).perSecond() == 5.0);
        QVERIFY(pieceAt(course, start + 1h).perSecond() == 2.0);
    }

    void beforeTheOldestEditThatWasReadNothingIsKnown()
    {
        World world;
        world.rule = ruleOf(50);
        world.note("bob", "", "1 ban 0", "api"); // of others, but so far back all is known
        world.now += 1h;
        world.setRule(ruleOf(20));
        const auto course = limitCourse(world.sources());
        QVERIFY(pieceAt(course, start - 1us).kind == Kind::Unknown);
        QVERIFY(pieceAt(course, start).perSecond() == 5.0);
        QVERIFY(pieceAt(course, start + 2h).perSecond() == 2.0);
    }

    void modesAndOverridesEndByThemselves()
    {
        World world;
        Rule timed = ruleOf(50, Mode::Off);
        timed.until = start + 10min;
        timed.after = Mode::Shadow;
        world.setRule(timed);
        world.now += 20min;
        world.setOverride(Override {Override::Kind::Ban, {}, start + 30min, 0});
        world.history.isComplete = true;
        const auto course = limitCourse(world.sources());
        QVERIFY(pieceAt(course, start + 9min).kind == Kind::Free);
        same(pieceAt(course, start + 10min), {{}, Kind::Limit, {50, 10s}, true});
        same(pieceAt(course, start + 25min), {{}, Kind::Ban, {}, true});
        same(pieceAt(course, start + 30min), {{}, Kind::Limit, {50, 10s}, true}); // that lies ahead
    }

    void whatNoEditExplainsIsNotGuessed()
    {
        World world;
        world.setRule(ruleOf(50));
        world.now += 1h;
        world.setRule(ruleOf(20), false); // by hand, past the audit
        world.now += 1h;
        world.setRule(ruleOf(30));
        world.now += 1h;
        world.setRule(ruleOf(40), false);
        world.now += 1h;
        world.history.isComplete = true;
        const auto course = limitCourse(world.sources());
        QVERIFY(pieceAt(course, start + 30min).kind == Kind::Unknown); // 50, until nobody knows when
        QVERIFY(pieceAt(course, start + 150min).kind == Kind::Unknown);
        QVERIFY(pieceAt(course, world.now).perSecond() == 4.0); // as is seen
    }

    void aChangeThatWasSeenNeedsNoHistory()
    {
        World world;
        world.setRule(ruleOf(50));
        world.now += 1h;
        world.history.isComplete = true;
        LimitSources sources = world.sources();
        sources.rule = ruleOf(20);
        sources.ruleSeen = {start + 59min, true, world.rule};
        const auto course = limitCourse(sources);
        QVERIFY(pieceAt(course, start + 59min - 1us).perSecond() == 5.0);
        QVERIFY(pieceAt(course, start + 59min).perSecond() == 2.0);
    }

    void withoutAHistoryTheLimitIsKnownSinceItIsSeen()
    {
        World world;
        world.rule = ruleOf(50);
        LimitSources sources = world.sources();
        sources.history = nullptr;
        const auto course = limitCourse(sources);
        QVERIFY(pieceAt(course, start - 1us).kind == Kind::Unknown);
        QVERIFY(pieceAt(course, start).perSecond() == 5.0);
        QVERIFY(pieceAt({}, start).kind == Kind::Unknown);
    }

    void anOverrideThatIsNotKnownIsWhatTheHistorySays()
    {
        World world;
        world.setRule(ruleOf(50));
        world.now += 1h;
        world.setOverride(Override {Override::Kind::Limit, {10, 10s}, std::nullopt, 0});
        LimitSources sources = world.sources();
        sources.knowsOverride = false;
        sources.override.reset();
        QVERIFY(pieceAt(limitCourse(sources), world.now).perSecond() == 1.0);
        sources.key = "bob"; // the history is cut and does not name it
        QVERIFY(pieceAt(limitCourse(sources), world.now).kind == Kind::Unknown);
    }

    // Edits of all kinds at random times; every moment is compared with what held in the world as it went by.
    void theSpanSaysWhichOfSeveralWindowsIsDrawn_data()
    {
        QTest::addColumn<int>("minutes");
        QTest::addColumn<int>("windowSeconds");
        QTest::newRow("shorter than all: the shortest") << 1 << 10;
        QTest::newRow("only one is short against it") << 19 << 10;
        QTest::newRow("the tighter of two") << 20 << 600;
        QTest::newRow("the tightest of all") << 120 << 3600;
    }

    void theSpanSaysWhichOfSeveralWindowsIsDrawn()
    {
        QFETCH(int, minutes);
        QFETCH(int, windowSeconds);
        World world;
        Rule rule = ruleOf(100);
        rule.limit.push({1000, 10min});
        rule.limit.push({1500, 1h});
        world.setRule(rule);
        auto sources = world.sources();
        sources.span = std::chrono::minutes(minutes);
        const auto piece = pieceAt(limitCourse(sources), world.now);
        QCOMPARE(piece.limit.window.count(), windowSeconds * 1000);
        QCOMPARE(piece.others.size(), std::size_t {2});
        for (const auto &limit : piece.others)
            QVERIFY(limit.window != piece.limit.window);
    }

    void theCourseIsWhatTheWorldWas()
    {
        Dice dice(seedOfTheDay());
        for (int round = 0; round < 200; ++round) {
            World world;
            std::map<Instant, LimitPiece> past;
            const auto pass = [&](std::int64_t seconds) {
                for (std::int64_t i = 0; i < seconds; ++i) {
                    past[world.now] = world.truth();
                    world.now += 1s;
                }
            };
            const auto someRule = [&] {
                Rule rule = ruleOf(static_cast<std::uint32_t>(dice(1, 9)), static_cast<Mode>(dice(0, 2)));
                if (dice.oneIn(2))
                    rule.limit.push({static_cast<std::uint32_t>(dice(1, 50)), 1min});
                if (dice.oneIn(3)) {
                    rule.until = world.now + std::chrono::seconds(dice(1, 60));
                    rule.after = static_cast<Mode>(dice(0, 2));
                }
                return rule;
            };
            const auto someOverride = [&] {
                Override it {static_cast<Override::Kind>(dice(0, 2)), {}, std::nullopt, 0};
                if (it.kind == Override::Kind::Limit)
                    it.limit = Limits(static_cast<std::uint32_t>(dice(1, 9)), 10s);
                if (dice.oneIn(2))
                    it.until = world.now + std::chrono::seconds(dice(1, 60));
                return it;
            };
            if (dice.oneIn(2))
                world.rule = someRule(); // older than the audit
            const auto edits = dice(0, 12);
            for (std::int64_t i = 0; i < edits; ++i) {
                pass(dice(0, 40));
                switch (dice(0, 5)) {
                case 0: world.note("bob", "", "9 ban 0"); break;
                case 1: world.note("alice", "", "reset"); break;
                case 2: world.setRule(dice.oneIn(4) ? std::nullopt : std::optional(someRule())); break;
                case 3: world.setRule(someRule()); break;
                default: world.setOverride(dice.oneIn(3) ? std::nullopt : std::optional(someOverride())); break;
                }
            }
            pass(dice(1, 90));
            Instant known = start;
            world.history.isComplete = dice.oneIn(2);
            if (!world.history.isComplete) {
                const auto kept = dice(0, static_cast<std::int64_t>(world.history.entries.size()));
                Instant ended = start; // what an override that is read no more of leaves behind: nothing
                for (auto i = static_cast<std::size_t>(kept); i < world.history.entries.size(); ++i) {
                    if (const auto lost = parseOverride(world.history.entries[i].after); lost && lost->until)
                        ended = std::max(ended, *lost->until);
                }
                world.history.entries.resize(static_cast<std::size_t>(kept));
                known = world.history.entries.empty() ? world.now : world.history.entries.back().at;
                std::erase_if(past, [&](const auto &it) { return it.first >= known && it.first < ended; });
            }
            const auto course = limitCourse(world.sources());
            QVERIFY(std::is_sorted(course.begin(), course.end(), [](const LimitPiece &a, const LimitPiece &b) { return a.from < b.from; }));
            for (const auto &[at, piece] : past) {
                if (at < known)
                    QCOMPARE(shown(pieceAt(course, at)), shown(LimitPiece()));
                else
                    QCOMPARE(shown(pieceAt(course, at)), shown(piece));
            }
            const World before = world;
            world.now += 1h; // all that ends by itself has ended
            QCOMPARE(shown(pieceAt(limitCourse(before.sources()), world.now)), shown(world.truth()));
        }
    }
};

QTEST_APPLESS_MAIN(tst_LimitCourse)
#include "tst_LimitCourse.moc"
