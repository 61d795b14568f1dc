// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/Command.h"
#include "redis/Library.h"

#include <QElapsedTimer>

namespace rateguard {

// A command that asks one Redis: connects, reads prefix and partitions, and what time it is there, then begins.
class LinkedCommand : public Command
{
    Q_OBJECT

public:
    explicit LinkedCommand(const Options &options);
    void start() override;
    void interrupt() override;

protected:
    // Once, on a connection that is live.
    virtual void connected();
    // Once, with everything below known.
    virtual void begin() = 0;
    virtual void linkFailed(Exit exit, const QString &text) { fail(exit, text); }

    // From here on an interruption leaves open whether it was done; `look` is the command that tells.
    void sending(const QString &look) { m_look = look; }
    bool isSent() const { return !m_look.isEmpty(); }
    // False, and the command has failed, unless the edit was made.
    bool isApplied(EditOutcome::Status status, EditOutcome::Cause cause, const std::string &message);
    bool isAnswer(const Reply &reply);
    Instant now() const; // server time
    void readTime(std::function<void()> then);

    Connection m_connection;
    Library m_library;
    Partitions m_partitions;

private:
    Instant m_time;
    QElapsedTimer m_since;
    QString m_look;
};

Exit exitOf(const Reply &reply);

} // namespace rateguard
