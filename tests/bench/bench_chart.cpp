// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
// What one frame of a rate chart costs, new series and painting: bench_chart [frames]. Nothing has to be on a screen.
#include "charts/RateChart.h"

#include <QApplication>

#include <algorithm>
#include <ctime>
#include <cstdio>
#include <random>

using namespace rateguard;

namespace {

// Of this process, not of the wall: others may be at work on the same machine.
double spentSoFar()
{
    return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

struct Case
{
    const char *name;
    int points;
    bool allKinds;
    bool gaps;
};

std::vector<SecondCounts> seriesOf(const Case &it, std::int64_t end, std::mt19937 &random)
{
    std::uniform_int_distribution<std::uint32_t> some(50, 150);
    std::vector<SecondCounts> series;
    for (std::int64_t second = end - it.points; second < end; ++second) {
        SecondCounts slice;
        slice.second = second;
        slice.allowed = 1000 + some(random);
        slice.rejected = some(random);
        slice.wouldReject = it.allKinds ? some(random) : 0;
        slice.unchecked = it.allKinds ? some(random) : 0;
        slice.gap = it.gaps && second % 100 < 20;
        series.push_back(slice);
    }
    return series;
}

void measure(const Case &it, int frames)
{
    RateChart chart;
    chart.resize(640, 290);
    chart.setSpan(it.points);
    chart.show();
    std::mt19937 random(1);
    std::vector<double> spent;
    for (int i = 0; i < frames; ++i) {
        const std::int64_t end = 1'700'000'000 + i;
        const auto series = seriesOf(it, end, random);
        const double begin = spentSoFar();
        chart.setSeries(series, Instant(std::chrono::seconds(end)));
        QCoreApplication::processEvents(); // paints
        spent.push_back(spentSoFar() - begin);
    }
    std::sort(spent.begin(), spent.end());
    std::printf("%-40s %6.2f ms median, %6.2f ms at the 99th percentile\n", it.name, spent[spent.size() / 2], spent[spent.size() * 99 / 100]);
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    const int frames = std::max(argc > 1 ? QByteArray(argv[1]).toInt() : 500, 1);
    for (const Case &it : {Case {"120 points, 2 kinds", 120, false, false}, Case {"600 points, 2 kinds", 600, false, false},
                           Case {"600 points, 4 kinds", 600, true, false}, Case {"600 points, 4 kinds, gaps", 600, true, true}})
        measure(it, frames);
    return 0;
}
