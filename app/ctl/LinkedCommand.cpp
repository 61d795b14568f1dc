// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/LinkedCommand.h"

#include "redis/Layout.h"
#include "redis/ServerTime.h"

#include <utility>

namespace rateguard {

Exit exitOf(const Reply &reply)
{
    if (reply.isLost()) {
        return Exit::Connection;
    }
    if (isRightsError(reply)) {
        return Exit::Rights;
    }
    const bool value = reply.startsWith("INVALID") || reply.startsWith("NOLIMIT") || reply.startsWith("BADLIMIT") || reply.startsWith("BADCOST");
    return value ? Exit::Value : Exit::Connection;
}

LinkedCommand::LinkedCommand(const Options &options)
    : Command(options)
    , m_connection(options.url, "rateguardctl")
    , m_library(m_connection, !options.readOnly)
{
}

void LinkedCommand::start()
{
    connect(&m_connection, &Connection::live, this, [this, opened = false]() mutable {
        if (!std::exchange(opened, true)) {
            connected();
        }
    });
    connect(&m_connection, &Connection::stateChanged, this, [this] {
        if (m_connection.state() == LinkState::Refused) {
            linkFailed(Exit::Rights, m_connection.detail());
        } else if (m_connection.state() == LinkState::Lost) {
            linkFailed(Exit::Connection, m_connection.detail());
        }
    });
    m_connection.open();
}

void LinkedCommand::connected()
{
    if (m_options.writes()) {
        m_library.update([](const QString &) {}); // what hinders it hinders the call that needs it, too, and that one tells
    }
    readLayout(m_connection, m_options.prefix, [this](const Partitions &partitions, const QString &error) {
        m_partitions = partitions;
        if (error.isEmpty()) {
            readTime([this] { begin(); });
            return;
        }
        // A connection that breaks answers its calls first, and says itself what happened.
        QMetaObject::invokeMethod(this, [this, error] { fail(m_connection.isLive() ? Exit::Value : Exit::Connection, error); }, Qt::QueuedConnection);
    });
}

void LinkedCommand::readTime(std::function<void()> then)
{
    readServerTime(m_connection, [this, then = std::move(then)](Instant time) {
        m_time = time;
        m_since.start();
        then();
    });
}

Instant LinkedCommand::now() const
{
    return m_time + std::chrono::microseconds(m_since.nsecsElapsed() / 1000);
}

void LinkedCommand::interrupt()
{
    if (isSent()) {
        fail(Exit::Unknown, QStringLiteral("interrupted: it may have been done. Look: rateguardctl %1").arg(m_look));
    } else {
        fail(Exit::Interrupted, QStringLiteral("interrupted before anything was changed"));
    }
}

bool LinkedCommand::isApplied(EditOutcome::Status status, EditOutcome::Cause cause, const std::string &message)
{
    using Status = EditOutcome::Status;
    using Cause = EditOutcome::Cause;
    const auto text = QString::fromStdString(message);
    switch (status) {
    case Status::Applied:
        return true;
    case Status::Conflict:
        fail(Exit::Conflict, text);
        return false;
    case Status::Refused:
        fail(cause == Cause::Rights ? Exit::Rights : cause == Cause::Value ? Exit::Value : Exit::Connection, text);
        return false;
    case Status::Unknown:
    case Status::Pending:
        break;
    }
    fail(Exit::Unknown, QStringLiteral("The answer was lost: the edit may have been made. Look: rateguardctl %1").arg(m_look));
    return false;
}

bool LinkedCommand::isAnswer(const Reply &reply)
{
    if (reply.isError()) {
        fail(exitOf(reply), explainError(reply));
    }
    return !reply.isError();
}

} // namespace rateguard
