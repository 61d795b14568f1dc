// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ShapeCases.h"
#include "WindowCases.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

// What a decision costs Redis: server CPU by Redis' own account, so that neither this client nor a busy machine is in it.
// Microseconds differ from machine to machine and from minute to minute; the goals are ratios to an EVALSHA of `return 1`,
// or to another limiter, that took turns with the measured calls on the same server. One connection on a unix socket,
// 128 calls in flight, server and client on different CPUs. A missed goal is a line in the table, not a failure.
//
//   bench_decision [--peers] [--only admitting,rejecting] [--library other.lua]
//
// Shares of admitted decisions stand beside the costs: a limiter that admits what others reject does other work.

using namespace rateguard;

namespace {

struct Case
{
    const char *name;
    void (*measure)(const Plan &plan, GoalTable &table);
};

constexpr std::array cases {Case {"admitting", measureAdmitting}, Case {"rejecting", measureRejecting}, Case {"listening", measureListening},
    Case {"memory", measureMemory}, Case {"growth", measureGrowth}, Case {"windows", measureSeveralWindows},
    Case {"surroundings", measureSurroundings}};

} // namespace

int main(int count, char **words)
{
    const QCoreApplication application(count, words);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Measures what a decision costs Redis, on private servers of its own."));
    parser.addHelpOption();
    parser.addOptions({{QStringLiteral("smoke"), QStringLiteral("Tiny counts: shows that everything runs, the figures mean nothing.")},
        {QStringLiteral("rounds"), QStringLiteral("How often everything is measured; medians are printed. 5 unless given."), QStringLiteral("n")},
        {QStringLiteral("only"), QStringLiteral("Measure these and no others: admitting rejecting listening memory growth windows surroundings; "
                                                "several with commas."), QStringLiteral("cases")},
        {QStringLiteral("peers"), QStringLiteral("Measure other limiters as well; their packages are fetched once, from npm and Debian. "
                                                 "Fails when one is missing.")},
        {QStringLiteral("library"), QStringLiteral("The function library to measure; that of this source tree unless given."), QStringLiteral("file"),
            QStringLiteral(RATEGUARD_LIBRARY)},
        {QStringLiteral("json"), QStringLiteral("Print JSON instead of tables.")}});
    parser.process(application);

    Plan plan;
    if (parser.isSet(QStringLiteral("smoke"))) {
        plan.isSmoke = true;
        plan.rounds = 1;
        plan.keys = 20;
        plan.decisions = 600;
        plan.turn = 200;
    }
    if (parser.isSet(QStringLiteral("rounds"))) {
        bool isNumber = false;
        plan.rounds = parser.value(QStringLiteral("rounds")).toUInt(&isNumber);
        if (!isNumber || plan.rounds == 0) {
            std::fprintf(stderr, "bench_decision: --rounds takes a number from 1\n");
            return 2;
        }
    }
    const auto only = parser.value(QStringLiteral("only")).split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const auto &name : only) {
        if (std::none_of(cases.begin(), cases.end(), [&](const Case &one) { return name == QLatin1String(one.name); })) {
            std::fprintf(stderr, "bench_decision: there is no case '%s'; see --help\n", qPrintable(name));
            return 2;
        }
    }
    QFile library(parser.value(QStringLiteral("library")));
    if (!library.open(QIODevice::ReadOnly)) {
        std::fprintf(stderr, "bench_decision: %s: %s\n", qPrintable(library.fileName()), qPrintable(library.errorString()));
        return 1;
    }
    plan.library = library.read(library.size()).toStdString();

    GoalTable table(parser.isSet(QStringLiteral("json")));
    std::optional<Peers> peers;
    try {
        if (parser.isSet(QStringLiteral("peers"))) {
            plan.peers = &peers.emplace(QStringLiteral(RATEGUARD_PEERS_DIR));
        }
        table.title(BenchServer().version() + ", server CPU per decision, medians of " + std::to_string(plan.rounds)
            + " rounds; x: to the EVALSHA above it");
        for (const auto &[name, measure] : cases) {
            if (only.isEmpty() || only.contains(QString::fromLatin1(name))) {
                measure(plan, table);
            }
        }
    } catch (const BenchError &error) {
        std::fflush(stdout);
        std::fprintf(stderr, "bench_decision: %s\n", error.what());
        return 1;
    }
    table.finish();
    if (!peers) {
        return 0;
    }
    for (const auto &what : peers->changed()) {
        std::fprintf(stderr, "bench_decision: %s\n", what.c_str());
    }
    for (const auto &what : peers->missing()) {
        std::fprintf(stderr, "bench_decision: missing: %s\n", what.c_str());
    }
    return peers->missing().empty() ? 0 : 1;
}
