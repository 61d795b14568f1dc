// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/FeedSession.h"

#include "engine/HeardSeconds.h"
#include "redis/ServerTime.h"

#include <algorithm>

namespace rateguard {

std::vector<SecondCounts> FeedWorker::Session::secondsOf(const std::string &policy, const std::optional<std::string> &key)
{
    constexpr std::chrono::seconds late {2};
    constexpr std::chrono::seconds span {TrafficHistory::defaultSeconds};
    const auto end = deafSince.value_or(clock.now()) - late;
    if ((deafSince && deafCause == GapCause::NotWatching) || (key && key->size() > namedWhole)) {
        return {};
    }
    return heardSeconds(keys, policy, key, history.series(span, end), end);
}

// Asks every partition for what waits there. The answer is also the server's clock and a sign of life.
void FeedWorker::listen()
{
    auto &s = *m_session;
    if (s.asking > 0 || !s.commands.isLive()) {
        return;
    }
    s.asking = s.partitions.size();
    for (std::size_t i = 0; i < s.partitions.size(); ++i) {
        const Question question {i, s.clock.elapsed(), s.commands.pending() == 0};
        s.library.listen(s.partitions[i], [this, question](const Reply &reply) {
            m_session->asking -= m_session->asking > 0;
            heard(reply, question);
        });
    }
}

void FeedWorker::hearFrom(Instant at)
{
    auto &s = *m_session;
    if (s.deafSince && s.subscriber.state() == LinkState::Live) {
        s.rejections.listeningFrom(at);
        s.missed(at);
        if (s.deafCause != GapCause::NotWatching) {
            s.asks.missed();
        }
        s.deafSince.reset();
    }
}

void FeedWorker::heard(const Reply &reply, const Question &question)
{
    auto &s = *m_session;
    if (!reply.hasItems(2)) {
        if (!reply.isLost()) {
            s.trouble = isRightsError(reply)
                ? tr("This Redis user may not call functions (FCALL_RO), so events come up to half a second later.")
                : explainError(reply);
        }
        if (isRightsError(reply)) { // events come all the same; what the clock says there, TIME tells
            if (s.asking == 0) {
                readServerTime(s.commands, [this, sent = s.clock.elapsed(), isPlain = s.commands.pending() == 0](Instant now) {
                    auto &clock = m_session->clock;
                    clock.observe(now, clock.elapsed() - sent, isPlain);
                });
            }
            hearFrom(s.clock.now());
        }
        return;
    }
    const auto server = std::strtoll(reply.items[0].text.c_str(), nullptr, 10);
    if (server > 0 && server < std::int64_t {1} << 60) {
        s.clock.observe(Instant(std::chrono::microseconds(server)), s.clock.elapsed() - question.sent, question.isPlain);
    }
    const auto &waiting = reply.items[1].text;
    if (waiting.empty() || question.partition >= s.intakes.size() || !s.subscriber.isLive()) {
        hearFrom(s.clock.now());
        return;
    }
    std::string error;
    const auto events = s.intakes[question.partition].pending(waiting, &error);
    // What waited there begins up to half a second ago: since then we know all. What is older is of before the outage.
    const auto now = s.clock.now();
    const auto first = events && !events->empty() ? events->front().at : now;
    const bool isSince = s.deafSince && first > *s.deafSince && first < now && now - first <= std::chrono::milliseconds(500);
    hearFrom(isSince ? first : now);
    take(events, error);
}

void FeedWorker::onMessage(std::string_view channel, std::string_view payload)
{
    auto &s = *m_session;
    for (std::size_t i = 0; i < s.partitions.size(); ++i) {
        if (channel == s.partitions[i].events) {
            std::string error;
            take(s.intakes[i].published(payload, &error), error);
            return;
        }
    }
    const auto name = changedBy(payload);
    s.asks.changed(name);
    if (name.key) { // an edit of the policy ends no run
        s.rejections.changed(name.policy, *name.key, s.clock.now());
    }
    readLimits();
}

// Of the time in which we heard nothing.
void FeedWorker::readMinutes()
{
    auto &s = *m_session;
    if (!s.asks.wantsMinutes()) {
        return;
    }
    std::vector<std::string> names;
    for (const auto &row : s.policies.rows()) {
        names.push_back(row.name);
    }
    s.asks.readMinutes(std::move(names));
}

void FeedWorker::take(const std::optional<EventIntake::Events> &events, const std::string &error)
{
    auto &s = *m_session;
    if (!events) {
        ++s.malformed;
        s.unreadable = tr("Redis sends decisions that this program cannot read: %1.").arg(QString::fromStdString(error));
        return;
    }
    s.unreadable.clear();
    for (const auto &event : *events) {
        s.edits.decided(event);
        if (event.why == Why::Unchecked) {
            s.total.unchecked += event.cost;
            s.history.recordUnchecked(event.at, event.cost);
            continue; // no key, and nothing that the limiter decided
        }
        if (s.keys.record(event)) { // of most keys the book need not hear: they were never rejected
            s.rejections.record(event);
        }
        s.followed.record(event);
        s.history.record(event.at, event.verdict);
        s.rates.record(event.at, event.verdict);
        (event.verdict == Verdict::Allowed ? s.total.allowed : event.verdict == Verdict::Rejected ? s.total.rejected : s.total.wouldReject) += 1;
    }
    if (!events->empty()) {
        s.started = true;
        s.lag = std::max(std::chrono::duration_cast<Duration>(s.clock.now() - events->front().at), Duration(0));
    }
}

} // namespace rateguard
