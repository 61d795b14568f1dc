// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/LimitsCommand.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <utility>

namespace rateguard {

namespace {

QString ruleText(const Rule &rule)
{
    return rule.version == 0 ? QStringLiteral("(none)")
                             : QStringLiteral("%1 %2 v%3").arg(QString::fromStdString(formatLimit(rule.limit)),
                                 QString::fromUtf8(modeName(rule.mode).data()), QString::number(rule.version));
}

QJsonObject ruleObject(const QString &policy, const Rule &rule)
{
    return {{QStringLiteral("policy"), policy}, {QStringLiteral("limit"), static_cast<qint64>(rule.limit.front().count)},
        {QStringLiteral("window_ms"), static_cast<qint64>(rule.limit.front().window.count())},
        {QStringLiteral("mode"), QString::fromUtf8(modeName(rule.mode).data())}, {QStringLiteral("version"), static_cast<qint64>(rule.version)}};
}

} // namespace

LimitsCommand::LimitsCommand(const Options &options)
    : Command(options)
    , m_commands(options.url, "rateguardctl")
    , m_subscriber(options.url, "rateguardctl:events")
    , m_library(m_commands)
    , m_store(m_commands, m_library)
{
    m_flush.setInterval(10);
    connect(&m_flush, &QTimer::timeout, this, [this] { m_library.listen(m_names, [this](const Reply &reply) {
            if (reply.hasItems(2) && !reply.items[1].text.empty()) {
                look(m_intake.pending(reply.items[1].text));
            }
        }); });
}

void LimitsCommand::start()
{
    if (m_options.word(1) == QLatin1String("list")) {
        open(m_commands, [this] { list(); });
        return;
    }
    std::string error;
    const auto limit = m_options.words.size() == 3 ? std::optional(Limits()) : parseLimit(m_options.word(3).toStdString(), &error); // none: keep it
    m_edit.policy = m_options.word(2).toStdString();
    if (!limit || !isPolicyName(m_edit.policy)) {
        fail(Exit::Value, limit ? QStringLiteral("policy '%1': use 1 to 64 of the characters A-Z a-z 0-9 . _ -").arg(m_options.word(2)) : QString::fromStdString(error));
        return;
    }
    m_edit.id = 1;
    m_edit.limit = *limit;
    m_edit.mode = m_options.mode.value_or(Mode::Enforce);
    m_edit.keepMode = !m_options.mode;
    m_edit.expectedVersion = m_options.ifVersion;
    m_edit.author = operatorName();
    m_edit.reason = m_options.reason;
    if (m_options.wait.count() == 0) {
        open(m_commands, [this] { set(); });
        return;
    }
    // Who may edit but not listen still edits: the subscriber's troubles are not the command's.
    m_subscriber.setSubscription({m_names.events}, [this](std::string_view, std::string_view payload) { look(m_intake.published(payload)); });
    connect(&m_subscriber, &Connection::stateChanged, this, [this] {
        const auto state = m_subscriber.state();
        if (m_commands.state() == LinkState::Idle && state != LinkState::Connecting && !m_sent) {
            m_options.wait = state == LinkState::Live ? m_options.wait : std::chrono::milliseconds(0);
            open(m_commands, [this] { set(); });
        }
    });
    m_subscriber.open();
}

void LimitsCommand::linkFailed(Exit exit, const QString &text)
{
    // What Redis took is done, whatever happens to the connection afterwards.
    m_outcome.status == EditOutcome::Status::Applied ? finish() : fail(exit, text);
}

void LimitsCommand::interrupt()
{
    if (m_outcome.status == EditOutcome::Status::Applied) {
        finish();
    } else {
        fail(m_sent ? Exit::Unknown : Exit::Interrupted,
            m_sent ? QStringLiteral("interrupted: the edit may have been made. Look: rateguardctl limits list") : QStringLiteral("interrupted before anything was changed"));
    }
}

void LimitsCommand::list()
{
    m_store.list([this](const LimitStore::Listed &listed) {
        if (!listed.error.isEmpty()) {
            fail(exitOf(listed.failure), listed.error);
            return;
        }
        QJsonArray rows;
        for (const auto &[policy, text] : listed.texts) {
            const auto name = QString::fromStdString(policy);
            const auto rule = parseRule(text);
            if (m_options.json && rule) {
                rows.append(ruleObject(name, *rule));
            } else if (!m_options.json) {
                printLine(QStringLiteral("%1 %2").arg(name, -24).arg(rule ? ruleText(*rule) : QStringLiteral("unreadable: set it again")));
            } else {
                printError(QStringLiteral("the limit of %1 is unreadable; set it again").arg(name));
            }
        }
        if (m_options.json) {
            printLine(QString::fromUtf8(QJsonDocument(rows).toJson(QJsonDocument::Compact)));
        } else if (listed.texts.empty()) {
            printError(QStringLiteral("no limits yet; set one: rateguardctl limits set search 100/min"));
        }
        emit done(Exit::Ok);
    });
}

void LimitsCommand::set()
{
    m_tracker.sent(m_edit, 0);
    m_sent = true;
    const auto apply = [this] { m_store.apply(m_edit, [this](const EditOutcome &outcome) { applied(outcome); }); };
    // The library hears of us before the edit, so that the very next decision is reported.
    if (m_options.wait.count() == 0) {
        apply();
    } else {
        m_library.listen(m_names, [apply](const Reply &) { apply(); });
    }
}

void LimitsCommand::applied(const EditOutcome &outcome)
{
    m_outcome = outcome;
    using Status = EditOutcome::Status;
    const auto message = QString::fromStdString(outcome.message);
    switch (outcome.status) {
    case Status::Conflict:
        fail(Exit::Conflict, message);
        return;
    case Status::Refused:
        fail(outcome.cause == EditOutcome::Cause::Rights ? Exit::Rights : outcome.cause == EditOutcome::Cause::Value ? Exit::Value : Exit::Connection, message);
        return;
    case Status::Unknown:
    case Status::Pending:
        fail(Exit::Unknown, QStringLiteral("The answer was lost: the edit may have been made. Look: rateguardctl limits list"));
        return;
    case Status::Applied:
        break;
    }
    if (!m_options.json) {
        printLine(QStringLiteral("%1: %2 -> %3, taken by Redis in %4 ms").arg(QString::fromStdString(outcome.policy), ruleText(outcome.before), ruleText(outcome.after))
                      .arg(static_cast<double>(outcome.roundTrip.count()) / 1000, 0, 'f', 1));
    }
    m_tracker.outcome(outcome);
    if (m_options.wait.count() == 0 || sawFirstDecision()) {
        finish();
        return;
    }
    m_flush.start();
    QTimer::singleShot(m_options.wait, this, &LimitsCommand::finish);
}

void LimitsCommand::look(const std::optional<EventIntake::Events> &events)
{
    for (const auto &event : events.value_or(EventIntake::Events())) {
        m_tracker.decided(event);
    }
    if (m_flush.isActive() && sawFirstDecision()) {
        finish();
    }
}

bool LimitsCommand::sawFirstDecision()
{
    for (const auto &news : m_tracker.takeNews()) {
        m_outcome = news;
    }
    return m_outcome.firstDecisionAfter.has_value();
}

void LimitsCommand::finish()
{
    if (std::exchange(m_finished, true)) {
        return;
    }
    m_flush.stop();
    m_subscriber.close();
    const auto delay = m_outcome.firstDecisionAfter;
    const auto milliseconds = delay ? static_cast<double>(delay->count()) / 1000 : 0;
    if (m_options.json) {
        auto object = ruleObject(QString::fromStdString(m_outcome.policy), m_outcome.after);
        object.insert(QStringLiteral("old"), m_outcome.before.version ? QJsonValue(ruleObject(QString::fromStdString(m_outcome.policy), m_outcome.before)) : QJsonValue());
        object.insert(QStringLiteral("first_decision_after_ms"), delay ? QJsonValue(milliseconds) : QJsonValue());
        printLine(object);
    } else if (delay) {
        printLine(QStringLiteral("first decision under v%1: %2 ms after the edit, by Redis' clock").arg(m_outcome.after.version).arg(milliseconds, 0, 'f', 1));
    } else if (m_options.wait.count() != 0) {
        printLine(QStringLiteral("no request for this policy within %1 s; the next one obeys v%2")
                      .arg(static_cast<double>(m_options.wait.count()) / 1000).arg(m_outcome.after.version));
    }
    emit done(Exit::Ok);
}

} // namespace rateguard
