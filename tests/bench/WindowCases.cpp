// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "WindowCases.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

namespace rateguard {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

void judgeWindows(GoalTable &table, const std::vector<Lane> &lanes, std::span<const std::string> rows)
{
    for (std::size_t i = 0; i < lanes.size() && lanes.size() > 1; ++i) {
        table.cost(lanes[i], lanes[0]);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i + 2 < lanes.size()) {
            table.goal(rows[i], ratio(lanes[i + 2], lanes[1]), 1.7, "x");
        } else {
            table.missing(rows[i], 1.7, "x");
        }
    }
}

} // namespace

void measureSeveralWindows(const Plan &plan, GoalTable &table)
{
    const auto keys = namesOf(std::max<std::size_t>(plan.keys / 10, 10));
    const auto order = zipfOrder(keys.size(), 4 * plan.decisions);
    const auto fewer = namesOf(std::max<std::size_t>(plan.keys / 50, 10));
    const auto fewerOrder = zipfOrder(fewer.size(), 4 * plan.decisions);
    const auto each = roundRobin(fewer.size());
    constexpr std::size_t full = 200;
    for (const std::string algorithm : algorithms) {
        BenchServer server;
        server.loadLibrary(plan.library);
        const auto lanesFor = [&](std::span<const std::string> limits, const Keys &names, const std::vector<std::uint32_t> &arrivals) {
            std::vector<Lane> lanes {Lane(server, floorOf(server), names, arrivals)};
            for (const auto &limit : limits) {
                if (auto one = ours(server, algorithm + std::to_string(lanes.size()), algorithm, limit)) {
                    lanes.emplace_back(server, std::move(*one), names, arrivals);
                }
            }
            return lanes;
        };
        const std::array<std::string, 2> open {"1000/60000", "1000/60000 5000/3600000"};
        auto admitting = lanesFor(open, keys, order);
        for (std::size_t round = 0; round < plan.rounds && admitting.size() > 1; ++round) {
            race(admitting, plan.decisions / 4, plan.turn);
        }
        server.ask({"FLUSHALL", "SYNC"});
        // The same 200 requests a key fill one window; of two, the shorter; of two, the longer while the shorter is empty.
        const std::array<std::string, 3> closed {"200/3600000", "200/3600000 1000/7200000", "100/1000 200/3600000"};
        auto fillers = lanesFor(closed, fewer, each);
        for (std::size_t half = 0; half < 2; ++half) {
            for (auto &filler : fillers) {
                filler.prepare(full / 2 * fewer.size());
            }
            std::this_thread::sleep_for(plan.isSmoke ? 0ms : 1100ms);
        }
        auto rejecting = lanesFor(closed, fewer, fewerOrder);
        for (std::size_t round = 0; round < plan.rounds && rejecting.size() > 1; ++round) {
            race(rejecting, plan.decisions / 8, plan.turn);
        }
        table.title("Two windows beside one, " + algorithm);
        const auto what = "two windows to one, " + algorithm;
        const std::array<std::string, 1> first {what + ", admitting"};
        const std::array<std::string, 2> second {what + ", rejecting by the shorter", what + ", rejecting by the longer"};
        judgeWindows(table, admitting, first);
        judgeWindows(table, rejecting, second);
    }
}

void measureSurroundings(const Plan &plan, GoalTable &table)
{
    BenchServer server;
    server.loadLibrary(plan.library);
    const auto keys = namesOf(std::max<std::size_t>(plan.keys / 100, 10));
    const auto order = zipfOrder(keys.size(), 4 * plan.decisions);
    std::vector<Lane> lanes;
    lanes.emplace_back(server, floorOf(server), keys, order);
    for (auto &idler : idlers(server)) {
        lanes.emplace_back(server, std::move(idler), keys, order);
    }
    for (const auto *algorithm : algorithms) {
        if (auto one = ours(server, algorithm, algorithm, "1000/1000")) {
            lanes.emplace_back(server, std::move(*one), keys, order);
        }
    }
    auto single = lanes;
    for (auto &lane : single) {
        lane.setDepth(1);
    }
    std::vector<std::vector<double>> trips(lanes.size());
    for (std::size_t round = 0; round < plan.rounds; ++round) {
        race(lanes, plan.decisions / 2, plan.turn);
        for (std::size_t i = 0; i < single.size(); ++i) {
            const auto decisions = plan.decisions / 40;
            const auto begin = Clock::now();
            single[i].decide(decisions);
            const std::chrono::duration<double, std::micro> spent = Clock::now() - begin;
            single[i].endRound();
            trips[i].push_back(spent.count() / static_cast<double>(decisions));
        }
    }
    table.title("Beside the floor; limits whose windows of a second run over all the time, " + std::to_string(keys.size()) + " keys");
    for (const auto &lane : lanes) {
        table.cost(lane, lanes[0]);
    }
    table.title("The same one by one");
    for (std::size_t i = 0; i < single.size(); ++i) {
        table.cost(single[i], single[0]);
        table.figure("  round trip", median(trips[i]), "us");
    }
}

} // namespace rateguard
