// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/FollowedKeys.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

const Instant t0 {1'700'000'040s};

DecisionEvent at(Instant when, std::string_view key)
{
    DecisionEvent event;
    event.at = when;
    event.policy = "search";
    event.key = key;
    return event;
}

std::uint64_t allowedIn(const LongHistory &history, Instant now)
{
    std::uint64_t sum = 0;
    for (const auto &slice : history.series(600s, now)) {
        sum += slice.allowed;
    }
    return sum;
}

} // namespace

class FollowedKeysTest : public QObject
{
    Q_OBJECT

private slots:
    void countsAKeyFromWhenItIsLookedAt()
    {
        FollowedKeys keys;
        TrafficHistory seconds;
        seconds.record(t0 - 5s, Verdict::Allowed, 4);
        keys.record(at(t0, "alice")); // nobody looks yet
        QCOMPARE(allowedIn(keys.follow("search", "alice", seconds, t0), t0 + 1s), std::uint64_t {4});
        keys.record(at(t0, "alice"));
        keys.record(at(t0, "bob"));
        QCOMPARE(allowedIn(*keys.find("search", "alice"), t0 + 1s), std::uint64_t {5});
        QVERIFY(!keys.find("search", "bob"));
        QVERIFY(!keys.find("other", "alice"));
    }

    void goesOnWhileAnotherOneIsLookedAt()
    {
        FollowedKeys keys;
        const TrafficHistory none;
        keys.follow("search", "alice", none, t0);
        keys.follow("search", "bob", none, t0);
        keys.record(at(t0 + 1s, "alice"));
        TrafficHistory more;
        more.record(t0, Verdict::Allowed, 100); // known already, so not taken again
        QCOMPARE(allowedIn(keys.follow("search", "alice", more, t0), t0 + 5s), std::uint64_t {1});
    }

    void forgetsTheOneNotLookedAtForLongest()
    {
        FollowedKeys keys;
        const TrafficHistory none;
        for (std::size_t i = 0; i < FollowedKeys::capacity; ++i) {
            keys.follow("search", std::to_string(i), none, t0);
        }
        keys.follow("search", "0", none, t0);
        keys.follow("search", "new", none, t0);
        QVERIFY(keys.find("search", "0"));
        QVERIFY(!keys.find("search", "1"));
        QVERIFY(keys.find("search", "2"));
    }
};

QTEST_APPLESS_MAIN(FollowedKeysTest)
#include "tst_FollowedKeys.moc"
