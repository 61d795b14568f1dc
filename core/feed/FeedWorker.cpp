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
        m_options.readOnly = m_mailbox.readOnly;
    }
    if (!url) {
        return;
    }
    auto before = std::exchange(m_session, std::make_unique<Session>(*this, *url, m_options));
    auto &s = *m_session;
    if (before) {
        s.edits.inherit(before->edits, before->url == *url);
        s.asks.inherit(before->asks, before->url == *url);
        before.reset();
    }
    connect(&s.subscriber, &Connection::live, this, &FeedWorker::onLive);
    connect(&s.commands, &Connection::live, this, &FeedWorker::onCommandsLive);
    connect(&s.subscriber, &Connection::lost, this, &FeedWorker::onLost);
    connect(&s.commands, &Connection::lost, this, [this] { m_session->asks.lost(); });
    connect(&s.subscriber, &Connection::stateChanged, this, [this] {
        if (m_session->subscriber.state() == LinkState::Stale) {
            goDeaf(m_session->clock.now() - Connection::staleAfter, GapCause::NoAnswer);
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
    if (!m_options.readOnly) {
        s.probe.ask(s.partitions.first(), [this](const Rights &rights) { m_session->rights = rights; });
    }
    listen();
    readLimits();
    for (const auto &lost : s.edits.unresolved()) {
        s.lookup.find(lost.edit, lost.sent, [this](const EditOutcome &outcome) { m_session->edits.resolved(outcome); });
    }
    s.asks.live();
    s.census.start(s.partitions, m_options.maxKeys);
    s.listenTimer.start();
    s.listTimer.start();
}

void FeedWorker::onLost()
{
    auto &s = *m_session;
    goDeaf(s.clock.now(), GapCause::Disconnected);
    s.asks.lost();
    for (auto &intake : s.intakes) {
        intake.restart(); // what we missed meanwhile is a gap, not a loss on the way
    }
}

// From here on we know nothing: charts get a gap, and figures stay as they were.
void FeedWorker::goDeaf(Instant since, GapCause cause)
{
    auto &s = *m_session;
    if (s.deafSince && (!s.reached || cause == s.deafCause)) {
        return;
    }
    if (s.deafSince) {
        s.missed(since);
    }
    s.deafSince = since;
    s.deafCause = cause;
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
            readMinutes();
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
    std::vector<OverrideEdit> keyEdits;
    std::vector<std::string> restores;
    bool forget = false;
    {
        const std::lock_guard lock(m_mailbox.mutex);
        edits.swap(m_mailbox.edits);
        keyEdits.swap(m_mailbox.keyEdits);
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
    for (const auto &edit : keyEdits) {
        m_session->asks.submit(edit);
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
        outcome.message = (m_options.readOnly ? tr("Nothing was changed: this session is read-only.")
                                              : tr("Nothing was sent: there is no connection to Redis. Apply again when it is back."))
                              .toStdString();
        s.edits.outcome(outcome);
        return;
    }
    s.edits.sent(edit, s.policies.version(edit.policy), s.clock.now());
    s.store.apply(edit, [this](const EditOutcome &result) {
        m_session->edits.outcome(result);
        readLimits();
    });
    QTimer::singleShot(3000, &s.listenTimer, [this, outcome]() mutable {
        if (m_session->edits.isPending(outcome.id)) {
            outcome.status = EditOutcome::Status::Unknown;
            outcome.message = tr("Redis has not answered for 3 s: the edit may have been made. It is looked up as soon as Redis answers.").toStdString();
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
    link.mayEdit = !m_options.readOnly && s.rights.edit;
    link.mayOverride = !m_options.readOnly && s.rights.override;
    link.rights = (m_options.readOnly ? tr("This session is read-only: nothing is written to Redis.") : s.rights.text()).toStdString();
    link.asksPassword = s.commands.isLoginRefused() || s.subscriber.isLoginRefused();
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

// The gap that goes on is marked in what is shown only: the server's clock is not known before its first answer.
void FeedWorker::fillCurves(Snapshot &out, const SnapshotRequest &request, Instant now)
{
    auto &s = *m_session;
    out.span = std::clamp<std::chrono::seconds>(request.span, std::chrono::seconds(30), LongHistory::longest);
    out.step = stepOf(out.span);
    out.all = s.history.series(out.span, now);
    for (auto &slice : out.all) {
        if (s.deafSince && !slice.gap && Instant(std::chrono::seconds(slice.second) + out.step) > *s.deafSince) {
            slice.gap = true;
            slice.cause = s.deafCause;
        }
    }
    if (request.hasSelected) {
        const auto *seconds = s.keys.history(request.selectedPolicy, request.selectedKey);
        const auto *selected = seconds ? &s.followed.follow(request.selectedPolicy, request.selectedKey, *seconds, now)
                                       : s.followed.find(request.selectedPolicy, request.selectedKey);
        out.selectedKnown = selected != nullptr;
        out.selected = selected ? selected->series(out.span, now) : std::vector<SecondCounts>();
        for (std::size_t i = 0; i < out.selected.size() && i < out.all.size(); ++i) {
            if (out.all[i].gap) {
                out.selected[i].gap = true;
                out.selected[i].cause = out.all[i].cause;
            }
        }
    }
    if (out.step > std::chrono::seconds(1) && !out.all.empty()) { // minutes say nothing of seconds
        const auto first = std::chrono::floor<std::chrono::minutes>(std::chrono::seconds(out.all.front().second));
        fillFromMinutes(out.all, out.step, s.asks.minutes().since(first));
    }
}

void FeedWorker::fillTraffic(Snapshot &out, const SnapshotRequest &request, Instant now)
{
    auto &s = *m_session;
    fillCurves(out, request, now);
    const bool hasHeard = s.started && s.deafCause != GapCause::NotWatching;
    const auto known = hasHeard ? s.deafSince.value_or(now) : now;
    out.rates = s.rates.rates(known, s.keys.listening());
    out.total = s.total;
    s.keys.setNearShare(request.nearShare);
    if (auto overrides = s.asks.overrides(now); overrides != s.standing) {
        s.keys.setOverrides(overrides->all);
        s.standing = std::move(overrides);
    }
    out.nearShare = request.nearShare;
    s.keys.collect(known, out);
    s.desk.fill(request, known, out);
    for (auto &key : out.offenders) {
        if (const auto *rejection = s.rejections.find(key.policy, key.key)) {
            key.lastRejection = *rejection;
        }
    }
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
        m_session->asks.fill(*snapshot, request, snapshot->now);
    }
    {
        const std::lock_guard lock(m_mailbox.mutex);
        m_mailbox.snapshot = std::move(snapshot);
    }
    emit snapshotReady();
}

} // namespace rateguard
