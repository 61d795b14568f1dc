// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/Edits.h"
#include "support/FeedViewer.h"
#include "support/Service.h"

#include <algorithm>
#include <csignal>

using namespace rateguard;
using namespace std::chrono_literals;
using Status = EditOutcome::Status;

// What a feed says and keeps while Redis goes away, comes back, or is another one.
class FeedOutagesTest : public QObject
{
    Q_OBJECT

private slots:
    void redisDiesAndComesBack()
    {
        TestRedis redis({QStringLiteral("--appendonly"), QStringLiteral("yes"), QStringLiteral("--appendfsync"), QStringLiteral("always")});
        FeedViewer viewer(redis.url());
        Service service(redis.url());
        service.askTimes(3, "search", "ann", {100, 60s});
        QTRY_COMPARE(viewer.last.total.requests(), std::uint64_t {3});
        viewer.feed.submit(editOf(1, {50, 60s}, 1, Mode::Enforce, ""));
        QTRY_VERIFY(!viewer.edits.empty() && viewer.edits[0].status == Status::Applied);
        QTRY_VERIFY(!viewer.last.all.back().gap); // a whole second was heard

        redis.crash();
        QTRY_VERIFY_WITH_TIMEOUT(viewer.last.link.state == LinkState::Lost, 2000);
        QVERIFY(!viewer.last.link.detail.empty());
        const auto frozen = viewer.last.rates;
        QVERIFY(frozen.requests() > 0);
        QVERIFY(!hasHole(viewer, "ann"));
        viewer.feed.submit(editOf(2, {40, 60s}, 2, Mode::Enforce, ""));
        QTRY_VERIFY(viewer.edits.back().id == 2 && viewer.edits.back().status == Status::Refused);
        QTest::qWait(1100);
        QCOMPARE(viewer.last.rates, frozen); // what we cannot know does not become zero
        redis.start();
        QTRY_VERIFY_WITH_TIMEOUT(viewer.last.link.state == LinkState::Live, 10'000);
        QTRY_COMPARE(viewer.last.policies.size(), std::size_t {1});
        QCOMPARE(viewer.last.policies[0].rule, (Rule {{50, 60s}, Mode::Enforce, 2}));
        QVERIFY(viewer.last.lostLimits.empty());
        QVERIFY(viewer.sawGap);
        Service again(redis.url());
        again.askTimes(2, "search", "ann", {100, 60s});
        QTRY_COMPARE(viewer.last.total.requests(), std::uint64_t {5});
        QTRY_VERIFY(hasHole(viewer, "ann")); // not a calm time
    }

    void countsNoDecisionTwiceWhenTheConnectionBreaks()
    {
        TestRedis redis;
        FeedViewer viewer(redis.url());
        Service service(redis.url());
        std::uint64_t made = 0;
        for (int i = 0; i < 3; ++i) {
            made += 3;
            service.askTimes(3, "search", "ann", {100, 60s});
            QTRY_COMPARE(viewer.last.total.requests(), made);
            redis.ask({"CLIENT", "KILL", "TYPE", "pubsub"});
            QTRY_VERIFY(viewer.last.link.state != LinkState::Live);
            QTRY_VERIFY_WITH_TIMEOUT(viewer.last.link.state == LinkState::Live, 10'000);
            made += 1;
            service.askTimes(1, "search", "ann", {100, 60s});
            QTRY_VERIFY(viewer.last.total.requests() >= made);
            QCOMPARE(viewer.last.total.requests(), made);
            QVERIFY(viewer.row("ann") && viewer.row("ann")->total.requests() == made);
        }
        QCOMPARE(viewer.last.batchesLost, std::uint64_t {0});
    }

    void offersToRestoreLimitsThatRedisForgot()
    {
        TestRedis redis; // without persistence
        FeedViewer viewer(redis.url());
        viewer.feed.submit(editOf(1, {50, 60s}, std::nullopt, Mode::Shadow, ""));
        QTRY_COMPARE(viewer.last.policies.size(), std::size_t {1});
        redis.crash();
        QTRY_VERIFY(viewer.last.link.state == LinkState::Lost);
        redis.start();
        QTRY_COMPARE_WITH_TIMEOUT(viewer.last.lostLimits, (std::vector<std::string> {"search"}), 10'000);
        viewer.feed.restore({"search"});
        QTRY_COMPARE(viewer.last.policies.size(), std::size_t {1});
        QCOMPARE(viewer.last.policies[0].rule, (Rule {{50, 60s}, Mode::Shadow, 2}));
        QTRY_VERIFY(viewer.last.lostLimits.empty());
    }

    void anEditWhoseAnswerIsLostIsLookedUp()
    {
        TestRedis redis({QStringLiteral("--appendonly"), QStringLiteral("yes"), QStringLiteral("--appendfsync"), QStringLiteral("always")});
        FeedViewer viewer(redis.url());
        viewer.feed.submit(editOf(1, {50, 60s}, 0, Mode::Enforce, ""));
        QTRY_VERIFY(!viewer.edits.empty());
        ::kill(static_cast<pid_t>(redis.server().processId()), SIGSTOP);
        viewer.feed.submit(editOf(2, {40, 60s}, 1, Mode::Enforce, ""));
        QTest::qWait(100);
        redis.crash();
        QTRY_VERIFY(viewer.edits.back().id == 2 && viewer.edits.back().status == Status::Unknown);
        redis.start();
        QTRY_VERIFY_WITH_TIMEOUT(viewer.edits.back().status == Status::Refused, 10'000); // it had not been made
        QVERIFY2(viewer.edits.back().message.find("Apply it again") != std::string::npos, viewer.edits.back().message.c_str());
        const auto now = viewer.last.now;
        QTRY_VERIFY(viewer.last.now > now + 500ms);
        QCOMPARE(std::count_if(viewer.edits.begin(), viewer.edits.end(), [](const EditOutcome &it) { return it.id == 2 && it.status == Status::Refused; }), 1); // told once
    }

    void switchesToAnotherRedis()
    {
        TestRedis one;
        TestRedis two;
        FeedViewer viewer(one.url());
        Service(one.url()).askTimes(3, "search", "ann", {100, 60s});
        QTRY_COMPARE(viewer.last.total.requests(), std::uint64_t {3});
        viewer.feed.watch(two.url());
        QTRY_VERIFY(viewer.last.link.state == LinkState::Live && viewer.last.link.endpoint == two.url().display().toStdString() && viewer.last.started);
        Service(two.url()).askTimes(2, "search", "ben", {100, 60s});
        QTRY_COMPARE(viewer.last.total.requests(), std::uint64_t {2});
    }

private:
    // Whether the last minute of the key has a hole between two seconds that were heard.
    static bool hasHole(const FeedViewer &viewer, const std::string &key)
    {
        for (const auto &entry : viewer.last.table.held) {
            const auto heard = [](const MinuteSlice &slice) { return !slice.gap; };
            const auto from = std::find_if(entry.minute.begin(), entry.minute.end(), heard);
            const auto hole = std::find_if_not(from, entry.minute.end(), heard);
            if (entry.key == key && std::find_if(hole, entry.minute.end(), heard) != entry.minute.end()) {
                return true;
            }
        }
        return false;
    }
};

QTEST_GUILESS_MAIN(FeedOutagesTest)
#include "tst_FeedOutages.moc"
