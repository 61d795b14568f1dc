// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/KeyUsage.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <deque>
#include <functional>
#include <random>

// How far algorithms are from an exact count, on the same arrivals: the log and the bucket of this project, and the two that
// others use: a fixed window, and two counters of which the older is weighted by how much of it still overlaps.
//
//   bench_accuracy [windows of each traffic, 2000 unless given]

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

constexpr std::uint32_t limit = 100;
constexpr std::int64_t window = 60'000; // ms

struct Algorithm
{
    const char *name;
    std::function<bool(std::int64_t ms)> admits;
};

std::function<bool(std::int64_t)> ours(rateguard::Algorithm algorithm)
{
    Limits limits {limit, Duration(window)};
    limits.algorithm = algorithm;
    return [usage = std::make_shared<KeyUsage>(), rule = Rule {limits, Mode::Enforce, 1}](std::int64_t ms) {
        return usage->decide(rule, Instant(Duration(ms))).allowed();
    };
}

std::function<bool(std::int64_t)> counters(bool isWeighted)
{
    struct Counts
    {
        std::int64_t number = 0;
        double before = 0;
        double now = 0;
    };
    return [counts = std::make_shared<Counts>(), isWeighted](std::int64_t ms) {
        const auto number = ms / window;
        if (number != counts->number) {
            counts->before = number == counts->number + 1 ? counts->now : 0;
            counts->now = 0;
            counts->number = number;
        }
        const auto rest = 1 - static_cast<double>(ms % window) / static_cast<double>(window);
        const auto used = counts->now + (isWeighted ? std::floor(counts->before * rest) : 0);
        const bool fits = used < limit;
        counts->now += fits;
        return fits;
    };
}

using Traffic = std::vector<std::int64_t>;

Traffic poisson(double load, std::int64_t windows, std::mt19937_64 &source)
{
    std::exponential_distribution<double> pause(load * limit / static_cast<double>(window));
    Traffic times;
    for (double at = 1e9; at < 1e9 + static_cast<double>(windows * window); at += pause(source)) {
        times.push_back(static_cast<std::int64_t>(at));
    }
    return times;
}

// Nine tenths of the limit on average, in bursts of 40 within a second.
Traffic bursts(std::int64_t windows, std::mt19937_64 &source)
{
    std::exponential_distribution<double> pause(0.9 * limit / 40 / static_cast<double>(window));
    std::uniform_int_distribution<std::int64_t> within(0, 999);
    Traffic times;
    for (double at = 1e9; at < 1e9 + static_cast<double>(windows * window); at += pause(source)) {
        for (int i = 0; i < 40; ++i) {
            times.push_back(static_cast<std::int64_t>(at) + within(source));
        }
    }
    std::sort(times.begin(), times.end());
    return times;
}

// Knows where windows begin that do not slide: as much as it gets just before the end of one, and again just after; rests; again.
Traffic boundaryAttack(std::int64_t windows)
{
    Traffic times;
    for (std::int64_t n = 20'000; n < 20'000 + windows; n += 3) {
        for (int i = -150; i < 150; ++i) {
            times.push_back(n * window + 4 * i);
        }
    }
    return times;
}

void compare(const char *name, const Traffic &times)
{
    std::printf("\n%s, %zu requests\n", name, times.size());
    const std::vector<Algorithm> all {{"log", ours(rateguard::Algorithm::Log)}, {"bucket", ours(rateguard::Algorithm::Bucket)},
        {"two counters, weighted", counters(true)}, {"fixed window", counters(false)}};
    std::vector<bool> exact;
    for (const auto &[what, admits] : all) {
        std::deque<std::int64_t> inWindow;
        std::size_t most = 0;
        std::size_t admitted = 0;
        std::size_t differ = 0;
        for (std::size_t i = 0; i < times.size(); ++i) {
            const bool is = admits(times[i]);
            if (what == all.front().name) {
                exact.push_back(is);
            }
            differ += is != exact[i];
            admitted += is;
            if (is) {
                inWindow.push_back(times[i]);
            }
            while (!inWindow.empty() && times[i] - inWindow.front() >= window) {
                inWindow.pop_front();
            }
            most = std::max(most, inWindow.size());
        }
        std::printf("  %-24s admitted %5.1f %%   differs from the log in %5.2f %%   most in a window of %d: %zu%s\n", what,
            100.0 * static_cast<double>(admitted) / static_cast<double>(times.size()), 100.0 * static_cast<double>(differ) / static_cast<double>(times.size()),
            static_cast<int>(limit), most, most > limit ? "  OVER" : "");
    }
}

} // namespace

int main(int count, char **words)
{
    std::int64_t windows = 2000;
    if (count > 1) {
        const std::string_view text = words[1];
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), windows);
        if (error != std::errc() || *end != '\0' || windows < 1) {
            std::fprintf(stderr, "bench_accuracy: '%s' is no number of windows\n", words[1]);
            return 2;
        }
    }
    std::mt19937_64 source(7);
    std::printf("limit %u in %lld s; differences count every later decision that follows from the first one\n", limit, static_cast<long long>(window / 1000));
    compare("Poisson at 0.9 of the limit", poisson(0.9, windows, source));
    compare("Poisson at the limit", poisson(1.0, windows, source));
    compare("Poisson at 1.1 of the limit", poisson(1.1, windows, source));
    compare("bursts of 40, 0.9 of the limit", bursts(windows, source));
    compare("boundary attack", boundaryAttack(windows));
    return 0;
}
