// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/Options.h"
#include "redis/LimitStore.h"

#include <QJsonArray>
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
    void fail(Exit exit, const QString &text);

    Options m_options;

private:
    bool m_ended = false;
};

// A line to standard output, at once; text of strangers has to be made printable before. Errors are made printable here.
void printLine(const QString &line);
void printLine(const QJsonObject &object);
void printLine(const QJsonArray &array);
void printError(const QString &text);

std::unique_ptr<Command> makeCommand(const Options &options);

} // namespace rateguard
