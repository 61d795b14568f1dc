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

bool flush(redisContext *context)
{
    const Keyspace names;
    const ReplyPtr reply(static_cast<redisReply *>(redisCommand(context, "FCALL rateguard_flush 0 %s", names.limits.c_str())));
    return reply && reply->type != REDIS_REPLY_ERROR;
}

} // namespace

Listener::Listener(const BenchServer &server)
    : m_subscriber(server.connect())
    , m_asker(server.connect())
{
    const Keyspace names;
    const ReplyPtr reply(static_cast<redisReply *>(redisCommand(m_subscriber.get(), "SUBSCRIBE %s", names.events.c_str())));
    if (!reply || reply->type == REDIS_REPLY_ERROR || !flush(m_asker.get())) {
        throw BenchError("the listener could not subscribe or call rateguard_flush");
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
            if (!flush(m_asker.get())) {
                return;
            }
            next += pace;
        }
    }
}

} // namespace rateguard
