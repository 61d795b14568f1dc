// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/AlertFigures.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

class tst_AlertFigures : public QObject
{
    Q_OBJECT

    static RankedKey key(const char *policy, const char *name, double rejected)
    {
        RankedKey made {policy, name, {}};
        made.row.rates.rejected = rejected;
        made.row.rates.allowed = 1;
        return made;
    }

    static Snapshot busy()
    {
        Snapshot snapshot;
        snapshot.link.state = LinkState::Live;
        snapshot.rates = {70, 30, 0};
        PolicyRow api;
        api.name = "api";
        api.rates = {60, 20, 0};
        PolicyRow search;
        search.name = "search";
        search.rates = {10, 10, 0};
        snapshot.policies = {api, search};
        snapshot.offenders = {key("api", "bot", 19), key("search", "bot", 9)};
        snapshot.nearLimit = {key("api", "a", 0), key("search", "b", 0), key("search", "c", 0)};
        snapshot.nearCount = 40;
        return snapshot;
    }

    static AlertReading read(AlertKind kind, const Snapshot &snapshot, AlertScope scope = AlertScope::All, const char *pattern = "")
    {
        AlertRule rule;
        rule.kind = kind;
        rule.scope = scope;
        rule.pattern = pattern;
        const AlertFigures figures = AlertFigures::of(snapshot);
        return readAlert(rule, figures, alertRates(rule, figures), 0);
    }

private slots:
    void readsAllTraffic()
    {
        QCOMPARE(*read(AlertKind::Rejections, busy()).value, 30.0);
        QCOMPARE(*read(AlertKind::RejectedShare, busy()).value, 30.0);
        QCOMPARE(*read(AlertKind::NearLimit, busy()).value, 40.0);
        QCOMPARE(read(AlertKind::Rejections, busy()).key, std::string("bot"));
        QCOMPARE(read(AlertKind::Rejections, busy()).policy, std::string("api"));
    }

    void readsPoliciesAndKeysByPattern()
    {
        const auto search = read(AlertKind::RejectedShare, busy(), AlertScope::Policy, "sea*");
        QCOMPARE(*search.value, 50.0);
        QCOMPARE(search.policy, std::string("search"));
        QCOMPARE(*read(AlertKind::Rejections, busy(), AlertScope::Key, "*:bot").value, 28.0);
        QCOMPARE(*read(AlertKind::Rejections, busy(), AlertScope::Key, "api:bot").value, 19.0);
        QCOMPARE(*read(AlertKind::NearLimit, busy(), AlertScope::Policy, "search").value, 2.0);
        QCOMPARE(*read(AlertKind::Rejections, busy(), AlertScope::Policy, "no-such").value, 0.0);
    }

    void aKeyThatOnlyWouldBeRejectedIsNotNamed()
    {
        Snapshot snapshot = busy();
        snapshot.offenders.insert(snapshot.offenders.begin(), key("api", "watched", 0));
        snapshot.offenders.front().row.rates.wouldReject = 90;
        QCOMPARE(read(AlertKind::RejectedShare, snapshot).key, std::string("bot"));
        snapshot.offenders.resize(1);
        QVERIFY(read(AlertKind::RejectedShare, snapshot).key.empty());
    }

    void aShareOfAlmostNothingIsNothing()
    {
        Snapshot snapshot = busy();
        snapshot.rates = {0.1, 0.9, 0};
        QCOMPARE(*read(AlertKind::RejectedShare, snapshot).value, 0.0);
        snapshot.rates = {1, 1, 0};
        QCOMPARE(*read(AlertKind::RejectedShare, snapshot).value, 50.0);
    }

    void knowsTheLagWhenItIsMeasuredOrEventsCome()
    {
        Snapshot snapshot = busy();
        snapshot.lag = 70ms;
        QCOMPARE(*read(AlertKind::EventLag, snapshot).value, 70.0);
        snapshot.health.eventLag = 1900us;
        QCOMPARE(*read(AlertKind::EventLag, snapshot).value, 1.9);
        snapshot.health.eventLag.reset();
        snapshot.rates = {};
        QVERIFY(!read(AlertKind::EventLag, snapshot).value);
    }

    void knowsNothingButTheOutageWhileTheServerIsAway()
    {
        Snapshot snapshot = busy();
        for (const LinkState state : {LinkState::Connecting, LinkState::Stale, LinkState::Lost, LinkState::Refused}) {
            snapshot.link.state = state;
            for (const AlertKind kind : {AlertKind::Rejections, AlertKind::RejectedShare, AlertKind::NearLimit, AlertKind::Silence, AlertKind::EventLag})
                QVERIFY(!read(kind, snapshot).value);
            QCOMPARE(*read(AlertKind::Disconnected, snapshot).value, 1.0);
        }
        snapshot.link.state = LinkState::Live;
        QCOMPARE(*read(AlertKind::Disconnected, snapshot).value, 0.0);
    }

    // One that was never reached, as it is down or waits for a password, has fallen silent for nobody.
    void aServerThatNeverAnsweredIsNotAway()
    {
        Snapshot snapshot = busy();
        snapshot.link.neverReached = true;
        for (const LinkState state : {LinkState::Idle, LinkState::Connecting, LinkState::Lost, LinkState::Refused}) {
            snapshot.link.state = state;
            QVERIFY(!read(AlertKind::Disconnected, snapshot).value);
        }
        snapshot.link = {};
        QVERIFY(!read(AlertKind::Disconnected, snapshot).value); // none was chosen
    }
};

QTEST_APPLESS_MAIN(tst_AlertFigures)
#include "tst_AlertFigures.moc"
