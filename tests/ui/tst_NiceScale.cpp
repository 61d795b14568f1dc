// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/NiceScale.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <deque>
#include <random>

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

constexpr Instant start {1'700'000'000s};

// What is on screen: the last `span` seconds.
class Window
{
public:
    explicit Window(std::size_t span) : m_span(span) { }
    double peak(double rate)
    {
        m_rates.push_back(rate);
        if (m_rates.size() > m_span)
            m_rates.pop_front();
        return *std::max_element(m_rates.begin(), m_rates.end());
    }

private:
    std::size_t m_span;
    std::deque<double> m_rates;
};

double fitted(NiceScale &scale, double peak, Instant now, const std::vector<double> &limits = {})
{
    scale.fit(peak, limits, now);
    return scale.top();
}

} // namespace

class tst_NiceScale : public QObject
{
    Q_OBJECT

private slots:
    void stepsAreRoundAndWhatIsShownFillsTheScale()
    {
        for (double peak = 0.4; peak < 5e6; peak *= 1.01) {
            NiceScale scale;
            const double top = fitted(scale, peak, start);
            const double step = top / scale.intervals();
            const double digit = step / std::pow(10, std::floor(std::log10(step) + 1e-9));
            const double round[] {1, 2, 2.5, 5};
            QVERIFY2(std::any_of(std::begin(round), std::end(round), [&](double it) { return std::abs(it - digit) < 1e-6; }), qPrintable(QString::number(step)));
            QVERIFY(scale.intervals() >= 3 && scale.intervals() <= 5);
            QVERIFY2(top >= peak * 1.049 && (top <= peak * 1.41 || top == 0.5 || top == 1.5), qPrintable(QStringLiteral("%1 for %2").arg(top).arg(peak)));
            const double shown = scale.hasFractions() ? std::round(step * 10) / 10 : std::round(step); // as labels say it
            QVERIFY2(std::abs(shown - step) < 1e-9, qPrintable(QString::number(step)));
        }
    }

    void itGrowsAtOnceAndShrinksSoon()
    {
        NiceScale scale;
        QCOMPARE(fitted(scale, 500, start), 600.0);
        QCOMPARE(fitted(scale, 601, start + 1s), 800.0);
        for (int second = 2; second < 5; ++second)
            QCOMPARE(fitted(scale, 2, start + std::chrono::seconds(second)), 800.0);
        QCOMPARE(fitted(scale, 2, start + 5s), 2.5);
    }

    void itStaysWhileThePeakWobbles()
    {
        NiceScale scale;
        const double top = fitted(scale, 100, start);
        for (int second = 1; second < 200; ++second)
            QCOMPARE(fitted(scale, second % 10 < 5 ? 115 : 92, start + std::chrono::seconds(second)), top);
    }

    void otherFiguresAreFittedAtOnce()
    {
        NiceScale scale;
        fitted(scale, 1000, start);
        scale.fitAnew();
        QCOMPARE(fitted(scale, 2, start + 1s), 2.5);
        fitted(scale, 1000, start + 2s);
        QCOMPARE(fitted(scale, 2, start + 10s), 2.5); // nobody looked at it meanwhile
        fitted(scale, 1000, start + 11s);
        QCOMPARE(fitted(scale, 2, start), 2.5); // another server, or its clock was set
    }

    void aLimitIsInsideWhileThePeakIsNearIt()
    {
        NiceScale scale;
        QCOMPARE(fitted(scale, 39, start, {100}), 50.0);
        QCOMPARE(fitted(scale, 40, start + 1s, {100}), 125.0);
        for (int second = 2; second < 10; ++second) // it does not come and go
            QCOMPARE(fitted(scale, second % 2 ? 41 : 34, start + std::chrono::seconds(second), {100}), 125.0);
        for (int second = 10; second < 14; ++second)
            fitted(scale, 30, start + std::chrono::seconds(second), {100});
        QCOMPARE(scale.top(), 40.0);
        QCOMPARE(fitted(scale, 30, start + 14s, {70, 5000, 20}), 80.0);
    }

    // Never is anything cut off; room of more than 60 % never lasts longer than four seconds; and changes are few.
    void aRandomWalkIsFollowedCalmly_data()
    {
        QTest::addColumn<int>("span");
        QTest::addColumn<double>("wild"); // the size of a step
        QTest::addColumn<double>("bursts"); // how often in a second there is one
        QTest::addColumn<double>("limit");
        QTest::addColumn<int>("changes"); // in a minute, at most; seen in 40 runs: 7, 20, 13
        for (const int span : {30, 120, 600}) {
            QTest::addRow("calm, %d s", span) << span << 0.05 << 0.0 << 0.0 << 12;
            QTest::addRow("wild, %d s", span) << span << 0.5 << 0.0 << 0.0 << 30;
            QTest::addRow("bursts, %d s", span) << span << 0.1 << 0.02 << 0.0 << 20;
            QTest::addRow("bursts under a limit, %d s", span) << span << 0.1 << 0.02 << 200.0 << 20;
        }
    }
    void aRandomWalkIsFollowedCalmly()
    {
        QFETCH(int, span);
        QFETCH(double, wild);
        QFETCH(double, bursts);
        QFETCH(double, limit);
        QFETCH(int, changes);
        const auto seed = std::random_device()();
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        std::normal_distribution<double> walk(0, wild);
        std::uniform_real_distribution<double> chance(0, 1);
        Window window(static_cast<std::size_t>(span));
        NiceScale scale;
        double level = std::log(100.0);
        double roomyFor = 0;
        std::deque<int> changedAt; // when, in the last minute
        std::size_t most = 0;
        for (int second = 0; second < 20'000; ++second) {
            level = std::clamp(level + walk(random), std::log(2.0), std::log(20'000.0));
            const double rate = std::round(std::exp(level) * (chance(random) < bursts ? 30 : 1));
            const double peak = window.peak(rate);
            const double before = scale.top();
            const std::vector<double> limits {limit};
            if (scale.fit(peak, limits, start + std::chrono::seconds(second)))
                changedAt.push_back(second);
            while (!changedAt.empty() && changedAt.front() <= second - 60)
                changedAt.pop_front();
            most = std::max(most, changedAt.size());
            QVERIFY2(peak <= scale.top(), qPrintable(QStringLiteral("%1 of %2").arg(peak).arg(scale.top())));
            QVERIFY(peak <= before || scale.top() > before || second == 0);
            const double seen = limit <= 3 * peak ? std::max(peak, limit) : peak;
            roomyFor = scale.top() > std::max(seen * 1.6, 0.5) ? roomyFor + 1 : 0;
            QVERIFY2(roomyFor <= 4, qPrintable(QStringLiteral("%1 for %2, %3 s long").arg(scale.top()).arg(peak).arg(roomyFor)));
        }
        QVERIFY2(most <= static_cast<std::size_t>(changes), qPrintable(QStringLiteral("%1 changes in a minute").arg(most)));
    }
};

QTEST_APPLESS_MAIN(tst_NiceScale)
#include "tst_NiceScale.moc"
