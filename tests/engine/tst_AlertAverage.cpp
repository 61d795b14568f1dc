// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/AlertAverage.h"

#include "Dice.h"

using namespace rateguard;
using namespace std::chrono_literals;

class tst_AlertAverage : public QObject
{
    Q_OBJECT

private slots:
    void knowsNothingAtFirst()
    {
        AlertAverage average(10s);
        QVERIFY(!average.mean());
        average.add({1, 2, 3}, 0ms);
        QVERIFY(!average.mean());
        average.add({1, 2, 3}, 9999ms);
        QCOMPARE(average.mean()->rejected, 2.0);
        QVERIFY(!average.isFull());
        average.add({1, 2, 3}, 1ms);
        QVERIFY(average.isFull());
        average.clear();
        QVERIFY(!average.mean() && !average.isFull());
    }

    void weighsByTimeAndForgets()
    {
        AlertAverage average(10s);
        average.add({0, 100, 0}, 5s);
        average.add({0, 0, 40}, 5s);
        QCOMPARE(average.mean()->rejected, 50.0);
        QCOMPARE(average.mean()->wouldReject, 20.0);
        average.add({0, 0, 0}, 2500ms);
        QCOMPARE(average.mean()->rejected, 25.0);
        average.add({0, 0, 0}, 1h); // longer than all of it
        QCOMPARE(average.mean()->rejected, 0.0);
    }

    // To a sixtieth of the span, whatever the span and the steps are.
    void isTheMeanOfTheSpan()
    {
        Dice dice(seedOfTheDay());
        for (const Duration span : {Duration(5s), Duration(30s), Duration(10min), Duration(24h)}) {
            AlertAverage average(span);
            std::vector<std::pair<Duration, double>> all;
            double rate = 0;
            for (int i = 0; i < 20'000; ++i) {
                if (dice.oneIn(50))
                    rate = static_cast<double>(dice(0, 100));
                const Duration lasted(dice(1, span.count() / 300));
                all.emplace_back(lasted, rate);
                average.add({0, rate, 0}, lasted);
                if (i % 100 != 0)
                    continue;
                Duration known {0};
                double sum = 0;
                for (auto it = all.rbegin(); it != all.rend() && known < span; ++it) {
                    const Duration part = std::min(it->first, span - known);
                    sum += it->second * static_cast<double>(part.count());
                    known += part;
                }
                QCOMPARE(average.isFull(), known == span);
                QVERIFY(std::abs(average.mean()->rejected - sum / static_cast<double>(known.count())) <= 100.0 / 60);
            }
        }
    }
};

QTEST_APPLESS_MAIN(tst_AlertAverage)
#include "tst_AlertAverage.moc"
