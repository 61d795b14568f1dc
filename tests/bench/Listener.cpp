// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "Listener.h"

#include "redis/Keyspace.h"

#include <hiredis/hiredis.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <poll.h>
#include <sys/socket.h>

namespace rateguard {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds pace {50};

// How a listener says that it is there: version 1 of the library takes the first, later ones the second.
constexpr std::array<const char *, 2> calls {"FCALL rateguard_flush 0 ", "FCALL rateguard_listen 1 "};

bool succeeds(redisContext *context, const std::string &call)
{
    const ReplyPtr reply(static_cast<redisReply *>(redisCommand(context, call.c_str())));
    return reply && reply->type != REDIS_REPLY_ERROR;
}

} // namespace

Listener::Listener(const BenchServer &server)
    : m_subscriber(server.connect())
    , m_asker(server.connect())
{
    const Keyspace names;
    if (!succeeds(m_subscriber.get(), "SUBSCRIBE " + names.events)) {
        throw BenchError("the listener could not subscribe");
    }
    for (const std::string call : calls) {
        if (m_call.empty() && succeeds(m_asker.get(), call + names.limits)) {
            m_call = call + names.limits;
        }
    }
    if (m_call.empty()) {
        throw BenchError("the library knows neither rateguard_flush nor rateguard_listen as they are called here");
    }
    m_thread = std::thread(&Listener::listen, this);
}

Listener::~Listener()
{
    m_over = true;
    m_thread.join();
}

void Listener::listen()
{
    std::array<char, 1 << 16> buffer {};
    auto next = Clock::now() + pace;
    while (!m_over) {
        const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(next - Clock::now()).count();
        pollfd waiting {m_subscriber->fd, POLLIN, 0};
        if (::poll(&waiting, 1, static_cast<int>(std::clamp<long long>(rest, 0, pace.count()))) > 0) {
            const auto got = ::recv(m_subscriber->fd, buffer.data(), buffer.size(), 0);
            if (got <= 0) {
                return;
            }
            m_heard += static_cast<std::uint64_t>(got);
        }
        if (Clock::now() >= next) {
            if (!succeeds(m_asker.get(), m_call)) {
                return;
            }
            next += pace;
        }
    }
}

} // namespace rateguard
