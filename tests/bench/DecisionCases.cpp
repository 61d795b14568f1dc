// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "DecisionCases.h"

#include "Listener.h"

#include <iterator>

namespace rateguard {

namespace {

// The log and the bucket, as far as this library has them. To be called again when their limits are gone.
std::vector<Contender> ours(BenchServer &server, Allowance allowance)
{
    std::vector<Contender> all;
    const auto limit = std::to_string(allowance.count) + "/" + std::to_string(allowance.milliseconds);
    for (const auto *algorithm : algorithms) {
        if (auto one = ours(server, algorithm, algorithm, limit)) {
            all.push_back(std::move(*one));
        }
    }
    if (all.empty()) {
        throw BenchError("the library takes no limit of " + std::to_string(allowance.count));
    }
    return all;
}

std::vector<Lane> lanesOf(const Plan &plan, BenchServer &server, Allowance allowance, const Keys &keys, const std::vector<std::uint32_t> &order)
{
    std::vector<Contender> all {floorOf(server), sortedSet(server, allowance)};
    const auto add = [&](std::vector<Contender> more) { std::move(more.begin(), more.end(), std::back_inserter(all)); };
    add(ours(server, allowance));
    if (plan.peers) {
        add(plan.peers->contenders(server, allowance));
    }
    std::vector<Lane> lanes;
    lanes.reserve(all.size());
    for (auto &contender : all) {
        lanes.emplace_back(server, std::move(contender), keys, order);
    }
    return lanes;
}

void judge(GoalTable &table, const std::vector<Lane> &lanes, const std::string &what, double floors, double sorted)
{
    const auto &floor = *find(lanes, Role::Floor);
    for (const auto &lane : lanes) {
        table.cost(lane, floor);
    }
    // The goals are those of an exact limiter; what the bucket costs stands in the table.
    if (const auto *log = find(lanes, Role::Log)) {
        table.goal(what + ", in floors", ratio(*log, floor), floors, "x");
        table.goal(what + ", to the sorted set", ratio(*log, *find(lanes, Role::SortedSet)), sorted, "x");
    } else {
        table.missing(what + ", in floors", floors, "x");
        table.missing(what + ", to the sorted set", sorted, "x");
    }
}

} // namespace

void measureAdmitting(const Plan &plan, GoalTable &table)
{
    table.title("Admitting: " + std::to_string(plan.keys) + " keys, 100 in 60 s, new keys each round");
    BenchServer server;
    server.loadLibrary(plan.library);
    const auto keys = namesOf(plan.keys);
    const auto order = zipfOrder(plan.keys, 4 * plan.decisions);
    auto lanes = lanesOf(plan, server, {100, 60'000}, keys, order);
    for (std::size_t round = 0; round < plan.rounds; ++round) {
        server.ask({"FLUSHALL", "SYNC"});
        ours(server, {100, 60'000});
        race(lanes, plan.decisions, plan.turn);
    }
    judge(table, lanes, "admitting", 3.3, 0.7);
}

void measureRejecting(const Plan &plan, GoalTable &table)
{
    // The window is long so that no key empties while this runs; it does not matter to what a rejection costs.
    const Allowance allowance {100, 3'600'000};
    BenchServer server;
    server.loadLibrary(plan.library);
    const auto keys = namesOf(plan.keys);
    const auto order = zipfOrder(plan.keys, 4 * plan.decisions);
    const auto each = roundRobin(plan.keys);
    for (auto &filler : lanesOf(plan, server, allowance, keys, each)) {
        filler.prepare(allowance.count * plan.keys);
    }
    auto lanes = lanesOf(plan, server, allowance, keys, order);
    const std::vector<std::uint32_t> one {0};
    auto hot = lanesOf(plan, server, allowance, keys, one);
    for (std::size_t round = 0; round < plan.rounds; ++round) {
        race(lanes, plan.decisions / 2, plan.turn);
        race(hot, plan.decisions / 4, plan.turn);
    }
    table.title("Rejecting: the same keys, full");
    judge(table, lanes, "rejecting", 2.3, 0.75);
    table.title("Rejecting: one hot key");
    judge(table, hot, "rejecting one hot key", 2.3, 0.75);
}

void measureListening(const Plan &plan, GoalTable &table)
{
    table.title("Listening: the admitting traffic beside a server without a listener, new servers each round");
    const auto keys = namesOf(plan.keys);
    const auto order = zipfOrder(plan.keys, 4 * plan.decisions);
    std::vector<double> ratios;
    std::vector<double> alone;
    std::vector<double> listened;
    double heard = 0;
    const auto decisions = plan.decisions / 2;
    for (std::size_t round = 0; round < plan.rounds; ++round) {
        // Two servers, as the library goes on making events for seconds after the last listener left; new ones, as two
        // processes differ a little by where their memory happens to lie.
        BenchServer quiet;
        BenchServer watched;
        std::vector<Lane> lanes;
        for (auto *server : {&quiet, &watched}) {
            server->loadLibrary(plan.library);
            lanes.emplace_back(*server, ours(*server, {100, 60'000}).front(), keys, order);
        }
        const Listener listener(watched);
        race(lanes, decisions, plan.turn);
        alone.push_back(lanes[0].microseconds().back());
        listened.push_back(lanes[1].microseconds().back());
        ratios.push_back(listened.back() / alone.back());
        heard = static_cast<double>(listener.bytesHeard()) / static_cast<double>(decisions);
    }
    table.figure("nobody listening", median(alone), "us");
    table.figure("one dashboard listening", median(listened), "us");
    table.figure("it heard, a decision", heard, "bytes");
    if (heard < 1) {
        throw BenchError("the listener heard nothing: what listening costs was not measured");
    }
    table.goal("one dashboard listening, to nobody", median(ratios), 1.1, "x");
}

} // namespace rateguard
