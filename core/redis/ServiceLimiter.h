// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "redis/RedisUrl.h"
#include "redis/ServiceOptions.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <functional>
#include <map>
#include <memory>

namespace rateguard {

class Connection;
class Library;
class Outages;
class Partitions;
class RedisLimiter;
struct Reply;

// The distributed limiter for programs with an event loop: any number of calls in flight on one connection, each with a
// time-out; connects at once, and comes back after an outage. Never blocks, and never fails because of Redis: see FailureMode.
// Lives on the thread that made it; BlockingLimiter is its twin for threads that wait.
class ServiceLimiter : public QObject
{
    Q_OBJECT

public:
    using Callback = std::function<void(const ServiceDecision &)>;

    explicit ServiceLimiter(RedisUrl url, ServiceOptions options = {}, QObject *parent = nullptr);
    // Calls in flight are forgotten: their callbacks are not called any more.
    ~ServiceLimiter() override;

    // Decides one request of `key`, any bytes, and counts it when admitted. The callback comes once, within the time-out and
    // never before this returns; it may check again, but not delete this. `fallback` is used, and registered, only when Redis holds no limit for
    // the policy. A policy's name or cost that Redis would not take is refused, with `error`.
    void check(std::string_view policy, std::string_view key, std::uint32_t cost, const Limits &fallback, Callback callback);
    void check(std::string_view policy, std::string_view key, Callback callback) { check(policy, key, 1, {}, std::move(callback)); }

    bool isReady() const { return m_limiter != nullptr; } // connected, and knows where the limits live

    // Requests that were admitted only because Redis gave no answer, by policy. Redis is told of them when it is back.
    std::map<std::string, std::uint64_t, std::less<>> unchecked() const;
    std::uint64_t admittedWithoutRedis() const;
    std::uint64_t rejectedWithoutRedis() const;

signals:
    void ready();

private:
    struct Call;
    using CallPtr = std::shared_ptr<Call>;

    void prepare();
    void readLayoutNow();
    void stateChanged();
    void send(const CallPtr &call);
    void answered(const CallPtr &call, const Reply &failure, const Decision *decision);
    void finish(const CallPtr &call, const ServiceDecision &decision);
    void giveUp(const CallPtr &call, const std::string &why);
    void giveUpWaiting(const std::string &why);
    void expire();
    void report(const CallPtr &call);

    const ServiceOptions m_options;
    std::unique_ptr<Outages> m_outages;
    std::unique_ptr<Connection> m_connection;
    std::unique_ptr<Library> m_library;
    std::unique_ptr<RedisLimiter> m_limiter; // null until the layout is known
    std::unique_ptr<Partitions> m_partitions;
    std::deque<CallPtr> m_calls; // all, the first to expire first
    std::deque<CallPtr> m_waiting; // for the layout
    QTimer m_expiry;
    QTimer m_again; // after Redis refused the login
    bool m_isLastLook = false;
    bool m_isChecking = false;
};

} // namespace rateguard
