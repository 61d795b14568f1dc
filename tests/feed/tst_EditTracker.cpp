// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/EditTracker.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

class EditTrackerTest : public QObject
{
    Q_OBJECT

private slots:
    void tellsTheFirstDecisionAfterTheAnswer()
    {
        EditTracker tracker;
        tracker.sent(edit, 3);
        tracker.outcome(applied);
        tracker.decided(decision("search", 3, t0 + 1ms)); // still under the old limit
        tracker.decided(decision("other", 4, t0 + 2ms));
        tracker.decided(decision("search", 4, t0 + 5ms));
        tracker.decided(decision("search", 4, t0 + 9ms));
        const auto news = tracker.takeNews();
        QCOMPARE(news.size(), std::size_t {2});
        QVERIFY(!news[0].firstDecisionAfter);
        QCOMPARE(news[1].firstDecisionAfter, std::optional(std::chrono::microseconds(5ms)));
    }

    void knowsADecisionThatOvertookTheAnswer()
    {
        EditTracker tracker;
        tracker.sent(edit, 3);
        tracker.decided(decision("search", 4, t0 + 2ms));
        tracker.decided(decision("search", 4, t0 + 3ms));
        QVERIFY(tracker.takeNews().empty());
        tracker.outcome(applied);
        QCOMPARE(tracker.takeNews().back().firstDecisionAfter, std::optional(std::chrono::microseconds(2ms)));
    }

    void keepsALostEditOpenUntilItIsResolved()
    {
        EditTracker tracker;
        tracker.sent(edit, 3, t0);
        QVERIFY(tracker.isPending(1));
        auto lost = applied;
        lost.status = EditOutcome::Status::Unknown;
        tracker.outcome(lost);
        QVERIFY(!tracker.isPending(1));
        QCOMPARE(tracker.unresolved().size(), std::size_t {1});
        QCOMPARE(tracker.unresolved()[0].sent, t0);
        tracker.outcome(applied);
        QVERIFY(tracker.unresolved().empty());
    }

    // Both connections come back, one after the other, and each time what is lost is looked up.
    void tellsOnceWhatWasLookedUpTwice()
    {
        for (const auto status : {EditOutcome::Status::Applied, EditOutcome::Status::Refused, EditOutcome::Status::Conflict}) {
            EditTracker tracker;
            tracker.sent(edit, 3, t0);
            auto outcome = applied;
            outcome.status = EditOutcome::Status::Unknown;
            tracker.outcome(outcome);
            outcome.status = status;
            tracker.takeNews();
            tracker.resolved(outcome);
            tracker.resolved(outcome);
            const auto news = tracker.takeNews();
            QVERIFY(news.size() == 1 && news[0].status == status);
        }
    }

    void forgetsWhatWasRefused()
    {
        EditTracker tracker;
        tracker.sent(edit, 3);
        auto refused = applied;
        refused.status = EditOutcome::Status::Conflict;
        tracker.outcome(refused);
        tracker.decided(decision("search", 9, t0));
        QCOMPARE(tracker.takeNews().size(), std::size_t {1});
    }

    void leavesNoEditWithoutAWordWhenTheConnectionIsReplaced_data()
    {
        QTest::addColumn<bool>("sameRedis");
        QTest::newRow("same Redis") << true;
        QTest::newRow("another Redis") << false;
    }

    void leavesNoEditWithoutAWordWhenTheConnectionIsReplaced()
    {
        QFETCH(bool, sameRedis);
        EditTracker before;
        before.sent(edit, 3);
        EditTracker after;
        after.inherit(before, sameRedis);
        const auto news = after.takeNews();
        QVERIFY(news.size() == 1 && news[0].id == edit.id && news[0].status == EditOutcome::Status::Unknown);
        QCOMPARE(after.unresolved().size(), std::size_t {sameRedis});
    }

    void staysBounded()
    {
        EditTracker tracker;
        for (std::uint64_t id = 1; id <= 10 * EditTracker::maxOpen; ++id) {
            auto one = edit;
            one.id = id;
            tracker.sent(one, 3);
            auto lost = applied;
            lost.id = id;
            lost.status = EditOutcome::Status::Unknown;
            tracker.outcome(lost);
            tracker.takeNews();
        }
        QCOMPARE(tracker.unresolved().size(), EditTracker::maxOpen);
    }

private:
    static DecisionEvent decision(std::string_view policy, std::uint64_t version, Instant at)
    {
        DecisionEvent event;
        event.policy = policy;
        event.version = version;
        event.at = at;
        return event;
    }

    const Instant t0 {1'700'000'000s};
    const LimitEdit edit = [] {
        LimitEdit wish;
        wish.id = 1;
        wish.policy = "search";
        wish.limit = {50, 60s};
        wish.expectedVersion = 3;
        return wish;
    }();
    const EditOutcome applied {1, EditOutcome::Status::Applied, "search", {}, {{50, 60s}, Mode::Enforce, 4}, {}, {}, 700us, t0, 1, 1, {}};
};

QTEST_GUILESS_MAIN(EditTrackerTest)
#include "tst_EditTracker.moc"
