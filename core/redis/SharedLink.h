// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "redis/BlockingSocket.h"
#include "redis/Command.h"
#include "redis/ReplyParser.h"

#include <condition_variable>
#include <deque>
#include <mutex>

namespace rateguard {

// One connection that many threads call through, each of which waits for its own answer; their calls are pipelined.
//
// There is no thread in between, as waking one would cost more than Redis needs for a decision. Of the callers, the first that
// finds nobody writing writes for all that came meanwhile, and the first that finds nobody reading reads for all until its
// own answer is there, then hands the reading on.
//
// Thread-safe. Nothing is ever sent twice: when the connection ends, all that wait get Reply::Type::Lost.
class SharedLink
{
public:
    // Takes a connected socket.
    explicit SharedLink(std::unique_ptr<BlockingSocket> socket);
    // Requires that nobody is in call().
    ~SharedLink() = default;

    // Blocks until the answer or the deadline, and is Lost then. Should the answer come after all, some other caller's thread
    // hands it to what `overdue` has returned; that must not call this link, nor block.
    Reply call(const Arguments &arguments, Instant deadline, const std::function<ReplyCallback()> &overdue = {});

    // Ends the connection. May be called at any time, from any thread.
    void breakUp(const std::string &why);
    bool isBroken() const;
    // Redis owes an answer and has said nothing for so long; 0: it owes none.
    Duration silence(Instant now) const;
    int handle() const { return m_socket->handle(); }

private:
    struct Waiter
    {
        std::condition_variable wake;
        Reply reply;
        bool isDone = false;
    };
    struct InFlight
    {
        Waiter *waiter; // null: it has gone
        ReplyCallback overdue;
    };
    using Lock = std::unique_lock<std::mutex>;

    void write(Lock &lock, Instant deadline);
    void read(Lock &lock, const Waiter &self, Instant deadline);
    void take(const char *bytes, std::size_t size);
    void abandon(const Waiter &self, const std::function<ReplyCallback()> &overdue);
    void handOn();
    void fail(const std::string &why);

    std::unique_ptr<BlockingSocket> m_socket;
    mutable std::mutex m_mutex;
    ReplyParser m_parser;
    std::deque<InFlight> m_inFlight; // in the order in which they were sent
    std::string m_unsent;
    std::string m_sending;
    bool m_isWriting = false;
    bool m_isReading = false;
    std::string m_why; // it broke; empty until then
    Instant m_heardAt; // or when the first of what is in flight was asked
};

} // namespace rateguard
