// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/KeyFilter.h"

#include <QElapsedTimer>
#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

constexpr Instant now {1'790'000'000s};

struct Named
{
    const char *policy;
    const char *key;
    KeyRow row;
};

std::vector<Named> three()
{
    std::vector<Named> keys {{"api", "anna", {}}, {"api", "ben", {}}, {"search", "Bot-7", {}}};
    keys[0].row = {0, KeyState::Near, {2, 0, 0}, 54, 60, {200, 0, 0}, now - 10s, 100, 0};
    keys[1].row = {1, KeyState::Throttled, {1, 3, 0}, 60, 60, {500, 700, 0}, now, 40, 30};
    keys[2].row = {2, KeyState::Quiet, {}, 0, 10, {7, 3, 0}, now - 90s}; // nothing in the last minute
    return keys;
}

} // namespace

class KeyFilterTest : public QObject
{
    Q_OBJECT

private slots:
    void findsWhoIsBannedAndWhoIsExempt()
    {
        auto keys = three();
        keys[0].row.state = KeyState::Banned;
        keys[1].row.state = KeyState::Exempt;
        FilterProblem problem;
        const auto found = [&](const char *filter) {
            QStringList names;
            const auto parsed = KeyFilter::parse(filter, problem);
            for (const auto &it : keys) {
                if (parsed && parsed->matches({it.policy, it.key, it.row, 0}, now)) {
                    names << QString::fromStdString(it.key);
                }
            }
            return names.join(QLatin1Char(' '));
        };
        QCOMPARE(found("state:banned"), QStringLiteral("anna"));
        QCOMPARE(found("state:ex"), QStringLiteral("ben"));
        QCOMPARE(found("state:throttled"), QString());
        QCOMPARE(found("!state:banned"), QStringLiteral("ben Bot-7"));
    }

    void letsThroughWhatFits_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("keys");
        const auto line = [](const char *name, const char *filter, const char *keys) { QTest::newRow(name) << QString::fromUtf8(filter) << QString::fromUtf8(keys); };
        line("a piece of the key", "bot", "Bot-7");
        line("either case", "BEN", "ben");
        line("a piece of the policy", "sear", "Bot-7");
        line("inverted", "!bot", "anna ben");
        line("all words must fit", "api ann", "anna");
        line("a whole policy", "policy:api", "anna ben");
        line("not a piece of a policy", "policy:ap", "");
        line("a state", "state:throttled", "ben");
        line("how a state begins", "state:thr", "ben");
        line("not a state", "!state:throttled", "anna Bot-7");
        line("half typed words hide nothing", "policy: ! state: re: rejected> used>=", "anna ben Bot-7");
        line("nothing", "", "anna ben Bot-7");
        line("no key", "xyz", "");
        line("a pattern", "re:^api:.*n{2}", "anna");
        line("a pattern in either case", "re:bot-\\d", "Bot-7");
        line("not a pattern", "!re:^api:", "Bot-7");
        line("more than", "rejected>0", "ben");
        line("at least", "requests>=2", "anna ben");
        line("less than", "allowed<1", "Bot-7");
        line("at most", "limit<=10", "Bot-7");
        line("exactly", "limit=60", "anna ben");
        line("a share of the limit", "used>80%", "anna ben");
        line("a count", "used>54", "ben");
        line("the rejected share", "share>50%", "ben");
        line("no share where nothing came", "share>=0", "anna ben");
        line("nor a smaller one", "share<1", "anna");
        line("the rejected share without its sign", "share>50", "ben");
        line("all so far", "total>1000", "ben");
        line("idle, in seconds", "idle>30s", "Bot-7");
        line("idle, in minutes", "idle<1m", "anna ben");
        line("a figure with a point", "allowed>1.5", "anna");
        line("figures and words", "policy:api !rejected>0", "anna");
        line("a sign alone is a piece", ">", "");
        line("an equals sign in a key", "tenant=7", "");
    }

    void letsThroughWhatFits()
    {
        QFETCH(QString, filter);
        QFETCH(QString, keys);
        FilterProblem problem;
        const auto parsed = KeyFilter::parse(filter.toStdString(), problem);
        QVERIFY(parsed);
        QStringList found;
        for (const auto &key : three()) {
            if (parsed->matches({key.policy, key.key, key.row, 1}, now)) {
                found << QString::fromUtf8(key.key);
            }
        }
        QCOMPARE(found.join(QLatin1Char(' ')), keys);
    }

    void aShareIsReachedAtItsFigure()
    {
        for (std::uint32_t share = 1; share <= 100; ++share) {
            const KeyRow row {0, KeyState::Quiet, {}, share, 100, {100 - share, share, 0}, now, 100, share};
            const auto matches = [&](const std::string &than) {
                FilterProblem problem;
                return KeyFilter::parse(than + std::to_string(share) + '%', problem)->matches({"api", "anna", row, 1}, now);
            };
            for (const std::string field : {"used", "share"}) {
                QVERIFY2(matches(field + ">=") && matches(field + '=') && !matches(field + '>') && !matches(field + '<'), std::to_string(share).c_str());
            }
        }
    }

    void saysWhatIsWrongAndWhere_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("word");
        QTest::addColumn<int>("at");
        const auto line = [](const char *name, const char *filter, FilterProblem::Kind kind, const char *word, int at) {
            QTest::newRow(name) << QString::fromUtf8(filter) << static_cast<int>(kind) << QString::fromUtf8(word) << at;
        };
        line("a pattern", "api re:a(b", FilterProblem::Kind::Pattern, "re:a(b", 10);
        line("a pattern after letters of two bytes", "\xC3\xA4\xC3\xB6 re:[", FilterProblem::Kind::Pattern, "re:[", 7);
        line("a pattern alone", "re:[", FilterProblem::Kind::Pattern, "re:[", 4);
        line("a pattern after spaces", "  !re:[", FilterProblem::Kind::Pattern, "!re:[", 7);
        line("in the middle of a pattern", "re:ab)cd", FilterProblem::Kind::Pattern, "re:ab)cd", 6);
        line("the first of a pattern", "bot re:*cd", FilterProblem::Kind::Pattern, "re:*cd", 8);
        line("after a character of two units", "\xF0\x9F\x98\x80 re:\xF0\x9F\x98\x80)x", FilterProblem::Kind::Pattern, "re:\xF0\x9F\x98\x80)x", 7);
        line("a value", "rejected>many", FilterProblem::Kind::Number, "many", 10);
        line("a unit that this field has not", "limit>5%", FilterProblem::Kind::Number, "5%", 7);
        line("a field", "bot !rejcted>0", FilterProblem::Kind::Field, "rejcted", 6);
        line("a state", "state:asleep", FilterProblem::Kind::State, "state:asleep", 7);
    }

    void saysWhatIsWrongAndWhere()
    {
        QFETCH(QString, filter);
        QFETCH(int, kind);
        QFETCH(QString, word);
        QFETCH(int, at);
        FilterProblem problem;
        QVERIFY(!KeyFilter::parse(filter.toStdString(), problem));
        QCOMPARE(static_cast<int>(problem.kind), kind);
        QCOMPARE(QString::fromStdString(problem.word), word);
        QCOMPARE(static_cast<int>(problem.at), at);
        QCOMPARE(problem.filter, filter.toStdString());
        QCOMPARE(problem.detail.empty(), problem.kind != FilterProblem::Kind::Pattern);
    }

    // A pattern that would try for years gives up.
    void noPatternHoldsUpTheFeed()
    {
        FilterProblem problem;
        const auto filter = KeyFilter::parse("re:^api:(a+)+$", problem);
        QVERIFY(filter);
        const std::string key = std::string(900, 'a') + '!';
        QElapsedTimer clock;
        clock.start();
        QVERIFY(!filter->matches({"api", key, {}, 1}, now));
        qInfo("gave up after %.2f ms", static_cast<double>(clock.nsecsElapsed()) / 1e6);
        QVERIFY(filter->matches({"api", "aaaa", {}, 1}, now));
    }
};

QTEST_APPLESS_MAIN(KeyFilterTest)
#include "tst_KeyFilter.moc"
