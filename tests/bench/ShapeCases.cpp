// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ShapeCases.h"

#include <hiredis/hiredis.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <thread>
#include <tuple>

namespace rateguard {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using Order = std::vector<std::uint32_t>;

// Bytes of all that Redis keeps under names that hold this key.
double bytesOf(BenchServer &server, const std::string &key)
{
    double bytes = 0;
    const auto names = server.ask({"KEYS", "*" + key + "*"});
    for (std::size_t i = 0; i < names->elements; ++i) {
        const auto usage = server.ask({"MEMORY", "USAGE", names->element[i]->str, "SAMPLES", "0"});
        bytes += static_cast<double>(usage->integer);
    }
    return bytes;
}

} // namespace

void measureMemory(const Plan &plan, GoalTable &table)
{
    // One request every 1.8 ms of a window of 2 s: what stores times or slices of time finds many different ones.
    constexpr std::uint32_t full = 1000;
    table.title("Memory of one key whose window of 1,000 is full");
    BenchServer server;
    server.loadLibrary(plan.library);
    std::vector<Contender> all {sortedSet(server, {full, 2'000})};
    for (const auto *algorithm : algorithms) {
        if (auto one = ours(server, algorithm, algorithm, "1000/2000")) {
            all.push_back(std::move(*one));
        }
    }
    if (plan.peers) {
        const auto peers = plan.peers->contenders(server, {full, 2'000});
        all.insert(all.end(), peers.begin(), peers.end());
    }
    const auto keyOf = [](std::size_t k) { return "memory-" + std::string(1, static_cast<char>('a' + k)); };
    auto next = Clock::now();
    for (std::uint32_t i = 0; i < full; ++i) {
        for (std::size_t k = 0; k < all.size(); ++k) {
            all[k].fill(all[k].words, keyOf(k));
            server.ask(all[k].words);
        }
        next += plan.isSmoke ? 0ms : 1800us;
        std::this_thread::sleep_until(next);
    }
    std::map<Role, double> bytes;
    for (std::size_t k = 0; k < all.size(); ++k) {
        bytes[all[k].role] = bytesOf(server, keyOf(k));
        table.figure(all[k].name, bytes[all[k].role], "bytes");
    }
    for (const auto &[role, name, goal] : {std::tuple(Role::Log, "log", 8.0), std::tuple(Role::Bucket, "bucket", 0.5)}) {
        const auto what = std::string("memory at limit 1,000, ") + name;
        if (bytes.contains(role)) {
            table.goal(what, bytes[role] / 1024, goal, "KB");
        } else {
            table.missing(what, goal, "KB");
        }
    }
}

namespace {

constexpr std::array<std::uint32_t, 5> sizes {10, 100, 1'000, 10'000, 100'000};

// Sets of four keys, visited in turn: first all up to half of the limit, then set after set up to nine tenths. So every
// limit is met with the same few keys at a time and with windows between half full and nearly full.
struct Growing
{
    Keys keys;
    Order order;
    std::size_t prepared = 0;
};

Growing growing(std::uint32_t limit, std::size_t decisions)
{
    constexpr std::size_t together = 4;
    const auto each = std::size_t {limit} * 4 / 10;
    const auto sets = (decisions + each * together - 1) / (each * together);
    Growing out {namesOf(sets * together), {}, 0};
    const auto visit = [&](std::size_t times) {
        for (std::size_t first = 0; first < out.keys.size(); first += together) {
            for (std::size_t i = 0; i < times * together; ++i) {
                out.order.push_back(static_cast<std::uint32_t>(first + i % together));
            }
        }
    };
    visit(limit / 2);
    out.prepared = out.order.size();
    visit(each);
    return out;
}

void judgeGrowth(GoalTable &table, std::size_t expected, const std::vector<Lane> &lanes, const std::string &what, double goal)
{
    std::vector<double> floors;
    table.cost(lanes[0], lanes[0]);
    for (std::size_t i = 1; i < lanes.size(); ++i) {
        table.cost(lanes[i], lanes[0]);
        floors.push_back(ratio(lanes[i], lanes[0]));
    }
    const auto [least, most] = std::minmax_element(floors.begin(), floors.end());
    if (floors.size() == expected) {
        table.goal(what, *most / *least, goal, "x");
    } else {
        table.missing(what, goal, "x");
    }
}

void measureGrowth(const Plan &plan, GoalTable &table, const std::string &algorithm, double goal)
{
    BenchServer server;
    server.loadLibrary(plan.library);
    const auto decisions = plan.decisions / 10;
    const auto whole = roundRobin(1);
    const Keys hot {"hot"};
    const auto limits = std::span(sizes).first(plan.isSmoke ? 3 : sizes.size());
    std::vector<Growing> traffic; // lanes point into it
    traffic.reserve(limits.size());
    std::vector<Lane> admitting {Lane(server, floorOf(server), hot, whole)};
    auto rejecting = admitting;
    for (const auto size : limits) {
        const auto one = ours(server, algorithm + std::to_string(size), algorithm, std::to_string(size) + "/3600000");
        if (!one) {
            continue;
        }
        traffic.push_back(growing(size, plan.rounds * decisions));
        admitting.emplace_back(server, *one, traffic.back().keys, traffic.back().order);
        admitting.back().prepare(traffic.back().prepared);
        rejecting.emplace_back(server, *one, hot, whole);
        rejecting.back().prepare(size);
    }
    // Short turns: what is compared here differs by little.
    for (std::size_t round = 0; round < plan.rounds; ++round) {
        race(admitting, decisions, plan.turn / 5);
        race(rejecting, decisions, plan.turn / 5);
    }
    table.title("Larger limits, " + algorithm + ", admitting");
    judgeGrowth(table, limits.size(), admitting, "limits of 10 to 100,000, " + algorithm + ", admitting", goal);
    table.title("Larger limits, " + algorithm + ", rejecting");
    judgeGrowth(table, limits.size(), rejecting, "limits of 10 to 100,000, " + algorithm + ", rejecting", goal);
}

} // namespace

void measureGrowth(const Plan &plan, GoalTable &table)
{
    measureGrowth(plan, table, "bucket", 1.3);
    measureGrowth(plan, table, "log", 2);
}

} // namespace rateguard
