// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/AclUser.h"
#include "support/FeedViewer.h"

#include "feed/LiveFeed.h"

using namespace rateguard;

class tst_FeedRights : public QObject
{
    Q_OBJECT

    // What a feed says of its connection, asked for again and again.
    class Watcher : public QObject
    {
    public:
        Watcher()
        {
            connect(&feed, &LiveFeed::snapshotReady, this, [this] {
                if (const auto snapshot = feed.take()) {
                    link = snapshot->link;
                    edits.insert(edits.end(), snapshot->edits.begin(), snapshot->edits.end());
                }
                feed.request({});
            });
            feed.request({});
        }

        LiveFeed feed;
        LinkStatus link;
        std::vector<EditOutcome> edits;
    };

private slots:
    void aViewerMayOnlyWatchAndIsToldWhy()
    {
        TestRedis redis;
        Watcher watcher;
        watcher.feed.watch(urlOf(redis, "viewer"));
        QTRY_VERIFY(watcher.link.state == LinkState::Live && !watcher.link.mayEdit);
        QVERIFY2(watcher.link.rights.find("rateguardctl acl print operator") != std::string::npos, watcher.link.rights.c_str());
        QCOMPARE(redis.ask({"DBSIZE"}).integer, 0);

        // The next Redis is another matter.
        TestRedis other;
        watcher.feed.watch(urlOf(other, "operator"));
        QTRY_VERIFY(watcher.link.state == LinkState::Live && watcher.link.endpoint == other.url().display().toStdString());
        QTRY_VERIFY(watcher.link.mayEdit);
        QCOMPARE(watcher.link.rights, std::string());
    }

    void whoeverMayNotCallFunctionsHasCurvesAllTheSame()
    {
        TestRedis redis;
        FeedViewer(redis.url()); // brings the library
        setLimit(redis, "1000/60000");
        FeedViewer viewer(urlOf(redis, "viewer", QStringLiteral("-fcall_ro")));
        const auto isDrawn = [&] {
            check(redis, "ann");
            return std::any_of(viewer.last.all.begin(), viewer.last.all.end(), [](const SecondCounts &slice) { return !slice.gap && slice.allowed > 0; });
        };
        QTRY_VERIFY_WITH_TIMEOUT(isDrawn(), 15'000);
        QVERIFY(viewer.last.all.front().gap); // before we came
    }

    void oneConnectionIsReadOnlyAndTheNextIsNot()
    {
        TestRedis redis;
        Watcher watcher;
        watcher.feed.watch(redis.url(), true);
        QTRY_VERIFY(watcher.link.state == LinkState::Live);
        QVERIFY(!watcher.link.mayEdit);
        QVERIFY(watcher.link.rights.find("read-only") != std::string::npos);
        LimitEdit edit;
        edit.id = 1;
        edit.policy = "search";
        edit.limit.push({50, std::chrono::seconds(60)});
        watcher.feed.submit(edit);
        QTRY_COMPARE(watcher.edits.size(), std::size_t {1});
        QCOMPARE(watcher.edits[0].status, EditOutcome::Status::Refused);
        QCOMPARE(redis.ask({"FUNCTION", "LIST"}).items.size(), std::size_t {0});
        watcher.feed.watch(redis.url());
        QTRY_VERIFY(watcher.link.state == LinkState::Live && watcher.link.mayEdit);
    }

    void aProgramThatIsReadOnlyStaysSo()
    {
        TestRedis redis;
        FeedOptions options;
        options.readOnly = true;
        LiveFeed feed(options);
        LinkStatus link;
        connect(&feed, &LiveFeed::snapshotReady, &feed, [&] {
            if (const auto snapshot = feed.take()) {
                link = snapshot->link;
            }
            feed.request({});
        });
        feed.watch(redis.url(), false);
        feed.request({});
        QTRY_VERIFY(link.state == LinkState::Live);
        QVERIFY(!link.mayEdit);
    }

    void tellsAWrongPasswordFromOtherRefusals()
    {
        TestRedis redis({QStringLiteral("--requirepass"), QStringLiteral("secret")});
        Watcher watcher;
        watcher.feed.watch(redis.url());
        QTRY_VERIFY(watcher.link.state == LinkState::Refused);
        QVERIFY(watcher.link.asksPassword);
        auto url = redis.url();
        url.password = "secret";
        url.database = 99;
        watcher.feed.watch(url);
        QTRY_VERIFY(watcher.link.state == LinkState::Refused && watcher.link.endpoint == url.display().toStdString());
        QVERIFY(!watcher.link.asksPassword); // no password helps
    }
};

QTEST_GUILESS_MAIN(tst_FeedRights)
#include "tst_FeedRights.moc"
