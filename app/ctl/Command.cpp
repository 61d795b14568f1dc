// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/Command.h"

#include "ctl/CheckCommand.h"
#include "ctl/LimitsCommand.h"
#include "ctl/SimulateCommand.h"
#include "ctl/WatchCommand.h"
#include "format/Text.h"

#include <QJsonDocument>

#include <cstdio>
#include <utility>

namespace rateguard {

void printLine(const QString &line)
{
    const auto bytes = line.toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stdout);
    std::fflush(stdout);
}

void printLine(const QJsonObject &object)
{
    printLine(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)));
}

void printError(const QString &text)
{
    std::fprintf(stderr, "rateguardctl: %s\n", displayText(text.toStdString(), 2000).toUtf8().constData());
}

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

Command::Command(const Options &options)
    : m_options(options)
{
}

void Command::open(Connection &connection, std::function<void()> ready)
{
    connect(&connection, &Connection::live, this, [ready = std::move(ready), opened = false]() mutable {
        if (!std::exchange(opened, true)) {
            ready();
        }
    });
    connect(&connection, &Connection::stateChanged, this, [this, &connection] {
        if (connection.state() == LinkState::Refused) {
            linkFailed(Exit::Rights, connection.detail());
        } else if (connection.state() == LinkState::Lost) {
            linkFailed(Exit::Connection, connection.detail());
        }
    });
    connection.open();
}

void Command::fail(Exit exit, const QString &text)
{
    if (!std::exchange(m_ended, true)) {
        printError(text);
        emit done(exit);
    }
}

std::unique_ptr<Command> makeCommand(const Options &options)
{
    const auto name = options.word(0);
    if (name == QLatin1String("limits")) {
        return std::make_unique<LimitsCommand>(options);
    }
    if (name == QLatin1String("check")) {
        return std::make_unique<CheckCommand>(options);
    }
    if (name == QLatin1String("simulate")) {
        return std::make_unique<SimulateCommand>(options);
    }
    return std::make_unique<WatchCommand>(options);
}

} // namespace rateguard
