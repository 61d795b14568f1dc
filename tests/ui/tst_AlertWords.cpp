// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/AlertJson.h"
#include "models/AlertWords.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;
using State = AlertBook::State;

class tst_AlertWords : public QObject
{
    Q_OBJECT

    static AlertRule rule(AlertKind kind, double threshold, std::chrono::seconds hold, AlertScope scope = AlertScope::All, const char *pattern = "")
    {
        return {0, kind, threshold, usualClearAt(threshold), hold, scope, pattern, true};
    }

private slots:
    void rulesReadAsSentences()
    {
        QCOMPARE(alertRuleText(rule(AlertKind::RejectedShare, 20, 30s)), QStringLiteral("Rejected share above 20 % over 30 s (all policies)"));
        QCOMPARE(alertRuleText(rule(AlertKind::Rejections, 1500, 90s, AlertScope::Policy, "api*")), QStringLiteral("Rejections above 1,500/s over 90 s (policies api*)"));
        QCOMPARE(alertRuleText(rule(AlertKind::NearLimit, 5, 2min, AlertScope::Key, "api:<b>")), QStringLiteral("More than 5 keys near their limit for 2 min (keys api:<b>)"));
        QCOMPARE(alertRuleText(rule(AlertKind::EventLag, 2000, 10s)), QStringLiteral("Event lag above 2 s for 10 s"));
        QCOMPARE(alertRuleText(rule(AlertKind::EventLag, 1550, 10s)), QStringLiteral("Event lag above 1,550 ms for 10 s"));
        QCOMPARE(alertRuleText(rule(AlertKind::Disconnected, 0, 10s)), QStringLiteral("No answer from Redis for 10 s"));
        QCOMPARE(alertRuleText(rule(AlertKind::Rejections, 10, 1s)), QStringLiteral("Rejections above 10/s over 5 s (all policies)")); // what rates cover
        QCOMPARE(alertRuleText(rule(AlertKind::Silence, 0, 1h)), QStringLiteral("No decision for 1 h (all policies)"));
    }

    void everyStateHasASignOfItsOwn()
    {
        QStringList signs;
        AlertBook::Status status;
        status.value = 1;
        for (const State state : {State::Off, State::Ok, State::Pending, State::Firing, State::Snoozed}) {
            status.state = state;
            const QString sign = alertStateText(status, {}).left(1);
            QVERIFY(!signs.contains(sign));
            signs << sign;
        }
        status.snoozedUntil = Instant(10min);
        QCOMPARE(alertStateText(status, Instant(6min)), QStringLiteral("◌ Snoozed 4 min"));
        status.snoozedUntil = Instant::max();
        QCOMPARE(alertStateText(status, Instant(6min)), QStringLiteral("◌ Snoozed"));
    }

    void timesAreInWholeSeconds()
    {
        AlertBook::Status status;
        status.rule = rule(AlertKind::Disconnected, 0, 10s);
        status.state = State::Pending;
        status.value = 1;
        QCOMPARE(alertStateText(status, {}), QStringLiteral("△ Pending"));
        QCOMPARE(alertNowText(status), QStringLiteral("away for <1 s"));
        status.held = 12'900ms;
        QCOMPARE(alertStateText(status, {}), QStringLiteral("△ Pending 12 s"));
        QCOMPARE(alertNowText(status), QStringLiteral("away for 12 s"));
        QCOMPARE(alertFigure(AlertKind::Silence, 0.2), QStringLiteral("<1 s"));
        QCOMPARE(alertLastedText(45min), QStringLiteral("45 min"));
        QCOMPARE(alertLastedText(119s), QStringLiteral("1 min")); // not more than it was
    }

    void whatIsWrongIsSaidWithWhatToDo()
    {
        QVERIFY(alertProblem(rule(AlertKind::RejectedShare, 20, 30s)).isEmpty());
        QCOMPARE(alertProblem(rule(AlertKind::Rejections, 20, 30s, AlertScope::Policy)), QStringLiteral("Name the policies, for example api* or search."));
        QVERIFY(alertProblem(rule(AlertKind::NearLimit, 20, 30s, AlertScope::Key, "a*")).contains(QStringLiteral("choose 9 or less")));
        AlertRule ends = rule(AlertKind::Rejections, 20, 30s);
        ends.clearAt = 21;
        QVERIFY(alertProblem(ends).contains(QStringLiteral("20/s or less")));
        for (const AlertKind kind : {AlertKind::Rejections, AlertKind::RejectedShare, AlertKind::NearLimit, AlertKind::Silence, AlertKind::EventLag, AlertKind::Disconnected}) {
            for (const AlertScope scope : {AlertScope::All, AlertScope::Policy, AlertScope::Key}) {
                for (const double threshold : {-1.0, 0.0, 5.0, 1e12}) {
                    const AlertRule one = rule(kind, threshold, 10s, scope, scope == AlertScope::All ? "" : "x");
                    QCOMPARE(alertProblem(one).isEmpty(), isValid(one));
                }
            }
        }
    }

    void noticesNameRuleFigureAndKey()
    {
        AlertRule share = rule(AlertKind::RejectedShare, 20, 30s);
        share.id = 1;
        AlertRule lag = rule(AlertKind::EventLag, 2000, 10s);
        lag.id = 2;
        AlertEvent event;
        event.rule = 1;
        event.value = 37;
        event.policy = "search";
        event.key = "<i>bot";
        const auto one = alertNoticeWords({{{event, 1}}, false}, {share, lag});
        QCOMPARE(one.title, QStringLiteral("▲ Rejected share above 20 %"));
        QCOMPARE(one.text, QStringLiteral("Rejected share above 20 % over 30 s (all policies): 37 %, most of all search · <i>bot"));
        AlertEvent other;
        other.rule = 2;
        other.value = 2600;
        const auto more = alertNoticeWords({{{event, 2}, {other, 1}}, true}, {share, lag});
        QCOMPARE(more.title, QStringLiteral("▲ 3 alerts in the last minute"));
        QVERIFY(more.text.contains(QStringLiteral("(2 times); Event lag above 2 s for 10 s: 2.6 s")));
        QVERIFY(alertNoticeWords({{{event, 1}}, false}, {lag}).title.isEmpty()); // the rule is no more
    }

    void rulesSurviveTheSettings()
    {
        std::vector<AlertRule> rules = defaultAlertRules();
        rules.push_back(rule(AlertKind::Rejections, 12.5, 90s, AlertScope::Key, "søk:\"user-*"));
        rules.back().enabled = false;
        rules.back().clearAt = 3;
        const AlertRulesRead read = readAlertRules(alertRulesToJson(rules));
        QVERIFY(read.damaged.isEmpty());
        QVERIFY(read.rules == rules);
        QVERIFY(readAlertRules("[]").rules.empty());
    }

    void whatIsNoRuleIsKeptAside()
    {
        const auto read = readAlertRules(R"([{"kind":"lag","above":5,"seconds":10},{"kind":"moon","seconds":10},7,{"kind":"share","seconds":10},{"kind":"lag","above":5,"seconds":1e30}])");
        QCOMPARE(read.rules.size(), std::size_t {1});
        QCOMPARE(read.rules[0].clearAt, 4.0);
        QCOMPARE(read.damaged.size(), 4);
        QCOMPARE(read.damaged[0], QStringLiteral(R"([{"kind":"moon","seconds":10}])"));
        const auto torn = readAlertRules("[{\"kind\":");
        QCOMPARE(torn.damaged, QStringList(QStringLiteral("[{\"kind\":")));
    }
};

QTEST_GUILESS_MAIN(tst_AlertWords)
#include "tst_AlertWords.moc"
