// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/ServiceLimiter.h"

#include "engine/Outages.h"
#include "redis/Layout.h"
#include "redis/RedisLimiter.h"
#include "redis/SteadyClock.h"

#include <QScopedValueRollback>

namespace rateguard {

struct ServiceLimiter::Call
{
    std::string policy;
    std::string key; // as Redis gets it
    std::uint32_t cost;
    Limits fallback;
    Callback callback; // null once it was called
    Instant deadline;
    std::shared_ptr<Outages::Overdue> overdue = nullptr; // decided without its answer
};

ServiceLimiter::ServiceLimiter(RedisUrl url, ServiceOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_outages(std::make_unique<Outages>(m_options.onFailure, m_options.pause, m_options.localKeys))
    , m_connection(std::make_unique<Connection>(std::move(url), m_options.name))
    , m_library(std::make_unique<Library>(*m_connection))
{
    m_expiry.setSingleShot(true);
    m_expiry.setTimerType(Qt::PreciseTimer);
    m_again.setSingleShot(true);
    connect(&m_expiry, &QTimer::timeout, this, &ServiceLimiter::expire);
    connect(&m_again, &QTimer::timeout, m_connection.get(), &Connection::open);
    connect(m_connection.get(), &Connection::live, this, &ServiceLimiter::prepare);
    connect(m_connection.get(), &Connection::stateChanged, this, &ServiceLimiter::stateChanged);
    m_connection->open();
}

ServiceLimiter::~ServiceLimiter()
{
    m_connection->disconnect(this);
}

void ServiceLimiter::prepare()
{
    // Without the right to load the library, decisions say what is missing.
    m_library->update([this](const QString &) { readLayoutNow(); });
}

void ServiceLimiter::readLayoutNow()
{
    readLayout(*m_connection, m_options.prefix, [this](const Partitions &partitions, const QString &error) {
        if (!m_connection->isLive()) {
            return;
        }
        if (!error.isEmpty()) {
            giveUpWaiting(error.toStdString());
            m_again.start(std::chrono::seconds(2));
            return;
        }
        m_outages->answered();
        m_partitions = std::make_unique<Partitions>(partitions);
        m_limiter = std::make_unique<RedisLimiter>(*m_library, partitions);
        emit ready();
        for (const auto &call : std::exchange(m_waiting, {})) {
            if (call->callback) {
                send(call);
            }
        }
    });
}

void ServiceLimiter::stateChanged()
{
    if (m_connection->isLive()) {
        return;
    }
    m_limiter.reset();
    const auto state = m_connection->state();
    if (state == LinkState::Refused) {
        m_again.start(std::chrono::seconds(2)); // whoever mends it need not restart this service
    }
    if (state == LinkState::Refused || state == LinkState::Lost) {
        giveUpWaiting(m_connection->detail().toStdString());
    }
}

void ServiceLimiter::check(std::string_view policy, std::string_view key, std::uint32_t cost, const Limits &fallback, Callback callback)
{
    const QScopedValueRollback checking(m_isChecking, true);
    const auto now = steadyNow();
    const auto call = std::make_shared<Call>(Call {std::string(policy), wireKey(key), cost, fallback, std::move(callback), now + m_options.timeout});
    if (auto error = misuse(policy, cost); !error.empty()) {
        finish(call, refuseMisuse(std::move(error)));
        return;
    }
    if (!m_outages->mayAsk(now)) {
        finish(call, m_outages->decide(policy, call->key, cost, fallback, now, "Redis does not answer, and is not asked until the pause is over"));
        return;
    }
    const auto state = m_connection->state();
    if (!m_limiter && (state == LinkState::Refused || state == LinkState::Lost)) {
        giveUp(call, m_connection->detail().toStdString());
        return;
    }
    m_calls.push_back(call);
    if (!m_expiry.isActive()) {
        m_expiry.start(m_options.timeout);
    }
    m_limiter ? send(call) : m_waiting.push_back(call);
}

void ServiceLimiter::send(const CallPtr &call)
{
    m_limiter->check(call->policy, call->key, call->cost, call->fallback, [this, call](const RedisLimiter::Answer &answer) {
        answered(call, answer.failure(), answer.error.empty() ? &answer.decision : nullptr);
    });
}

void ServiceLimiter::answered(const CallPtr &call, const Reply &failure, const Decision *decision)
{
    if (!call->callback) {
        if (call->overdue) {
            m_outages->cameLate(*call->overdue, decision && decision->allowed());
        }
        return;
    }
    if (decision) {
        m_outages->answered();
        report(call);
        ServiceDecision all;
        static_cast<Decision &>(all) = *decision;
        finish(call, all);
        return;
    }
    if (failure.isLost() || isReadOnly(failure)) {
        giveUp(call, failure.text);
    } else {
        m_outages->answered(); // it refuses, but it is there
        finish(call, m_outages->decide(call->policy, call->key, call->cost, call->fallback, steadyNow(), failure.text));
    }
    // A primary that became a replica: the same address may lead to the new one, soon.
    if (isReadOnly(failure) && !m_again.isActive()) {
        m_again.start(m_options.pause);
    }
}

void ServiceLimiter::finish(const CallPtr &call, const ServiceDecision &decision)
{
    const auto callback = std::exchange(call->callback, nullptr);
    while (!m_calls.empty() && !m_calls.front()->callback) {
        m_calls.pop_front();
    }
    // A callback that checks again would go round and round in here while Redis is away.
    if (m_isChecking) {
        QMetaObject::invokeMethod(this, [callback, decision] { callback(decision); }, Qt::QueuedConnection);
    } else {
        callback(decision);
    }
}

void ServiceLimiter::giveUp(const CallPtr &call, const std::string &why)
{
    const auto now = steadyNow();
    m_outages->failed(now);
    finish(call, m_outages->decide(call->policy, call->key, call->cost, call->fallback, now, why, call->overdue));
}

void ServiceLimiter::giveUpWaiting(const std::string &why)
{
    for (const auto &call : std::exchange(m_waiting, {})) {
        if (call->callback) {
            giveUp(call, why);
        }
    }
}

// When this process was busy, its timers and the answers to its calls are due in the same turn of the event loop, in any order:
// what seems to be overdue gets one more turn.
void ServiceLimiter::expire()
{
    const auto now = steadyNow();
    const bool isDue = !m_calls.empty() && m_calls.front()->deadline <= now;
    if (isDue && !m_isLastLook) {
        m_isLastLook = true;
        m_expiry.start(0);
        return;
    }
    m_isLastLook = false;
    std::vector<CallPtr> overdue;
    while (!m_calls.empty() && m_calls.front()->deadline <= now) {
        if (m_calls.front()->callback) {
            overdue.push_back(m_calls.front());
        }
        m_calls.pop_front();
    }
    if (!m_calls.empty()) {
        m_expiry.start(std::max(std::chrono::ceil<Duration>(m_calls.front()->deadline - now), Duration(1)));
    }
    for (const auto &call : overdue) {
        if (call->callback) {
            call->overdue = std::make_shared<Outages::Overdue>(Outages::Overdue {call->policy});
            giveUp(call, "Redis did not answer in time");
        }
    }
}

// In the partition that has just answered, because it knows the policy. No request waits for it.
void ServiceLimiter::report(const CallPtr &call)
{
    const auto counts = m_outages->takeReport(call->policy, steadyNow());
    for (const auto &[name, count] : counts) {
        m_library->call(uncheckedCommand(m_partitions->of(call->key), name, count), [this, name = name, count = count](const Reply &reply) {
            if (reply.isError() && !reply.isLost()) {
                m_outages->refused(name, count);
            }
        });
    }
}

std::map<std::string, std::uint64_t, std::less<>> ServiceLimiter::unchecked() const
{
    return m_outages->unchecked();
}

std::uint64_t ServiceLimiter::admittedWithoutRedis() const
{
    return m_outages->admitted();
}

std::uint64_t ServiceLimiter::rejectedWithoutRedis() const
{
    return m_outages->rejected();
}

} // namespace rateguard
