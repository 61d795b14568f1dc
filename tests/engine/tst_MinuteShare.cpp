// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "Dice.h"
#include "engine/MinuteShare.h"

#include <QTest>

#include <vector>

using namespace rateguard;
using namespace std::chrono_literals;

class MinuteShareTest : public QObject
{
    Q_OBJECT

    const Instant t0 {1'700'000'010s}; // where a quarter of a minute begins

private slots:
    void countsTheLastFortyFiveToSixtySeconds()
    {
        MinuteShare share;
        share.record(t0 + 14s, Verdict::Rejected);
        share.record(t0 + 14s, Verdict::Allowed);
        share.record(t0 + 14s, Verdict::WouldReject); // was let in
        QVERIFY(share.sum(t0 + 14s).requests == 3 && share.sum(t0 + 14s).rejected == 1);
        QCOMPARE(share.sum(t0 + 59s).requests, 3u);
        QCOMPARE(share.sum(t0 + 60s).requests, 0u);
    }

    void nothingCameWhereNothingCame()
    {
        QCOMPARE(MinuteShare().sum(t0).requests, 0u);
    }

    void startsOverWhenTheClockWasSetBack()
    {
        MinuteShare share;
        share.record(t0 + 1h, Verdict::Rejected);
        QCOMPARE(share.sum(t0).requests, 0u); // far ahead: not believed
        share.record(t0, Verdict::Allowed);
        QVERIFY(share.sum(t0).requests == 1 && share.sum(t0).rejected == 0);
    }

    void agreesWithANaiveModel()
    {
        Dice dice(seedOfTheDay());
        for (int round = 0; round < 100; ++round) {
            MinuteShare share;
            struct Seen
            {
                Instant at;
                Verdict verdict;
            };
            std::vector<Seen> all;
            auto now = t0 + std::chrono::milliseconds(dice(0, 60'000));
            for (int step = 0; step < 200; ++step) {
                now += std::chrono::milliseconds(dice(0, dice.oneIn(20) ? 90'000 : 3'000));
                all.push_back({now, static_cast<Verdict>(dice(0, 2))});
                share.record(now, all.back().verdict);
                const auto later = now + std::chrono::milliseconds(dice(0, 70'000));
                const auto from = std::chrono::floor<std::chrono::seconds>(later) - std::chrono::seconds(std::chrono::floor<std::chrono::seconds>(later).time_since_epoch().count() % 15) - 45s;
                std::uint32_t requests = 0;
                std::uint32_t rejected = 0;
                for (const auto &seen : all) {
                    requests += seen.at >= from;
                    rejected += seen.at >= from && seen.verdict == Verdict::Rejected;
                }
                QCOMPARE(share.sum(later).requests, requests);
                QCOMPARE(share.sum(later).rejected, rejected);
            }
        }
    }
};

QTEST_APPLESS_MAIN(MinuteShareTest)
#include "tst_MinuteShare.moc"
