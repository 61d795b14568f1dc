// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "BenchServer.h"

#include <atomic>
#include <thread>

namespace rateguard {

// A dashboard as Redis sees it: subscribed to the decisions, reading all that comes at once, and asking for what waits
// every 50 ms. It understands nothing of it. Runs in a thread of its own until it is destroyed.
class Listener
{
public:
    explicit Listener(const BenchServer &server);
    ~Listener();

    std::uint64_t bytesHeard() const { return m_heard; }

private:
    void listen();

    ContextPtr m_subscriber;
    ContextPtr m_asker;
    std::string m_call; // what m_asker asks
    std::atomic<std::uint64_t> m_heard = 0;
    std::atomic<bool> m_over = false;
    std::thread m_thread;
};

} // namespace rateguard
