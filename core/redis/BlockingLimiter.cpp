// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/BlockingLimiter.h"

#include "engine/Outages.h"
#include "redis/LinkKeeper.h"
#include "redis/RedisLimiter.h"

namespace rateguard {

// How many threads are inside, for the one that waits until they have left.
class CallCount
{
public:
    void enter()
    {
        const std::lock_guard lock(m_mutex);
        ++m_inside;
    }

    void leave()
    {
        const std::lock_guard lock(m_mutex);
        if (--m_inside == 0) {
            m_left.notify_all(); // under the mutex: this may be gone afterwards
        }
    }

    void waitForNone()
    {
        std::unique_lock lock(m_mutex);
        m_left.wait(lock, [this] { return m_inside == 0; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_left;
    int m_inside = 0;
};

namespace {

struct Visit
{
    explicit Visit(CallCount &calls) : count(calls) { count.enter(); }
    ~Visit() { count.leave(); }
    Visit(const Visit &) = delete;
    Visit &operator=(const Visit &) = delete;

    CallCount &count;
};

} // namespace

BlockingLimiter::BlockingLimiter(RedisUrl url, ServiceOptions options)
    : m_options(std::move(options))
    , m_calls(std::make_unique<CallCount>())
    , m_outages(std::make_unique<Outages>(m_options.onFailure, m_options.pause, m_options.localKeys))
    , m_keeper(std::make_unique<LinkKeeper>(std::move(url), m_options, [outages = m_outages.get()] { outages->answered(); }))
{
}

BlockingLimiter::~BlockingLimiter()
{
    m_keeper->stop();
    m_calls->waitForNone();
}

ServiceDecision BlockingLimiter::check(std::string_view policy, std::string_view key, std::uint32_t cost, const Limits &fallback)
{
    const Visit visit(*m_calls);
    if (auto error = misuse(policy, cost); !error.empty()) {
        return refuseMisuse(std::move(error));
    }
    const auto now = steadyNow();
    if (!m_outages->mayAsk(now)) {
        return m_outages->decide(policy, key, cost, fallback, now, "Redis does not answer, and is not asked until the pause is over");
    }
    return ask(policy, key, cost, fallback, now);
}

ServiceDecision BlockingLimiter::ask(std::string_view policy, std::string_view key, std::uint32_t cost, const Limits &fallback, Instant now)
{
    const auto deadline = now + m_options.timeout;
    const auto name = wireKey(key);
    std::string why;
    std::shared_ptr<Outages::Overdue> late;
    const auto line = m_keeper->line(deadline, why);
    auto reply = Reply {Reply::Type::Lost, 0, why, {}};
    if (line) {
        const auto overdue = [&] {
            late = std::make_shared<Outages::Overdue>(Outages::Overdue {std::string(policy)});
            return [outages = m_outages.get(), late](const Reply &answer) {
                const auto decision = answerOf(answer);
                outages->cameLate(*late, decision.error.empty() && decision.decision.allowed());
            };
        };
        const auto command = checkCommand(line->partitions.of(name), policy, name, cost, fallback);
        reply = line->link.call(command, deadline, overdue);
        if (isLibraryMissing(reply)) {
            Library([&](const Arguments &arguments, const ReplyCallback &callback) { callback(line->link.call(arguments, deadline, overdue)); })
                .call(command, [&reply](const Reply &answer) { reply = answer; });
        }
    }
    const auto answer = answerOf(reply);
    const auto then = steadyNow();
    if (answer.error.empty()) {
        m_outages->answered();
        report(policy, name, then);
        ServiceDecision decision;
        static_cast<Decision &>(decision) = answer.decision;
        return decision;
    }
    if (answer.lost || isReadOnly(reply)) {
        m_outages->failed(then);
    } else {
        m_outages->answered(); // it refuses, but it is there
    }
    // A primary that became a replica: the same address may lead to the new one. And one that says nothing may be gone.
    if (line && (isReadOnly(reply) || line->link.silence(then) > Connection::dropAfter)) {
        line->link.breakUp("Redis does not decide: " + answer.error);
    }
    return m_outages->decide(policy, key, cost, fallback, then, answer.error, late);
}

// In the partition that has just answered, because it knows the policy. No request waits for it.
void BlockingLimiter::report(std::string_view policy, const std::string &key, Instant now)
{
    auto counts = m_outages->takeReport(policy, now);
    if (counts.empty()) {
        return;
    }
    m_keeper->post([outages = m_outages.get(), counts = std::move(counts), key](LinkKeeper::Line *line) {
        for (const auto &[name, count] : counts) {
            if (!line) {
                outages->putBack(name, count);
                continue;
            }
            const auto deadline = steadyNow() + LinkKeeper::connectWithin;
            const auto reply = line->link.call(uncheckedCommand(line->partitions.of(key), name, count), deadline);
            if (reply.isError() && !reply.isLost()) {
                outages->refused(name, count);
            }
        }
    });
}

std::map<std::string, std::uint64_t, std::less<>> BlockingLimiter::unchecked() const
{
    return m_outages->unchecked();
}

std::uint64_t BlockingLimiter::admittedWithoutRedis() const
{
    return m_outages->admitted();
}

std::uint64_t BlockingLimiter::rejectedWithoutRedis() const
{
    return m_outages->rejected();
}

} // namespace rateguard
