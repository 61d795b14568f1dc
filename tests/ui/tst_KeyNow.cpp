// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "KeyDesk.h"
#include "models/KeyNow.h"

#include <QTest>

#include <functional>
#include <set>

using namespace rateguard;

Q_DECLARE_METATYPE(std::function<void(KeyDesk &)>)

namespace {

using Change = std::function<void(KeyDesk &)>;

KeyNow nowOf(const KeyDesk &desk, Instant at = KeyDesk::now, double nearShare = 0.8)
{
    return keyNow(desk.detail, &desk.policy, nearShare, at);
}

QString told(const KeyDesk &desk, Instant at = KeyDesk::now)
{
    return nextDecisionText(desk.detail, nowOf(desk, at));
}

void rest(KeyDesk &desk) // no request for some seconds, and room for some
{
    desk.detail.next = Decision {Verdict::Allowed, 60, 0, Duration(0), Duration(0), 1min, 3, Why::Limit};
    desk.detail.row.rates = {};
}

} // namespace

class tst_KeyNow : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatARequestWouldBeTold_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const Change &change, const char *text) { QTest::newRow(name) << change << QString::fromUtf8(text); };
        row("rejected", [](KeyDesk &) {}, "Rejected, and told to wait 3.2 s: no room in the last 60 s.");
        row("counted down", [](KeyDesk &desk) { desk.detail.at -= 1500ms; }, "Rejected, and told to wait 1.7 s: no room in the last 60 s.");
        row("admitted", [](KeyDesk &desk) {
            desk.detail.next = Decision {Verdict::Allowed, 60, 12, Duration(0), Duration(0), 1min, 3, Why::Limit};
            desk.detail.admitted.resize(47);
        }, "Admitted. 12 of 60 in 60 s would be left.");
        row("by a bucket, which has no stamps", [](KeyDesk &desk) {
            desk.policy.rule.limit.algorithm = Algorithm::Bucket;
            desk.detail.admitted.clear();
            desk.detail.next = Decision {Verdict::Allowed, 60, 12, Duration(0), Duration(0), 1min, 3, Why::Limit};
        }, "Admitted. 12 of 60 in 60 s would be left.");
        row("rejected by a bucket", [](KeyDesk &desk) {
            desk.policy.rule.limit.algorithm = Algorithm::Bucket;
            desk.detail.admitted.clear();
        }, "Rejected, and told to wait 3.2 s: no room in the last 60 s.");
        row("over by now, and not known how much is used", [](KeyDesk &desk) {
            desk.policy.rule.limit.algorithm = Algorithm::Bucket;
            desk.detail.admitted.clear();
            desk.detail.at -= 1s;
            desk.detail.next->retryAfter = 900ms;
        }, "Probably admitted: the window has room again by now, unless other requests of this key came in between.");
        row("exempt", [](KeyDesk &desk) { desk.detail.next = Decision {Verdict::Allowed, 0, 0, Duration(0), Duration(0), 1min, 3, Why::Exempt}; },
            "Admitted, because the key is exempt: nothing of it is counted.");
        row("off", [](KeyDesk &desk) { desk.detail.next = Decision {Verdict::Allowed, 0, 0, Duration(0), Duration(0), 1min, 3, Why::Off}; },
            "Admitted, because the policy is off: nothing is counted.");
        row("shadow", [](KeyDesk &desk) { desk.detail.next->verdict = Verdict::WouldReject; },
            "Admitted by shadow mode only: no room in the last 60 s; enforced, it would wait 3.2 s.");
        row("banned", [](KeyDesk &desk) { desk.detail.next->why = Why::Ban; }, "Rejected, because the key is banned.");
        row("banned for good", [](KeyDesk &desk) {
            desk.detail.next->why = Why::Ban;
            desk.detail.next->retryAfter.reset();
        }, "Rejected, because the key is banned until somebody lifts it.");
        row("not asked yet", [](KeyDesk &desk) { desk.detail.next.reset(); }, "Asking Redis…");
        row("no answer", [](KeyDesk &desk) {
            desk.detail.next.reset();
            desk.detail.error = "This Redis user may not call functions.";
        }, "Not known. This Redis user may not call functions.");
    }

    void saysWhatARequestWouldBeTold()
    {
        QFETCH(Change, change);
        QFETCH(QString, text);
        KeyDesk desk;
        change(desk);
        QCOMPARE(told(desk), text);
    }

    // Between two readings requests leave the window: the sentence follows the strip above it.
    void whatIsLeftAndWhatIsUsedAgeTogether()
    {
        KeyDesk desk;
        rest(desk);
        desk.detail.at = KeyDesk::now + 3250ms; // the first has just left
        std::set<std::uint32_t> seen;
        for (auto after = 0ms; after <= 2s; after += 100ms) {
            const KeyNow now = nowOf(desk, desk.detail.at + after);
            const std::uint32_t used = now.fills.at(0).used.value();
            QCOMPARE(fillText(now.fills.at(0)), QStringLiteral("%1 of 60 used").arg(used));
            QCOMPARE(nextDecisionText(desk.detail, now), QStringLiteral("Admitted. %1 of 60 in 60 s would be left.").arg(60 - used - 1));
            seen.insert(used);
        }
        QVERIFY(seen == (std::set<std::uint32_t> {57, 58, 59}));
    }

    // "83 used, the limit is 20 now" is said once: beside it stands when there is room again, and no other figure.
    void afterALiftedLimitOfItsOwnThereIsOneFigure()
    {
        KeyDesk desk;
        desk.policy.rule.limit = {20, 1min};
        desk.detail.next = Decision {Verdict::Rejected, 20, 0, Duration(39200), Duration(39200), 1min, 4, Why::Limit};
        const KeyNow now = nowOf(desk);
        QCOMPARE(fillText(now.fills.at(0)), QStringLiteral("60 used, the limit is 20 now"));
        QCOMPARE(nextDecisionText(desk.detail, now), QStringLiteral("Rejected, and told to wait 40 s: no room in the last 60 s."));
    }

    void theTightestOfSeveralWindowsSpeaks()
    {
        KeyDesk desk;
        rest(desk);
        desk.policy.rule.limit.push({1000, 1h});
        desk.policy.rule.limit.push({9, 10s});
        desk.detail.admitted.resize(55);
        QVERIFY(nowOf(desk).fills.size() == 3);
        const QString text = told(desk);
        QVERIFY2(text == QStringLiteral("Admitted. 4 of 60 in 60 s would be left."), qPrintable(text));
    }

    void whatRedisDoesNotSayAnyMoreDoesNotAge()
    {
        KeyDesk desk;
        QVERIFY(!nowOf(desk, KeyDesk::now + 3s).isOld);
        const KeyNow later = nowOf(desk, KeyDesk::now + 50s);
        QVERIFY(later.isOld && later.at == KeyDesk::now + 2s);
        QCOMPARE(later.fills.at(0).used.value(), 60U);
    }

    void theStateIsThatOfTheFiguresBesideIt_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<int>("state");
        const auto row = [](const char *name, KeyState state, const Change &change) { QTest::newRow(name) << change << static_cast<int>(state); };
        row("full, and nobody asks", KeyState::Near, [](KeyDesk &) {});
        row("emptied since its last request", KeyState::Quiet, [](KeyDesk &desk) {
            desk.detail.admitted.clear();
            desk.detail.row.state = KeyState::Near; // as of its last request
            desk.detail.row.used = 60;
        });
        row("rejected", KeyState::Throttled, [](KeyDesk &desk) { desk.detail.row.rates.rejected = 1; });
        row("would be", KeyState::Shadowed, [](KeyDesk &desk) { desk.detail.row.rates.wouldReject = 1; });
        row("some room", KeyState::Active, [](KeyDesk &desk) {
            desk.detail.row.rates.allowed = 1;
            desk.detail.admitted.resize(47);
        });
        row("little room", KeyState::Near, [](KeyDesk &desk) {
            desk.detail.row.rates.allowed = 1;
            desk.detail.admitted.resize(48);
        });
        row("banned, and still it was rejected by its limit", KeyState::Banned, [](KeyDesk &desk) {
            desk.detail.row = {};
            desk.detail.row.state = KeyState::Throttled;
            desk.detail.row.rates.rejected = 1;
            desk.detail.override = Override {Override::Kind::Ban, {}, KeyDesk::now + 1min, 4};
        });
        row("a ban that has ended", KeyState::Near, [](KeyDesk &desk) { desk.detail.override = Override {Override::Kind::Ban, {}, KeyDesk::now, 4}; });
        row("banned and only watched", KeyState::Shadowed, [](KeyDesk &desk) {
            desk.policy.rule.mode = Mode::Shadow;
            desk.detail.row.rates.wouldReject = 1;
            desk.detail.override = Override {Override::Kind::Ban, {}, std::nullopt, 4};
        });
        row("exempt", KeyState::Exempt, [](KeyDesk &desk) { desk.detail.override = Override {Override::Kind::Exempt, {}, std::nullopt, 4}; });
        row("the policy is off", KeyState::Quiet, [](KeyDesk &desk) { desk.policy.rule.mode = Mode::Off; });
    }

    void theStateIsThatOfTheFiguresBesideIt()
    {
        QFETCH(Change, change);
        QFETCH(int, state);
        KeyDesk desk;
        rest(desk);
        change(desk);
        QCOMPARE(static_cast<int>(nowOf(desk).state), state);
    }

    void aShortWindowStandsAsItWasRead()
    {
        KeyDesk desk;
        desk.policy.rule.limit = {10, 1s};
        desk.policy.rule.limit.push({100, 1min});
        desk.detail.next = Decision {Verdict::Allowed, 10, 0, Duration(0), Duration(0), 1s, 3, Why::Limit};
        desk.detail.admitted.clear();
        for (const auto ago : {40s, 30s})
            desk.detail.admitted.push_back(KeyDesk::now - ago);
        for (int i = 8; i > 0; --i)
            desk.detail.admitted.push_back(KeyDesk::now - i * 110ms);
        const auto usedOf = [](const KeyNow &now) { return std::pair(now.fills[0].used, now.fills[1].used); };
        const auto read = nowOf(desk);
        QVERIFY(read.stands && read.fills[1].limit == (Limit {10, 1s}) && read.fills[1].used == 8U && read.fills[0].used == 10U);
        for (const auto later : {400ms, 900ms, 2500ms, 60'000ms}) { // until the next reading, and when Redis does not answer any more
            const auto now = nowOf(desk, KeyDesk::now + later);
            QVERIFY(now.stands && now.filledAt == desk.detail.at && usedOf(now) == usedOf(read));
            QCOMPARE(told(desk, KeyDesk::now + later), QStringLiteral("Admitted. 1 of 10 in 1 s would be left."));
        }
        desk.policy.rule.limit = {100, 10s}; // long enough to slide between two readings
        QVERIFY(!nowOf(desk, KeyDesk::now + 400ms).stands && nowOf(desk, KeyDesk::now + 400ms).filledAt == KeyDesk::now + 400ms);
    }

    void nearIsWhereTheReaderSaysItBegins()
    {
        KeyDesk desk;
        rest(desk);
        desk.detail.admitted.resize(30);
        QCOMPARE(nowOf(desk, KeyDesk::now, 0.5).state, KeyState::Near);
        QCOMPARE(nowOf(desk, KeyDesk::now, 0.51).state, KeyState::Quiet);
    }
};

QTEST_GUILESS_MAIN(tst_KeyNow)
#include "tst_KeyNow.moc"
