// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "redis/RedisUrl.h"
#include "redis/SteadyClock.h"

#include <cstddef>
#include <string_view>

struct addrinfo;

namespace rateguard {

// A connected stream socket for threads that wait, TCP or unix as the URL says. Instants are steadyNow()'s.
// One thread may send while another receives; hangUp() may come from any.
class BlockingSocket
{
public:
    BlockingSocket() = default;
    ~BlockingSocket();
    BlockingSocket(const BlockingSocket &) = delete;
    BlockingSocket &operator=(const BlockingSocket &) = delete;

    // Blocks until connected, at most until `deadline`, but for the name of a host, which the system looks up at its own pace.
    // False with `error`, in plain words, when that failed. Once per socket.
    bool connect(const RedisUrl &url, Instant deadline, QString *error);

    // All of it, or false: the connection is of no use then.
    bool send(std::string_view bytes, Instant deadline);

    enum class Received { Some, Nothing, End };
    // Waits until there is something, or until the deadline: Nothing.
    Received receive(char *bytes, std::size_t &size, Instant deadline);

    // Whoever waits sees the end; the handle stays valid until destruction.
    void hangUp();
    int handle() const { return m_handle; }

private:
    bool connectTo(const addrinfo &address, Instant deadline, int &error);

    int m_handle = -1;
};

} // namespace rateguard
