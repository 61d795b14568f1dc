// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/BlockingSocket.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

namespace rateguard {

namespace {

// Of one receive(). A deadline that is farther away costs no poll() before the recv(), which is a tenth of a round trip.
constexpr std::chrono::milliseconds slice(20);

// False when the deadline came first.
bool waitFor(int handle, short events, Instant deadline)
{
    pollfd descriptor {handle, events, 0};
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - steadyNow()).count();
        const int ready = ::poll(&descriptor, 1, left > 0 ? static_cast<int>(std::min<std::int64_t>(left, 60'000)) : 0);
        if (ready > 0) {
            return true;
        }
        if (left <= 0 && (ready == 0 || errno == EINTR)) {
            return false;
        }
        if (ready < 0 && errno != EINTR) {
            return true; // the call that follows fails, and says why
        }
    }
}

bool isTcp(const addrinfo &address)
{
    return address.ai_family != AF_UNIX;
}

// A peer that vanished without a word is noticed within half a minute, and small writes go out at once.
void setOptions(int handle, bool tcp)
{
    const timeval span {0, std::chrono::microseconds(slice).count()};
    ::setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &span, sizeof span);
    if (!tcp) {
        return;
    }
    const auto set = [handle](int level, int option, int value) { ::setsockopt(handle, level, option, &value, sizeof value); };
    set(IPPROTO_TCP, TCP_NODELAY, 1);
    set(SOL_SOCKET, SO_KEEPALIVE, 1);
    set(IPPROTO_TCP, TCP_KEEPIDLE, 15);
    set(IPPROTO_TCP, TCP_KEEPINTVL, 5);
    set(IPPROTO_TCP, TCP_KEEPCNT, 3);
    set(IPPROTO_TCP, TCP_USER_TIMEOUT, 15'000);
}

QString explain(const RedisUrl &url, int error)
{
    switch (error) {
    case ECONNREFUSED:
    case ENOENT:
        return QStringLiteral("Nothing answers at %1. Is Redis running there?").arg(url.display());
    case EACCES:
        return QStringLiteral("This user may not open %1. Check the permissions of the socket.").arg(url.display());
    case ETIMEDOUT:
        return QStringLiteral("%1 did not answer in time. Is it the right address, and is Redis busy or stopped?").arg(url.display());
    default:
        return QStringLiteral("The connection to %1 failed: %2.").arg(url.display(), QString::fromStdString(std::generic_category().message(error)));
    }
}

} // namespace

BlockingSocket::~BlockingSocket()
{
    if (m_handle >= 0) {
        ::close(m_handle);
    }
}

bool BlockingSocket::connect(const RedisUrl &url, Instant deadline, QString *error)
{
    int number = 0;
    if (url.tls) {
        *error = QStringLiteral("%1: this client does not speak TLS. Use ServiceLimiter, which does, or redis:// through a tunnel.").arg(url.display());
        return false;
    }
    if (!url.path.empty()) {
        sockaddr_un address {};
        address.sun_family = AF_UNIX;
        if (url.path.size() >= sizeof address.sun_path) {
            *error = QStringLiteral("The path of %1 is too long for a unix socket.").arg(url.display());
            return false;
        }
        std::memcpy(address.sun_path, url.path.data(), url.path.size());
        addrinfo all {};
        all.ai_family = AF_UNIX;
        all.ai_socktype = SOCK_STREAM;
        all.ai_addr = reinterpret_cast<sockaddr *>(&address);
        all.ai_addrlen = sizeof address;
        if (connectTo(all, deadline, number)) {
            return true;
        }
        *error = explain(url, number);
        return false;
    }
    addrinfo wish {};
    wish.ai_socktype = SOCK_STREAM;
    wish.ai_flags = AI_ADDRCONFIG;
    addrinfo *found = nullptr;
    if (::getaddrinfo(url.host.c_str(), std::to_string(url.port).c_str(), &wish, &found) != 0) {
        *error = QStringLiteral("The host of %1 is not known. Check its name.").arg(url.display());
        return false;
    }
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> all(found, &::freeaddrinfo);
    for (const auto *address = found; address; address = address->ai_next) {
        if (connectTo(*address, deadline, number)) {
            return true;
        }
    }
    *error = explain(url, number);
    return false;
}

bool BlockingSocket::connectTo(const addrinfo &address, Instant deadline, int &error)
{
    const int handle = ::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (handle < 0) {
        error = errno;
        return false;
    }
    error = ::connect(handle, address.ai_addr, address.ai_addrlen) == 0 ? 0 : errno;
    if (error == EINPROGRESS) {
        socklen_t size = sizeof error;
        if (!waitFor(handle, POLLOUT, deadline)) {
            error = ETIMEDOUT;
        } else if (::getsockopt(handle, SOL_SOCKET, SO_ERROR, &error, &size) != 0) {
            error = errno;
        }
    }
    if (error != 0) {
        ::close(handle);
        return false;
    }
    ::fcntl(handle, F_SETFL, ::fcntl(handle, F_GETFL) & ~O_NONBLOCK);
    setOptions(handle, isTcp(address));
    m_handle = handle;
    return true;
}

bool BlockingSocket::send(std::string_view bytes, Instant deadline)
{
    while (!bytes.empty()) {
        const auto size = ::send(m_handle, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (size > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(size));
        } else if (errno != EINTR && (errno != EAGAIN || !waitFor(m_handle, POLLOUT, deadline))) {
            return false;
        }
    }
    return true;
}

BlockingSocket::Received BlockingSocket::receive(char *bytes, std::size_t &size, Instant deadline)
{
    for (;;) {
        int flags = 0;
        if (deadline - steadyNow() < slice) {
            flags = MSG_DONTWAIT;
            if (!waitFor(m_handle, POLLIN, deadline)) {
                return Received::Nothing;
            }
        }
        const auto got = ::recv(m_handle, bytes, size, flags);
        if (got > 0) {
            size = static_cast<std::size_t>(got);
            return Received::Some;
        }
        if (got == 0 || (errno != EINTR && errno != EAGAIN)) {
            return Received::End;
        }
    }
}

void BlockingSocket::hangUp()
{
    ::shutdown(m_handle, SHUT_RDWR);
}

} // namespace rateguard
