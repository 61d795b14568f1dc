// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "GoalTable.h"

#include "redis/BlockingLimiter.h"
#include "redis/Library.h"
#include "redis/ServiceLimiter.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <thread>

// What a decision costs a service, in time that goes by: the C++ client against a PING and against the same call by hand, on
// one unix socket connection each, taking turns on one private server. Microseconds differ from machine to machine; the goal
// is a ratio. Server and client are on different CPUs. A missed goal is a line in the table, not a failure.
//
//   bench_client [--rounds n] [--json]

using namespace rateguard;
using namespace std::chrono_literals;

namespace {

using Clock = std::chrono::steady_clock;

// One way to ask, and the microseconds for one answer, a figure for each round.
struct Way
{
    std::string name;
    std::function<double(int)> measure; // so many calls
    std::vector<double> rounds;
};

double microseconds(Clock::duration span)
{
    return std::chrono::duration<double, std::micro>(span).count();
}

// The median of single calls, so that one interruption does not count.
double medianOf(int calls, const std::function<void()> &call)
{
    std::vector<double> all;
    for (int i = 0; i < calls; ++i) {
        const auto start = Clock::now();
        call();
        all.push_back(microseconds(Clock::now() - start));
    }
    return median(all);
}

void demand(const ServiceDecision &decision)
{
    if (decision.source != Source::Redis) {
        throw BenchError("no decision: " + decision.error);
    }
}

// Wall time of one answer when so many calls are in flight.
double pipelined(ServiceLimiter &limiter, const Limits &limit, int depth, int calls)
{
    int asked = 0;
    int answers = 0;
    std::string error;
    std::function<void()> ask = [&] {
        ++asked;
        limiter.check("bench", "user:1", 1, limit, [&](const ServiceDecision &decision) {
            ++answers;
            error = decision.source == Source::Redis ? error : decision.error;
            if (asked < calls) {
                ask();
            }
        });
    };
    const auto start = Clock::now();
    while (asked < std::min(depth, calls)) {
        ask();
    }
    while (answers < calls) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    const auto each = microseconds(Clock::now() - start) / calls;
    return error.empty() ? each : throw BenchError("no decision: " + error);
}

double threaded(BlockingLimiter &limiter, const Limits &limit, int threads, int calls)
{
    const auto start = Clock::now();
    std::vector<std::thread> all;
    for (int i = 0; i < threads; ++i) {
        all.emplace_back([&] {
            for (int j = 0; j < calls / threads; ++j) {
                limiter.check("bench", "user:1", 1, limit);
            }
        });
    }
    for (auto &one : all) {
        one.join();
    }
    return microseconds(Clock::now() - start) / (calls / threads * threads);
}

double ratioOf(const Way &way, const Way &yardstick)
{
    std::vector<double> all;
    for (std::size_t i = 0; i < way.rounds.size(); ++i) {
        all.push_back(way.rounds[i] / yardstick.rounds[i]);
    }
    return median(all);
}

void run(GoalTable &table, unsigned rounds, int calls)
{
    BenchServer server;
    server.loadLibrary(Library::text());
    const auto url = server.url();
    const Limits limit(100, 60s);
    ServiceOptions options;
    options.timeout = 10s;
    BlockingLimiter blocking(url, options);
    ServiceLimiter pipelining(url, options);
    const Words check {"FCALL", "rateguard_check", "2", "{rateguard:0}:limits", "{rateguard:0}:log:bench:user:1", "bench", "1", "100/60000"};

    std::vector<Way> ways {
        {"PING by hand, blocking", [&](int n) { return medianOf(n, [&] { server.ask({"PING"}); }); }, {}},
        {"FCALL rateguard_check by hand, blocking", [&](int n) { return medianOf(n, [&] { server.ask(check); }); }, {}},
        {"BlockingLimiter, one thread", [&](int n) { return medianOf(n, [&] { demand(blocking.check("bench", "user:1", 1, limit)); }); }, {}},
        {"BlockingLimiter, 8 threads, per decision", [&](int n) { return threaded(blocking, limit, 8, 4 * n); }, {}},
        {"ServiceLimiter, one in flight", [&](int n) { return pipelined(pipelining, limit, 1, n); }, {}},
        {"ServiceLimiter, 128 in flight, per decision", [&](int n) { return pipelined(pipelining, limit, 128, 8 * n); }, {}},
    };
    for (auto &way : ways) {
        way.measure(calls / 10 + 1); // connects, and warms up
    }
    for (unsigned round = 0; round < rounds; ++round) {
        for (auto &way : ways) {
            way.rounds.push_back(way.measure(calls));
        }
    }
    table.title(server.version() + ", time for one answer, medians of " + std::to_string(rounds) + " rounds");
    for (const auto &way : ways) {
        table.figure(way.name, median(way.rounds), "us");
    }
    table.title("x: to the PING of the same round");
    for (const auto &way : ways) {
        table.figure(way.name, ratioOf(way, ways[0]), "x");
    }
    table.goal("BlockingLimiter, one thread, to a PING by hand", ratioOf(ways[2], ways[0]), 1.25, "x");
}

} // namespace

int main(int count, char **words)
{
    const QCoreApplication application(count, words);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Measures what a decision costs a service that uses the C++ client, on a private server."));
    parser.addHelpOption();
    parser.addOptions({{QStringLiteral("smoke"), QStringLiteral("Tiny counts: shows that everything runs, the figures mean nothing.")},
        {QStringLiteral("rounds"), QStringLiteral("How often everything is measured; medians are printed. 9 unless given."), QStringLiteral("n"),
            QStringLiteral("9")},
        {QStringLiteral("json"), QStringLiteral("Print JSON instead of tables.")}});
    parser.process(application);
    const bool isSmoke = parser.isSet(QStringLiteral("smoke"));
    const auto rounds = isSmoke ? 1 : parser.value(QStringLiteral("rounds")).toUInt();
    if (rounds == 0) {
        std::fprintf(stderr, "bench_client: --rounds takes a number from 1\n");
        return 2;
    }
    GoalTable table(parser.isSet(QStringLiteral("json")));
    try {
        run(table, rounds, isSmoke ? 40 : 4000);
    } catch (const BenchError &error) {
        std::fflush(stdout);
        std::fprintf(stderr, "bench_client: %s\n", error.what());
        return 1;
    }
    table.finish();
    return 0;
}
