// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "demo/PrivateRedis.h"

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

struct redisContext;
struct redisReply;

namespace rateguard {

using Words = std::vector<std::string>; // one command

// A figure that cannot be had ends the benchmark: main() says why.
struct BenchError : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

struct FreeReply { void operator()(redisReply *reply) const; };
using ReplyPtr = std::unique_ptr<redisReply, FreeReply>;

struct FreeContext { void operator()(redisContext *context) const; };
using ContextPtr = std::unique_ptr<redisContext, FreeContext>;

// A private redis-server and one connection to it that waits for its answers. Calls throw BenchError when the server goes away.
class BenchServer
{
public:
    BenchServer();

    RedisUrl url() const { return m_process.url(); }
    // Another connection to the same server.
    ContextPtr connect() const;

    // Errors are replies like any other here.
    ReplyPtr tell(const Words &command);
    // For what must not fail: throws BenchError with what Redis says.
    ReplyPtr ask(const Words &command);

    // Puts a command into the pipeline; answer() sends what is there and reads one reply.
    void append(const Words &command);
    ReplyPtr answer();

    // Microseconds of CPU that the server has used so far, by its own account: the thread that runs commands where Redis
    // tells it apart, else all threads.
    double cpu();

    // Loads a script for EVALSHA and says its SHA-1; a library for FCALL.
    std::string loadScript(const std::string &text);
    void loadLibrary(const std::string &text);
    // «redis 7.0.15» or «valkey 8.0.1».
    std::string version();

private:
    PrivateRedis m_process;
    ContextPtr m_context;
    std::vector<const char *> m_starts;
    std::vector<std::size_t> m_lengths;
};

} // namespace rateguard
