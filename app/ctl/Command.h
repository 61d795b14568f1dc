// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/Options.h"
#include "redis/LimitStore.h"

#include <QJsonObject>
#include <QObject>

namespace rateguard {

// One command of rateguardctl. start() sets it off; done() ends the program.
class Command : public QObject
{
    Q_OBJECT

public:
    explicit Command(const Options &options);

    virtual void start() = 0;
    // Ctrl+C, or asked to end: by default that is how the command is meant to end.
    virtual void interrupt() { emit done(Exit::Ok); }

signals:
    void done(rateguard::Exit exit);

protected:
    // Opens the connection: ready() follows, once, or linkFailed.
    void open(Connection &connection, std::function<void()> ready);
    virtual void linkFailed(Exit exit, const QString &text) { fail(exit, text); }
    void fail(Exit exit, const QString &text);

    Options m_options;
    Keyspace m_names;

private:
    bool m_ended = false;
};

// A line to standard output, at once; text of strangers has to be made printable before. Errors are made printable here.
void printLine(const QString &line);
void printLine(const QJsonObject &object);
void printError(const QString &text);
Exit exitOf(const Reply &reply);

std::unique_ptr<Command> makeCommand(const Options &options);

} // namespace rateguard
