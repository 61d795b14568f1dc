// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "EventWriter.h"

#include "BenchServer.h"

#include "redis/Keyspace.h"

#include <hiredis/hiredis.h>

#include <chrono>
#include <cstdio>
#include <poll.h>
#include <random>
#include <thread>
#include <unistd.h>

namespace rateguard {

namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t markedLimit = 2'000'000'000;

void add(std::string &batch, const char *words, const std::string &key)
{
    const auto name = "{rateguard:0}:log:search:" + key;
    batch.append(words).append(std::to_string(name.size())).append(" ").append(name);
}

std::vector<std::string> makeBatches(const EventLoad &load)
{
    constexpr std::uint32_t hot = 4;
    constexpr std::uint32_t cold = EventLoad::perBatch - hot - 1;
    std::vector<std::string> batches((load.keys + cold - 1) / cold);
    std::mt19937 dice(1);
    std::uint32_t key = 0;
    for (auto &batch : batches) {
        for (std::uint32_t i = 0; i < cold; ++i, ++key) {
            const auto text = "client-" + std::to_string(1'000'000 + std::uint64_t {key} * 7919 % load.keys);
            add(batch, dice() % 20 == 0 ? "0 0 1500 1500 100 60000 1 limit " : "1 40 0 60000 100 60000 1 limit ", text);
        }
        for (std::uint32_t i = 0; i < hot; ++i) {
            add(batch, dice() % 2 == 0 ? "0 0 1500 1500 100 60000 1 limit " : "1 9 0 60000 100 60000 1 limit ", "hot-" + std::to_string(dice() % std::min(1000U, load.keys)));
        }
    }
    return batches;
}

bool isOver()
{
    pollfd input {STDIN_FILENO, POLLIN, 0};
    return ::poll(&input, 1, 0) > 0;
}

} // namespace

std::uint32_t markedNow()
{
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    return static_cast<std::uint32_t>(now % 1'000'000'000);
}

int writeEvents(const std::string &socket, const EventLoad &load)
{
    const ContextPtr redis(redisConnectUnix(socket.c_str()));
    if (!redis || redis->err) {
        std::fprintf(stderr, "bench_window: no connection to %s\n", socket.c_str());
        return 1;
    }
    const auto channel = Keyspace().events;
    const auto batches = makeBatches(load);
    const auto gap = std::chrono::nanoseconds(1'000'000'000ULL * EventLoad::perBatch / load.perSecond);
    std::mt19937 dice(2);
    std::uint64_t sequence = 0;
    auto marked = markedNow();
    auto nextMark = std::chrono::steady_clock::now();
    auto start = nextMark; // later, when the machine had no time for us
    const auto begin = start;
    constexpr std::uint64_t most = 300;
    while (!isOver()) {
        const auto now = std::chrono::steady_clock::now();
        auto due = static_cast<std::uint64_t>((now - start) / gap);
        if (due > sequence + most) { // never a flood after a pause
            start += (due - sequence - most) * gap;
            due = sequence + most;
        }
        int sent = 0;
        for (; sequence < due; ++sent) {
            if (now >= nextMark) {
                marked = markedNow();
                nextMark = now + std::chrono::milliseconds(200 + dice() % 200);
            }
            const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
            ++sequence;
            auto message = "RG 2 1 " + std::to_string(sequence) + ' ' + std::to_string(EventLoad::perBatch) + ' ' + std::to_string(ms) + ' '
                + batches[sequence % batches.size()];
            const auto words = "0 " + std::to_string(markedLimit - marked) + " 1500 1500 " + std::to_string(markedLimit) + " 60000 1 limit ";
            add(message, words.c_str(), "marked");
            const char *parts[] {"PUBLISH", channel.data(), message.data()};
            const std::size_t sizes[] {7, channel.size(), message.size()};
            redisAppendCommandArgv(redis.get(), 3, parts, sizes);
        }
        for (; sent > 0; --sent) {
            void *reply = nullptr;
            if (redisGetReply(redis.get(), &reply) != REDIS_OK) {
                std::fprintf(stderr, "bench_window: writing to Redis: %s\n", redis->errstr);
                return 1;
            }
            const ReplyPtr owned(static_cast<redisReply *>(reply));
        }
        std::this_thread::sleep_for(2ms);
    }
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
    std::printf("rate %.0f\n", static_cast<double>(sequence * EventLoad::perBatch) / spent.count());
    return 0;
}

} // namespace rateguard
