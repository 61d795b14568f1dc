// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/FeedWorker.h"

#include "redis/KeyCensus.h"
#include "redis/Layout.h"

#include <QTimer>

#include <algorithm>
#include <utility>

namespace rateguard {

struct FeedWorker::Session
{
    Session(FeedWorker &worker, const RedisUrl &target, const FeedOptions &options)
        : url(target)
        , subscriber(target, options.name + ":events")
        , commands(target, options.name + ":commands")
        , library(commands, !options.readOnly)
        , store(commands, library)
        , census(commands, library, [this](std::string_view policy, std::string_view key, const Decision &decision) {
            keys.observe(policy, key, decision.limit - std::min(decision.limit, decision.remaining), {decision.limit, decision.window}, clock.now());
        })
        , keys({options.maxKeys})
        , history(chartSeconds + 5)
    {
        subscribe(worker, Partitions());
        listenTimer.setInterval(listenEvery);
        listTimer.setInterval(5000);
    }

    void subscribe(FeedWorker &worker, const Partitions &there)
    {
        partitions = there;
        store.setPartitions(there);
        intakes = std::vector<EventIntake>(there.size());
        std::vector<std::string> channels;
        for (const auto &names : there) {
            channels.insert(channels.end(), {names.events, names.changes});
        }
        subscriber.setSubscription(channels, [&worker](std::string_view channel, std::string_view payload) { worker.onMessage(channel, payload); });
    }

    Partitions partitions;
    std::vector<EventIntake> intakes; // one for each
    RedisUrl url;
    Connection subscriber; // listens
    Connection commands; // asks
    Library library;
    LimitStore store;
    KeyCensus census; // of who has used what before we came
    ServerClock clock;
    KeyRegistry keys;
    TrafficHistory history;
    RateWindow rates;
    Counts total;
    PolicyBook policies;
    EditTracker edits;
    QTimer listenTimer;
    QTimer listTimer;
    std::uint64_t malformed = 0;
    Duration lag {0};
    std::optional<Instant> deafSince; // we could not listen from here on
    bool reached = false;
    bool started = false;
    std::size_t asking = 0; // partitions that have not answered yet
    bool listing = false;
    bool listAgain = false;
    bool policiesChanged = true;
    bool keysReset = true;
    QString trouble; // of the limits; the connection itself is fine
    QString unreadable; // of the latest decisions
};

FeedWorker::FeedWorker(FeedMailbox &mailbox, FeedOptions options)
    : m_mailbox(mailbox)
    , m_options(std::move(options))
{
}

FeedWorker::~FeedWorker() = default;

void FeedWorker::connectToRedis()
{
    std::optional<RedisUrl> url;
    {
        const std::lock_guard lock(m_mailbox.mutex);
        url = std::exchange(m_mailbox.url, std::nullopt);
    }
    if (!url) {
        return;
    }
    auto before = std::exchange(m_session, std::make_unique<Session>(*this, *url, m_options));
    auto &s = *m_session;
    if (before) {
        s.edits.inherit(before->edits, before->url == *url);
        before.reset();
    }
    s.deafSince = s.clock.now() - std::chrono::seconds(chartSeconds);
    connect(&s.subscriber, &Connection::live, this, &FeedWorker::onLive);
    connect(&s.commands, &Connection::live, this, &FeedWorker::onCommandsLive);
    connect(&s.subscriber, &Connection::lost, this, &FeedWorker::onLost);
    connect(&s.subscriber, &Connection::stateChanged, this, [this] {
        if (m_session->subscriber.state() == LinkState::Stale) {
            goDeaf(m_session->clock.now() - Connection::staleAfter);
        }
    });
    connect(&s.listenTimer, &QTimer::timeout, this, &FeedWorker::listen);
    connect(&s.listTimer, &QTimer::timeout, this, &FeedWorker::readLimits);
    s.commands.open();
}

// What to subscribe to stands in Redis.
void FeedWorker::onCommandsLive()
{
    readLayout(m_session->commands, m_options.prefix, [this](const Partitions &partitions, const QString &error) {
        auto &s = *m_session;
        if (!s.commands.isLive()) {
            return;
        }
        s.trouble = error;
        const bool isOther = partitions.prefix() != s.partitions.prefix() || partitions.size() != s.partitions.size();
        if (isOther) {
            s.subscribe(*this, partitions);
        }
        if (isOther || s.subscriber.state() == LinkState::Idle) {
            s.subscriber.open();
        }
        onLive();
    });
}

void FeedWorker::onLive()
{
    auto &s = *m_session;
    if (!s.subscriber.isLive() || !s.commands.isLive()) {
        return;
    }
    s.reached = true;
    s.asking = 0;
    s.listing = false;
    s.library.update([this](const QString &error) { m_session->trouble = error.isEmpty() ? m_session->trouble : error; });
    listen();
    readLimits();
    for (const auto &edit : s.edits.unresolved()) {
        s.store.resolve(edit, [this](const EditOutcome &outcome) { m_session->edits.outcome(outcome); });
    }
    s.census.start(s.partitions, m_options.maxKeys);
    s.listenTimer.start();
    s.listTimer.start();
}

void FeedWorker::onLost()
{
    auto &s = *m_session;
    goDeaf(s.clock.now());
    for (auto &intake : s.intakes) {
        intake.restart(); // what we missed meanwhile is a gap, not a loss on the way
    }
}

// From here on we know nothing: charts get a gap, and figures stay as they were.
void FeedWorker::goDeaf(Instant since)
{
    if (!m_session->deafSince) {
        m_session->deafSince = since;
    }
}

// Asks every partition for what waits there. The answer is also the server's clock and a sign of life.
void FeedWorker::listen()
{
    auto &s = *m_session;
    if (s.asking > 0 || !s.commands.isLive()) {
        return;
    }
    s.asking = s.partitions.size();
    const auto sent = s.clock.now();
    for (std::size_t i = 0; i < s.partitions.size(); ++i) {
        s.library.listen(s.partitions[i], [this, sent, i](const Reply &reply) {
            m_session->asking -= m_session->asking > 0;
            heard(reply, sent, i);
        });
    }
}

void FeedWorker::heard(const Reply &reply, Instant sent, std::size_t partition)
{
    auto &s = *m_session;
    if (!reply.hasItems(2)) {
        if (!reply.isLost()) {
            s.trouble = isRightsError(reply)
                ? QStringLiteral("This Redis user may not call functions (FCALL_RO), so events come up to half a second later.")
                : explainError(reply);
        }
        return;
    }
    const auto server = std::strtoll(reply.items[0].text.c_str(), nullptr, 10);
    if (server > 0 && server < std::int64_t {1} << 60) {
        s.clock.observe(Instant(std::chrono::microseconds(server)), s.clock.now() - sent);
    }
    if (s.deafSince && s.subscriber.state() == LinkState::Live) {
        s.history.gap(*s.deafSince, s.clock.now());
        s.deafSince.reset();
    }
    if (const auto &waiting = reply.items[1].text; !waiting.empty() && partition < s.intakes.size() && s.subscriber.isLive()) {
        std::string error;
        take(s.intakes[partition].pending(waiting, &error), error);
    }
}

void FeedWorker::readLimits()
{
    auto &s = *m_session;
    if (s.listing) {
        s.listAgain = true;
        return;
    }
    s.listing = true;
    s.store.list([this](const LimitStore::Listed &listed) {
        auto &session = *m_session;
        session.listing = false;
        if (listed.error.isEmpty()) {
            session.policiesChanged |= session.policies.update(listed.texts, listed.unset);
            session.started = true;
            session.trouble.clear();
            if (!m_options.readOnly && !listed.behind.empty()) {
                session.store.repair(listed);
            }
        } else if (!listed.failure.isLost()) {
            session.trouble = listed.error;
        }
        if (std::exchange(session.listAgain, false)) {
            readLimits();
        }
    });
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
    readLimits();
}

void FeedWorker::take(const std::optional<EventIntake::Events> &events, const std::string &error)
{
    auto &s = *m_session;
    if (!events) {
        ++s.malformed;
        s.unreadable = QStringLiteral("Redis sends decisions that this program cannot read: %1.").arg(QString::fromStdString(error));
        return;
    }
    s.unreadable.clear();
    for (const auto &event : *events) {
        s.edits.decided(event);
        if (event.why == Why::Unchecked) {
            s.total.unchecked += event.cost;
            continue; // no key, and nothing that the limiter decided
        }
        s.keys.record(event);
        s.history.record(event.at, event.verdict);
        s.rates.record(event.at, event.verdict);
        (event.verdict == Verdict::Allowed ? s.total.allowed : event.verdict == Verdict::Rejected ? s.total.rejected : s.total.wouldReject) += 1;
    }
    if (!events->empty()) {
        s.started = true;
        s.lag = std::max(std::chrono::duration_cast<Duration>(s.clock.now() - events->front().at), Duration(0));
    }
}

void FeedWorker::takeEdits()
{
    std::vector<LimitEdit> edits;
    std::vector<std::string> restores;
    bool forget = false;
    {
        const std::lock_guard lock(m_mailbox.mutex);
        edits.swap(m_mailbox.edits);
        restores.swap(m_mailbox.restores);
        forget = std::exchange(m_mailbox.forgetLost, false);
    }
    if (!m_session) {
        return;
    }
    if (forget) {
        m_session->policies.forgetLost();
    }
    for (const auto &policy : restores) {
        if (auto edit = m_session->policies.restoring(policy)) {
            edit->author = operatorName();
            edit->id = m_restoreId++;
            edits.push_back(std::move(*edit));
        }
    }
    for (const auto &edit : edits) {
        submit(edit);
    }
}

void FeedWorker::submit(const LimitEdit &edit)
{
    auto &s = *m_session;
    EditOutcome outcome;
    outcome.id = edit.id;
    outcome.policy = edit.policy;
    if (m_options.readOnly || !s.commands.isLive()) {
        outcome.status = EditOutcome::Status::Refused;
        outcome.message = m_options.readOnly ? "Nothing was changed: the program was started with --read-only."
                                             : "Nothing was sent: there is no connection to Redis. Apply again when it is back.";
        s.edits.outcome(outcome);
        return;
    }
    s.edits.sent(edit, s.policies.version(edit.policy));
    s.store.apply(edit, [this](const EditOutcome &result) {
        m_session->edits.outcome(result);
        readLimits();
    });
    QTimer::singleShot(3000, &s.listenTimer, [this, outcome]() mutable {
        if (m_session->edits.isPending(outcome.id)) {
            outcome.status = EditOutcome::Status::Unknown;
            outcome.message = "Redis has not answered for 3 s: the edit may have been made. It is looked up as soon as Redis answers.";
            m_session->edits.outcome(outcome);
        }
    });
}

LinkStatus FeedWorker::link() const
{
    const auto &s = *m_session;
    LinkStatus link;
    link.endpoint = s.url.display().toStdString();
    link.server = s.commands.server().toStdString();
    link.roundTrip = s.clock.roundTrip();
    link.mayEdit = !m_options.readOnly;
    link.neverReached = !s.reached;
    // The worse of the two speaks.
    const auto &worse = s.commands.state() == LinkState::Live ? s.subscriber : s.commands;
    link.state = worse.state();
    link.detail = worse.detail().toStdString();
    link.retryIn = worse.retryIn();
    if (link.state == LinkState::Live && !(s.trouble.isEmpty() && s.unreadable.isEmpty())) {
        link.detail = (s.trouble.isEmpty() ? s.unreadable : s.trouble).toStdString();
    }
    return link;
}

void FeedWorker::fillTraffic(Snapshot &out, const SnapshotRequest &request, Instant now)
{
    auto &s = *m_session;
    if (s.deafSince) {
        s.history.gap(*s.deafSince, now);
    }
    const auto known = s.started ? s.deafSince.value_or(now) : now;
    out.rates = s.rates.rates(known);
    out.total = s.total;
    out.all = s.history.last(chartSeconds, now);
    const auto *selected = request.hasSelected ? s.keys.history(request.selectedPolicy, request.selectedKey) : nullptr;
    out.selectedKnown = selected != nullptr;
    if (selected) {
        out.selected = selected->last(chartSeconds, now);
        for (std::size_t i = 0; i < out.selected.size() && i < out.all.size(); ++i) {
            out.selected[i].gap = out.all[i].gap;
        }
    }
    s.keys.collect(known, request.allKeysAgain || std::exchange(s.keysReset, false), out);
    out.policies = s.policies.rows();
    for (auto &row : out.policies) {
        row.rates = s.keys.policyRates(row.name, known);
    }
    out.policiesChanged = std::exchange(s.policiesChanged, false);
    out.lostLimits = s.policies.lost();
    out.edits = s.edits.takeNews();
    for (const auto &intake : s.intakes) {
        out.batchesLost += intake.lost();
    }
    out.messagesMalformed = s.malformed;
    out.lag = s.lag;
    out.started = s.started;
}

void FeedWorker::publish()
{
    SnapshotRequest request;
    bool unread = false;
    {
        const std::lock_guard lock(m_mailbox.mutex);
        request = m_mailbox.request;
        unread = m_mailbox.snapshot != nullptr;
    }
    // Each snapshot is a difference to the one before: none may be overwritten before it was taken.
    if (unread) {
        emit snapshotReady();
        return;
    }
    auto snapshot = std::make_shared<Snapshot>();
    if (m_session) {
        snapshot->now = m_session->clock.now();
        snapshot->link = link();
        fillTraffic(*snapshot, request, snapshot->now);
    }
    {
        const std::lock_guard lock(m_mailbox.mutex);
        m_mailbox.snapshot = std::move(snapshot);
    }
    emit snapshotReady();
}

} // namespace rateguard
