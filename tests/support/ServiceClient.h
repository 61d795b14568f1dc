// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "redis/BlockingLimiter.h"
#include "redis/ServiceLimiter.h"
#include "support/TestRedis.h"

#include <QElapsedTimer>

#include <csignal>

namespace rateguard {

// Either of the two clients, asked one thing after the other: what both promise is tested once.
class ServiceClient
{
public:
    ServiceClient(bool blocking, const RedisUrl &url, const ServiceOptions &options)
    {
        if (blocking) {
            m_blocking = std::make_unique<BlockingLimiter>(url, options);
        } else {
            m_async = std::make_unique<ServiceLimiter>(url, options);
        }
    }

    ServiceDecision check(std::string_view policy, std::string_view key, std::uint32_t cost = 1, const Limits &fallback = {})
    {
        if (m_blocking) {
            return m_blocking->check(policy, key, cost, fallback);
        }
        std::optional<ServiceDecision> decision;
        m_async->check(policy, key, cost, fallback, [&decision](const ServiceDecision &answer) { decision = answer; });
        QElapsedTimer clock;
        clock.start();
        while (!decision && clock.elapsed() < 10'000) {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
        if (!decision) {
            qFatal("the callback did not come");
        }
        return *decision;
    }

    auto unchecked() const { return m_blocking ? m_blocking->unchecked() : m_async->unchecked(); }
    std::uint64_t admitted() const { return m_blocking ? m_blocking->admittedWithoutRedis() : m_async->admittedWithoutRedis(); }
    std::uint64_t rejected() const { return m_blocking ? m_blocking->rejectedWithoutRedis() : m_async->rejectedWithoutRedis(); }

    // A test for both: two rows, and which of them this is.
    static void addKinds()
    {
        QTest::addColumn<bool>("blocking");
        QTest::newRow("blocking") << true;
        QTest::newRow("asynchronous") << false;
    }
    static bool isBlockingRow() { return *static_cast<bool *>(QTest::qData("blocking", qMetaTypeId<bool>())); }

    static ServiceOptions withTimeout(Duration timeout)
    {
        ServiceOptions options;
        options.timeout = timeout;
        options.pause = std::chrono::milliseconds(500);
        return options;
    }

private:
    std::unique_ptr<BlockingLimiter> m_blocking;
    std::unique_ptr<ServiceLimiter> m_async;
};

// A server that is there and says nothing, until this goes or lets it.
class Stopped
{
public:
    explicit Stopped(TestRedis &redis) : m_process(static_cast<pid_t>(redis.server().processId())) { ::kill(m_process, SIGSTOP); }
    ~Stopped() { resume(); }
    void resume() { ::kill(m_process, SIGCONT); }
    Stopped(const Stopped &) = delete;
    Stopped &operator=(const Stopped &) = delete;

private:
    pid_t m_process;
};

// What Redis knows of a policy: its history, and what that does not hold yet.
inline Counts historyOf(TestRedis &redis, const std::string &policy, const Keyspace &names = Keyspace())
{
    Counts sum;
    const auto add = [&sum](const std::string &text) {
        unsigned long long allowed = 0, rejected = 0, would = 0, unchecked = 0;
        if (std::sscanf(text.c_str(), "%llu %llu %llu %llu", &allowed, &rejected, &would, &unchecked) == 4) {
            sum += Counts {allowed, rejected, would, unchecked};
        }
    };
    const auto hour = std::chrono::duration_cast<std::chrono::hours>(std::chrono::system_clock::now().time_since_epoch()).count();
    for (const auto when : {hour - 1, hour}) {
        for (const auto &minute : redis.ask({"HVALS", names.history(policy, when)}).items) {
            add(minute.text);
        }
    }
    for (const auto &line : redis.ask({"FCALL_RO", "rateguard_counts", "1", names.limits}).items) {
        if (line.text.starts_with(policy + " ")) {
            add(line.text.substr(line.text.find(' ', policy.size() + 1) + 1));
        }
    }
    return sum;
}

} // namespace rateguard
