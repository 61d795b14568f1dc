// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "feed/FeedSession.h"

#include "redis/Layout.h"

#include <QTimer>

#include <algorithm>
#include <utility>

namespace rateguard {

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
        if (auto edit = m_session->policies.restoring(policy, m_session->clock.now())) {
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
    s.keys.setNearShare(request.nearShare);
    s.keys.collect(known, out);
    s.desk.fill(request, known, out);
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
    // News of edits are told once: no snapshot may be overwritten before it was taken.
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
