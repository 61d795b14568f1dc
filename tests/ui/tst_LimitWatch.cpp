// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "KeyDesk.h"
#include "models/LimitWatch.h"

#include <QTest>

using namespace rateguard;

class tst_LimitWatch : public QObject
{
    Q_OBJECT

    // The same history and list each time, as the feed gives them.
    struct Bench
    {
        Bench()
        {
            desk.detail.override.reset();
            snapshot = desk.snapshot();
            watch.setKey("search", "scraper");
        }
        std::optional<double> rateAt(Instant at) const { return pieceAt(watch.course(), at).perSecond(); }
        void pass(Duration time)
        {
            snapshot.now += time;
            auto detail = std::make_shared<KeyDetail>(*snapshot.detail);
            detail->at = snapshot.now;
            snapshot.detail = detail;
        }

        KeyDesk desk; // an exemption lifted an hour ago, 100/min to 60/min 94 seconds ago
        Snapshot snapshot;
        LimitWatch watch;
    };

private slots:
    void theCourseIsThatOfTheHistory()
    {
        Bench bench;
        QVERIFY(bench.watch.take(bench.snapshot));
        QVERIFY(bench.rateAt(KeyDesk::now) == 1.0);
        QVERIFY(bench.rateAt(KeyDesk::now - 95s) == Limit({100, 1min}).perSecond());
        QVERIFY(!bench.rateAt(KeyDesk::now - 61min)); // exempt
    }

    void itIsWorkedOutAnewOnlyWhenSomethingChanged()
    {
        Bench bench;
        QVERIFY(bench.watch.take(bench.snapshot));
        bench.pass(1s);
        QVERIFY(!bench.watch.take(bench.snapshot));
        bench.snapshot.history = std::make_shared<EditHistory>(bench.desk.history); // says the same
        QVERIFY(!bench.watch.take(bench.snapshot));
    }

    void aChangeIsAStepBeforeTheHistoryTellsOfIt()
    {
        Bench bench;
        bench.watch.take(bench.snapshot);
        bench.pass(10s);
        bench.snapshot.policies[0].rule = {{30, 1min}, Mode::Enforce, 4};
        QVERIFY(bench.watch.take(bench.snapshot));
        QVERIFY(bench.rateAt(KeyDesk::now + 9s) == 1.0);
        QVERIFY(bench.rateAt(KeyDesk::now + 10s) == 0.5);
        bench.desk.history.entries.insert(bench.desk.history.entries.begin(),
                                          {KeyDesk::now + 9900ms, "search", std::nullopt, 4, "3 enforce log 60/60000", "4 enforce log 30/60000", "ada", ""});
        bench.snapshot.history = std::make_shared<EditHistory>(bench.desk.history);
        QVERIFY(bench.watch.take(bench.snapshot)); // now to the millisecond
        QVERIFY(bench.rateAt(KeyDesk::now + 9899ms) == 1.0);
        QVERIFY(bench.rateAt(KeyDesk::now + 9900ms) == 0.5);
    }

    void anOverrideIsSeenInTheDetailsOrInTheList()
    {
        for (const bool detailed : {true, false}) {
            Bench bench;
            if (!detailed)
                bench.snapshot.detail = nullptr;
            bench.watch.take(bench.snapshot);
            QVERIFY(bench.rateAt(KeyDesk::now) == 1.0);
            bench.snapshot.now += 5s;
            const Override ban {Override::Kind::Ban, {}, KeyDesk::now + 1h, 9};
            if (detailed) {
                auto detail = std::make_shared<KeyDetail>(*bench.snapshot.detail);
                detail->override = ban;
                bench.snapshot.detail = detail;
            } else {
                bench.desk.overrides.all = {{"search", "other", ban}, {"search", "scraper", ban}};
                bench.snapshot.overrides = std::make_shared<OverrideList>(bench.desk.overrides);
            }
            QVERIFY(bench.watch.take(bench.snapshot));
            QVERIFY(bench.rateAt(KeyDesk::now + 4s) == 1.0);
            QVERIFY(bench.rateAt(KeyDesk::now + 5s) == 0.0);
            QVERIFY(bench.rateAt(KeyDesk::now + 1h) == 1.0); // it ends
        }
    }

    void anotherKeyBeginsAnew()
    {
        Bench bench;
        bench.watch.take(bench.snapshot);
        bench.watch.setKey("search", "other");
        QVERIFY(bench.watch.course().empty());
        bench.desk.overrides.all = {{"search", "other", {Override::Kind::Ban, {}, std::nullopt, 1}}};
        bench.snapshot.overrides = std::make_shared<OverrideList>(bench.desk.overrides);
        QVERIFY(bench.watch.take(bench.snapshot)); // the details are still those of the key before
        QVERIFY(bench.rateAt(KeyDesk::now) == 0.0);
        QVERIFY(bench.rateAt(KeyDesk::now - 6h) == Limit({100, 1min}).perSecond());
    }

    void withoutAnyReadingNothingIsDrawn()
    {
        Bench bench;
        bench.snapshot.detail = nullptr;
        bench.snapshot.overrides = nullptr;
        bench.snapshot.history = nullptr;
        bench.watch.take(bench.snapshot);
        QVERIFY(!bench.rateAt(KeyDesk::now));
    }
};

QTEST_APPLESS_MAIN(tst_LimitWatch)
#include "tst_LimitWatch.moc"
