// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/BulkPlan.h"
#include "models/LimitDraft.h"
#include "models/RevertPlan.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;
using Kind = Override::Kind;

namespace {

constexpr Instant now {100h};

// One after another as the table of the rule lists them: development, test, unmarked, production.
constexpr std::array<Environment, 4> columns {Environment::Development, Environment::Test, Environment::Unmarked, Environment::Production};

Rule rule(std::uint32_t perMinute, Mode mode = Mode::Enforce)
{
    return {{perMinute, 1min}, mode, 3};
}

PolicyRow policy(const char *name, Mode mode = Mode::Enforce)
{
    PolicyRow row;
    row.name = name;
    row.rule = rule(60, mode);
    return row;
}

LimitEdit set(const char *limit, Mode mode = Mode::Enforce)
{
    LimitEdit edit;
    edit.limit = *parseLimit(limit);
    edit.mode = mode;
    return edit;
}

OverrideEdit own(Kind kind, const char *limit = nullptr)
{
    OverrideEdit edit;
    edit.kind = kind;
    if (limit)
        edit.limit = *parseLimit(limit);
    return edit;
}

// Of a policy of 60/min, with `admitted` per second.
KeyStanding key(double admitted, std::optional<Kind> has = {}, const char *limit = nullptr)
{
    KeyStanding standing;
    standing.policy = {60, 1min};
    standing.admitted = admitted;
    if (has)
        standing.own = Override {*has, limit ? *parseLimit(limit) : Limits(), std::nullopt, 4};
    return standing;
}

OverrideEdit reset()
{
    OverrideEdit edit;
    edit.reset = true;
    return edit;
}

LimitEdit unset()
{
    LimitEdit edit;
    edit.unset = true;
    return edit;
}

std::vector<PolicyRow> policies(std::size_t count, Mode mode = Mode::Enforce)
{
    const std::vector<PolicyRow> all {policy("a", mode), policy("b", mode), policy("c", mode), policy("d", mode), policy("e", mode)};
    return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count)};
}

std::vector<PolicyRow> open(std::size_t count)
{
    std::vector<PolicyRow> rows = policies(count, Mode::Off);
    for (PolicyRow &row : rows)
        row.rule.until = now + 5min;
    return rows;
}

// An undo of the only edit that the history has, which made the policy of 60/min from `before`.
StepSize reverted(const char *before)
{
    Snapshot snapshot;
    snapshot.now = now;
    snapshot.policies = {policy("search")};
    auto history = std::make_shared<EditHistory>();
    history->entries = {{now - 1h, "search", std::nullopt, 3, before, "3 enforce log 60/60000", "ada", ""}};
    snapshot.history = history;
    return RevertPlan::of(history->entries[0], snapshot).size;
}

StepSize revertedOfKey(const char *before, std::optional<Override> held)
{
    Snapshot snapshot;
    snapshot.now = now;
    snapshot.policies = {policy("search")};
    auto overrides = std::make_shared<OverrideList>();
    if (held)
        overrides->all = {{"search", "alice", *held}};
    snapshot.overrides = overrides;
    auto history = std::make_shared<EditHistory>();
    history->entries = {{now - 1h, "search", "alice", 4, before, "4 ban 0", "ada", ""}};
    snapshot.history = history;
    return RevertPlan::of(history->entries[0], snapshot).size;
}

BulkWish factor(double by)
{
    BulkWish wish;
    wish.factor = by;
    return wish;
}

} // namespace

class tst_StepSize : public QObject
{
    Q_OBJECT

private slots:
    void eachActAsksAsMuchAsTheEnvironmentWants_data()
    {
        constexpr const char *small = "nothing nothing nothing question";
        constexpr const char *medium = "nothing question question question";
        constexpr const char *large = "question question question name";
        QTest::addColumn<int>("size");
        QTest::addColumn<QString>("asks");
        const auto row = [](const char *act, StepSize size, const char *asks) { QTest::newRow(act) << static_cast<int>(size) << QString::fromLatin1(asks); };

        row("a policy made", sizeOf(Rule(), set("60/min")), small);
        row("a limit raised", sizeOf(rule(60), set("599/min")), small);
        row("a limit cut to half", sizeOf(rule(60), set("30/min")), small);
        row("a limit raised tenfold", sizeOf(rule(60), set("600/min")), medium);
        row("a limit cut by more than half", sizeOf(rule(60), set("29/min")), large);
        row("a limit cut by a longer window", sizeOf(rule(60), set("60/min 1000/h")), large);
        row("a limit in shadow", sizeOf(rule(60), set("60/min", Mode::Shadow)), medium);
        row("a limit enforced again", sizeOf(rule(60, Mode::Off), set("60/min")), medium);
        row("a limit switched off", sizeOf(rule(60), set("60/min", Mode::Off)), large);
        row("a limit taken away", sizeOf(rule(60), unset()), large);

        row("a ban", sizeOf(key(0), own(Kind::Ban)), large);
        row("an exemption", sizeOf(key(1), own(Kind::Exempt)), medium);
        row("an own limit about the policy's", sizeOf(key(1), own(Kind::Limit, "40/min")), small);
        row("an own limit above the policy's", sizeOf(key(1), own(Kind::Limit, "100/min")), small);
        row("an own limit ten times the policy's", sizeOf(key(1), own(Kind::Limit, "600/min")), medium);
        row("an own limit under half of the policy's", sizeOf(key(0), own(Kind::Limit, "29/min")), large);
        row("an own limit under half of what an exempt key uses", sizeOf(key(100, Kind::Exempt), own(Kind::Limit, "40/s")), large);
        row("an own limit above what an exempt key uses", sizeOf(key(100, Kind::Exempt), own(Kind::Limit, "200/s")), small);
        row("an own limit for a banned key", sizeOf(key(0, Kind::Ban), own(Kind::Limit, "1/min")), medium);
        row("a ban lifted", sizeOf(key(0, Kind::Ban), OverrideEdit()), medium);
        row("an exemption lifted from a key that uses little", sizeOf(key(1, Kind::Exempt), OverrideEdit()), small);
        row("an exemption lifted from a key that uses much", sizeOf(key(9, Kind::Exempt), OverrideEdit()), large);
        row("an own limit lifted", sizeOf(key(1, Kind::Limit, "100/min"), OverrideEdit()), small);
        row("a large own limit lifted", sizeOf(key(1, Kind::Limit, "1000/min"), OverrideEdit()), large);
        row("a small own limit lifted", sizeOf(key(0, Kind::Limit, "6/min"), OverrideEdit()), medium);
        row("a reset", sizeOf(key(1), reset()), medium);

        row("two policies raised", sizeOf(planEdit(policies(2), factor(1.5), now)), medium);
        row("two policies cut", sizeOf(planEdit(policies(2), factor(0.4), now)), large);
        row("five policies raised", sizeOf(planEdit(policies(5), factor(1.5), now)), large);
        row("one override lifted", sizeOf(planLift({{"search", "alice", {Kind::Ban, {}, std::nullopt, 4}}}, "", Snapshot())), medium);
        row("everything let through", sizeOf(planKillSwitch(policies(1), Mode::Off, 5min, "down", now)), large);
        row("everything let through in shadow", sizeOf(planKillSwitch(policies(1), Mode::Shadow, 5min, "down", now)), large);
        row("letting through ended", sizeOf(planEndNow(open(2), "up", now)), medium);

        row("an undo of a cut", reverted("2 enforce log 100/60000"), small);
        row("an undo that opens tenfold", reverted("2 enforce log 200/1000"), medium);
        row("an undo of a raise from a little", reverted("2 enforce log 6/60000"), large);
        row("an undo that switches off", reverted("2 off log 60/60000"), large);
        row("an undo of the first limit", reverted(""), large);
        row("a ban reverted", revertedOfKey("", Override {Kind::Ban, {}, std::nullopt, 4}), medium);
        row("a lift of a ban reverted", revertedOfKey("3 ban 0", std::nullopt), large);
    }

    void eachActAsksAsMuchAsTheEnvironmentWants()
    {
        QFETCH(int, size);
        QFETCH(QString, asks);
        const QStringList names {QStringLiteral("nothing"), QStringLiteral("question"), QStringLiteral("name")};
        QStringList found;
        for (const Environment environment : columns)
            found << names[static_cast<int>(askingFor(environment, static_cast<StepSize>(size)))];
        QCOMPARE(found.join(QLatin1Char(' ')), asks);
    }

    void aDraftIsAsLargeAsTheEditThatItSends()
    {
        LimitDraft draft(policy("search"), now);
        QCOMPARE(draft.size(), StepSize::Small);
        draft.limit = {20, 1min};
        QCOMPARE(draft.size(), StepSize::Large);
        draft.limit = {60, 1min};
        draft.mode = Mode::Off;
        QCOMPARE(draft.size(), StepSize::Large);
    }

    void whatAKeyMayAndDoesComesFromTheSnapshot()
    {
        Snapshot snapshot;
        snapshot.now = now;
        snapshot.policies = {policy("search", Mode::Shadow)};
        RankedKey busy {"search", "alice", {}};
        busy.row.rates = {3, 9, 1};
        snapshot.offenders = {busy};
        auto overrides = std::make_shared<OverrideList>();
        overrides->all = {{"search", "alice", {Kind::Ban, {}, now + 1s, 4}}, {"search", "bob", {Kind::Ban, {}, now, 4}}};
        snapshot.overrides = overrides;
        const KeyStanding alice = keyStanding(snapshot, "search", "alice");
        QVERIFY(alice.own && alice.policy == Limits(60, 1min) && !alice.isEnforced);
        QCOMPARE(alice.admitted, 4.0); // what would only be rejected comes through
        const KeyStanding bob = keyStanding(snapshot, "search", "bob");
        QVERIFY(!bob.own); // it has ended
        QCOMPARE(bob.admitted, 0.0);
        auto detail = std::make_shared<KeyDetail>();
        detail->policy = "search";
        detail->key = "alice";
        detail->row.rates = {7, 0, 0};
        snapshot.detail = detail;
        QVERIFY(!keyStanding(snapshot, "search", "alice").own); // younger than the list
        QCOMPARE(keyStanding(snapshot, "search", "alice").admitted, 7.0);
    }
};

QTEST_GUILESS_MAIN(tst_StepSize)
#include "tst_StepSize.moc"
