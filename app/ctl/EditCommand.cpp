// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/EditCommand.h"

#include "ctl/Wording.h"

#include <utility>

namespace rateguard {

EditCommand::EditCommand(const Options &options)
    : LinkedCommand(options)
    , m_store(m_connection, m_library)
    , m_subscriber(options.url, "rateguardctl:events")
{
    m_flush.setInterval(10);
    connect(&m_flush, &QTimer::timeout, this, &EditCommand::poll);
}

void EditCommand::submit(const LimitEdit &edit)
{
    m_store.setPartitions(m_partitions);
    m_edit = edit;
    m_edit.id = 1;
    m_edit.author = operatorName();
    m_edit.reason = m_options.reason;
    if (edit.unset) {
        m_options.wait = Duration(0); // nobody decides under a limit that is gone
    }
    m_options.wait.count() == 0 ? send() : listen();
}

void EditCommand::linkFailed(Exit exit, const QString &text)
{
    // What Redis took is done, whatever happens to the connection afterwards.
    m_outcome.status == EditOutcome::Status::Applied ? finish() : fail(exit, text);
}

void EditCommand::interrupt()
{
    m_outcome.status == EditOutcome::Status::Applied ? finish() : LinkedCommand::interrupt();
}

// Who may edit but not listen still edits: the subscriber's troubles are not the command's.
void EditCommand::listen()
{
    m_intakes.resize(m_partitions.size());
    std::vector<std::string> channels;
    for (const auto &names : m_partitions) {
        channels.push_back(names.events);
    }
    m_subscriber.setSubscription(channels, [this, channels](std::string_view channel, std::string_view payload) {
        for (std::size_t i = 0; i < channels.size(); ++i) {
            if (channels[i] == channel) {
                look(m_intakes[i].published(payload));
                return;
            }
        }
    });
    connect(&m_subscriber, &Connection::stateChanged, this, [this] {
        const auto state = m_subscriber.state();
        if (state != LinkState::Connecting && state != LinkState::Idle && !isSent()) {
            m_options.wait = state == LinkState::Live ? m_options.wait : Duration(0);
            send();
        }
    });
    m_subscriber.open();
}

void EditCommand::send()
{
    m_tracker.sent(m_edit, 0);
    sending(QStringLiteral("limits list"));
    if (m_options.wait.count() != 0) {
        poll(); // the library hears of us before the edit, so that the very next decision is reported
    }
    m_store.apply(m_edit, [this](const EditOutcome &outcome) { applied(outcome); });
}

void EditCommand::poll()
{
    if (m_asking > 0) {
        return;
    }
    m_asking = m_partitions.size();
    for (std::size_t i = 0; i < m_partitions.size(); ++i) {
        m_library.listen(m_partitions[i], [this, i](const Reply &reply) {
            --m_asking;
            if (reply.hasItems(2) && !reply.items[1].text.empty()) {
                look(m_intakes[i].pending(reply.items[1].text));
            }
        });
    }
}

void EditCommand::applied(const EditOutcome &outcome)
{
    m_outcome = outcome;
    if (!isApplied(outcome.status, outcome.cause, outcome.message)) {
        return;
    }
    if (!m_options.json) {
        auto text = QStringLiteral("%1: %2 -> %3, taken by Redis in %4 ms").arg(textOf(outcome.policy), ruleText(outcome.before, now()), ruleText(outcome.after, now()))
                        .arg(static_cast<double>(outcome.roundTrip.count()) / 1000, 0, 'f', 1);
        if (outcome.partitions > 1) {
            text += QStringLiteral(", %1 of %2 partitions").arg(outcome.copies).arg(outcome.partitions);
        }
        printLine(text);
    }
    m_tracker.outcome(outcome);
    if (m_options.wait.count() == 0 || sawFirstDecision()) {
        finish();
        return;
    }
    m_flush.start();
    QTimer::singleShot(m_options.wait, this, &EditCommand::finish);
}

void EditCommand::look(const std::optional<EventIntake::Events> &events)
{
    for (const auto &event : events.value_or(EventIntake::Events())) {
        m_tracker.decided(event);
    }
    if (m_flush.isActive() && sawFirstDecision()) {
        finish();
    }
}

bool EditCommand::sawFirstDecision()
{
    for (const auto &news : m_tracker.takeNews()) {
        m_outcome = news;
    }
    return m_outcome.firstDecisionAfter.has_value();
}

QJsonObject EditCommand::summary() const
{
    auto object = ruleObject(m_outcome.policy, m_outcome.after, now());
    const auto delay = m_outcome.firstDecisionAfter;
    object.insert(QStringLiteral("old"), m_outcome.before.version ? QJsonValue(ruleObject(m_outcome.policy, m_outcome.before, now())) : QJsonValue());
    object.insert(QStringLiteral("first_decision_after_ms"), delay ? QJsonValue(static_cast<double>(delay->count()) / 1000) : QJsonValue());
    object.insert(QStringLiteral("copies"), static_cast<qint64>(m_outcome.copies));
    object.insert(QStringLiteral("partitions"), static_cast<qint64>(m_outcome.partitions));
    return object;
}

void EditCommand::finish()
{
    if (std::exchange(m_finished, true)) {
        return;
    }
    m_flush.stop();
    m_subscriber.close();
    const auto delay = m_outcome.firstDecisionAfter;
    if (m_options.json) {
        printLine(summary());
    } else if (delay) {
        printLine(QStringLiteral("first decision under v%1: %2 ms after the edit, by Redis' clock").arg(m_outcome.after.version)
                      .arg(static_cast<double>(delay->count()) / 1000, 0, 'f', 1));
    } else if (m_options.wait.count() != 0) {
        printLine(QStringLiteral("no request for this policy within %1 s; the next one obeys v%2")
                      .arg(static_cast<double>(m_options.wait.count()) / 1000).arg(m_outcome.after.version));
    }
    if (m_outcome.copies < m_outcome.partitions) {
        fail(Exit::Unknown, QStringLiteral("only %1 of %2 partitions have it so far. Do it again, or open the dashboard, which gives it to the others.")
                                .arg(m_outcome.copies).arg(m_outcome.partitions));
        return;
    }
    emit done(Exit::Ok);
}

} // namespace rateguard
