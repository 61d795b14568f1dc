// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/SharedLink.h"

#include <algorithm>

namespace rateguard {

namespace {

Reply lost(const std::string &why)
{
    return {Reply::Type::Lost, 0, why, {}};
}

} // namespace

SharedLink::SharedLink(std::unique_ptr<BlockingSocket> socket)
    : m_socket(std::move(socket))
{
}

Reply SharedLink::call(const Arguments &arguments, Instant deadline, const std::function<ReplyCallback()> &overdue)
{
    const auto command = formatCommand(arguments);
    Waiter self;
    Lock lock(m_mutex);
    if (!m_why.empty()) {
        return lost(m_why);
    }
    if (m_inFlight.empty()) {
        m_heardAt = steadyNow();
    }
    m_inFlight.push_back({&self, {}});
    m_unsent += command;
    if (!m_isWriting) {
        write(lock, deadline);
    }
    while (!self.isDone) {
        if (!m_isReading) {
            read(lock, self, deadline);
        } else {
            self.wake.wait_for(lock, std::max(deadline - steadyNow(), Instant::duration(0)));
        }
        if (!self.isDone && steadyNow() >= deadline) {
            abandon(self, overdue);
            return lost("Redis did not answer in time");
        }
    }
    return std::move(self.reply);
}

// The mutex is free while bytes go out, so that others can queue theirs: the next round takes them all.
void SharedLink::write(Lock &lock, Instant deadline)
{
    m_isWriting = true;
    while (!m_unsent.empty() && m_why.empty()) {
        m_sending.clear();
        m_sending.swap(m_unsent);
        lock.unlock();
        const bool isSent = m_socket->send(m_sending, deadline);
        lock.lock();
        if (!isSent) {
            fail("Redis takes no more commands"); // half a command may be out: nothing can follow it
        }
    }
    m_isWriting = false;
}

void SharedLink::read(Lock &lock, const Waiter &self, Instant deadline)
{
    char bytes[ReplyParser::sip];
    m_isReading = true;
    while (!self.isDone) {
        auto size = sizeof bytes;
        lock.unlock();
        const auto received = m_socket->receive(bytes, size, deadline);
        lock.lock();
        if (received == BlockingSocket::Received::Nothing) {
            break;
        }
        if (received == BlockingSocket::Received::End) {
            fail("Redis closed the connection");
            break;
        }
        take(bytes, size);
    }
    m_isReading = false;
    handOn();
}

void SharedLink::take(const char *bytes, std::size_t size)
{
    m_heardAt = steadyNow();
    m_parser.feed(bytes, size);
    while (auto reply = m_parser.next()) {
        if (m_inFlight.empty()) {
            fail("Redis answered what nobody had asked");
            return;
        }
        const auto call = std::move(m_inFlight.front());
        m_inFlight.pop_front();
        if (call.waiter) {
            call.waiter->reply = std::move(*reply);
            call.waiter->isDone = true;
            call.waiter->wake.notify_one(); // under the mutex: it may not be there any more afterwards
        } else if (call.overdue) {
            call.overdue(*reply);
        }
    }
    if (!m_parser.error().empty()) {
        fail("Redis sent something unreadable: " + m_parser.error());
    }
}

void SharedLink::abandon(const Waiter &self, const std::function<ReplyCallback()> &overdue)
{
    const auto own = std::find_if(m_inFlight.begin(), m_inFlight.end(), [&self](const InFlight &call) { return call.waiter == &self; });
    own->waiter = nullptr;
    if (overdue) {
        own->overdue = overdue();
    }
    // It may have been woken to read just when it gave up.
    if (!m_isReading) {
        handOn();
    }
}

// Wakes one that waits, so that it reads. One that is still writing does so without being woken.
void SharedLink::handOn()
{
    const auto next = std::find_if(m_inFlight.begin(), m_inFlight.end(), [](const InFlight &call) { return call.waiter; });
    if (next != m_inFlight.end()) {
        next->waiter->wake.notify_one();
    }
}

void SharedLink::fail(const std::string &why)
{
    if (!m_why.empty()) {
        return;
    }
    m_why = why;
    m_socket->hangUp();
    for (const auto &call : m_inFlight) {
        if (call.waiter) {
            call.waiter->reply = lost(why);
            call.waiter->isDone = true;
            call.waiter->wake.notify_one();
        }
    }
    m_inFlight.clear();
}

void SharedLink::breakUp(const std::string &why)
{
    const Lock lock(m_mutex);
    fail(why);
}

bool SharedLink::isBroken() const
{
    const Lock lock(m_mutex);
    return !m_why.empty();
}

Duration SharedLink::silence(Instant now) const
{
    const Lock lock(m_mutex);
    return m_inFlight.empty() ? Duration(0) : std::chrono::duration_cast<Duration>(now - m_heardAt);
}

} // namespace rateguard
