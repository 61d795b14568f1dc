// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/KeyRegistry.h"
#include "engine/Limiter.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <random>
#include <thread>

using namespace rateguard;
using namespace std::chrono_literals;

// What the engine costs, as ratios to a bare look-up of the same names in the same run: nanoseconds differ from machine to
// machine and from minute to minute, ratios hardly do. No limits are checked here.
//
//   bench_engine [operations, 2000000 unless given]

namespace {

constexpr std::size_t names = 10'000;
constexpr int rounds = 5;
const Instant start {1'700'000'000s};

// The order in which keys come: a few are busy, most are not (Zipf, exponent 0.6).
std::vector<std::uint32_t> arrivals()
{
    std::mt19937 source(1);
    std::vector<double> weights(names);
    for (std::size_t i = 0; i < names; ++i) {
        weights[i] = std::pow(static_cast<double>(i + 1), -0.6);
    }
    std::discrete_distribution<std::uint32_t> draw(weights.begin(), weights.end());
    std::vector<std::uint32_t> order(1 << 16);
    for (auto &name : order) {
        name = draw(source);
    }
    return order;
}

template <typename Operation>
double nanoseconds(std::size_t operations, Operation operation)
{
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < operations; ++i) {
        operation(i);
    }
    const std::chrono::duration<double, std::nano> spent = std::chrono::steady_clock::now() - begin;
    return spent.count() / static_cast<double>(operations);
}

double median(std::array<double, rounds> values)
{
    std::sort(values.begin(), values.end());
    return values[rounds / 2];
}

struct Row
{
    const char *name;
    std::array<double, rounds> spent {};
};

} // namespace

int main(int count, char **words)
{
    std::size_t operations = 2'000'000;
    if (count > 1) {
        const std::string_view text = words[1];
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), operations);
        if (error != std::errc() || *end != '\0' || operations == 0) {
            std::fprintf(stderr, "bench_engine: '%s' is no number of operations\n", words[1]);
            return 2;
        }
    }
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < names; ++i) {
        keys.push_back("198.51.100." + std::to_string(i * 7919 % names));
    }
    const auto order = arrivals();
    const auto key = [&](std::size_t i) -> const std::string & { return keys[order[i % order.size()]]; };

    std::unordered_map<std::string, std::uint64_t, KeyHash, std::equal_to<>> map;
    for (const auto &name : keys) {
        map.emplace(name, 0);
    }
    Limiter admitting;
    Limiter rejecting;
    admitting.setRule("login", {{100, 1s}, Mode::Enforce, 1});
    rejecting.setRule("login", {{1, 24h}, Mode::Enforce, 1});
    KeyRegistry registry;
    const DecisionEvent sample {start, "login", "", Verdict::Allowed, 1, 5, Duration(0), {100, 60s}, 1, Why::Limit};
    std::uint64_t sum = 0;
    std::size_t time = 0; // runs on through all rounds, a microsecond an operation

    std::array table {Row {"look-up in unordered_map, KeyHash"}, Row {"Limiter, mostly admitted"}, Row {"Limiter, mostly rejected"},
        Row {"KeyRegistry::record"}, Row {"the same, all keys seen every 50 ms"}, Row {"one key: look-up"}, Row {"one key: Limiter, admitted"},
        Row {"one key: Limiter, rejected"}, Row {"two threads on Limiter, mostly rejected"}};
    const auto &hot = keys.front();
    Limiter roomy;
    roomy.setRule("login", {{1000, 1ms}, Mode::Enforce, 1});
    for (std::size_t round = 0; round < rounds; ++round) {
        const auto now = [&](std::size_t i) { return start + std::chrono::microseconds(time + i); };
        table[0].spent[round] = nanoseconds(operations, [&](std::size_t i) { sum += ++map.find(std::string_view(key(i)))->second; });
        table[1].spent[round] = nanoseconds(operations, [&](std::size_t i) { sum += admitting.decide("login", key(i), now(i))->remaining; });
        table[2].spent[round] = nanoseconds(operations, [&](std::size_t i) { sum += rejecting.decide("login", key(i), now(i))->remaining; });
        const auto record = [&](std::size_t i) {
            auto event = sample;
            event.at = now(i);
            event.key = key(i);
            registry.record(event);
        };
        table[3].spent[round] = nanoseconds(operations, record);
        time += operations;
        table[4].spent[round] = nanoseconds(operations, [&](std::size_t i) {
            record(i);
            if (i % 50'000 == 0) {
                Snapshot out;
                registry.collect(now(i), out);
                KeyView one;
                for (std::uint32_t id = 0; id < registry.places(); ++id) {
                    sum += registry.look(id, now(i), one);
                }
            }
        });
        time += operations;
        table[5].spent[round] = nanoseconds(operations, [&](std::size_t) { sum += ++map.find(std::string_view(hot))->second; });
        table[6].spent[round] = nanoseconds(operations, [&](std::size_t i) { sum += roomy.decide("login", hot, now(i))->remaining; });
        table[7].spent[round] = nanoseconds(operations, [&](std::size_t i) { sum += rejecting.decide("login", hot, now(i))->remaining; });
        std::atomic<std::uint64_t> others {0};
        const auto part = [&](std::size_t from) {
            std::uint64_t mine = 0;
            for (std::size_t i = from; i < operations; i += 2) {
                mine += rejecting.decide("login", key(i), now(i))->remaining;
            }
            others += mine;
        };
        table[8].spent[round] = nanoseconds(1, [&](std::size_t) {
            std::thread other(part, 1);
            part(0);
            other.join();
        }) / static_cast<double>(operations);
        sum += others;
    }
    const double lookUp = median(table[0].spent);
    std::printf("%zu names, %zu operations, median of %d rounds\n", names, operations, rounds);
    for (const auto &row : table) {
        const double each = median(row.spent);
        std::printf("%-40s %7.1f ns  %5.2f x the look-up  %5.1f million a second\n", row.name, each, each / lookUp, 1000 / each);
    }
    const auto goal = [](const char *what, double measured, const char *relation, double wanted, bool isMet) {
        std::printf("%-56s %s %5.2f  measured %6.2f  %s\n", what, relation, wanted, measured, isMet ? "met" : "MISSED");
    };
    std::printf("goals\n");
    const auto at = [&](std::size_t i) { return median(table[i].spent); };
    goal("one of 10,000 keys, admitted, to its look-up", at(1) / at(0), "at most", 3, at(1) <= 3 * at(0));
    goal("one of 10,000 keys, rejected, to its look-up", at(2) / at(0), "at most", 3, at(2) <= 3 * at(0));
    goal("one key, admitted, to its look-up", at(6) / at(5), "at most", 3, at(6) <= 3 * at(5));
    goal("one key, rejected, to its look-up", at(7) / at(5), "at most", 3, at(7) <= 3 * at(5));
    goal("one key, admitted, ns", at(6), "at most", 40, at(6) <= 40);
    goal("one key, rejected, ns", at(7), "at most", 40, at(7) <= 40);
    goal("one of 10,000 keys, rejected, ns", at(2), "at most", 40, at(2) <= 40);
    goal("two threads to one", at(2) / at(8), "at least", 1.7, at(2) / at(8) >= 1.7);
    return sum == 0; // so that nothing above is optimised away
}
