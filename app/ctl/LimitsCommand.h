// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/Command.h"
#include "feed/EditTracker.h"
#include "redis/EventIntake.h"

#include <QTimer>

namespace rateguard {

// limits list, limits set. After an edit it listens for the first decision under the new version and prints how long that took.
class LimitsCommand : public Command
{
public:
    explicit LimitsCommand(const Options &options);
    void start() override;
    void interrupt() override;

private:
    void linkFailed(Exit exit, const QString &text) override;
    void list();
    void set();
    void applied(const EditOutcome &outcome);
    void look(const std::optional<EventIntake::Events> &events);
    bool sawFirstDecision();
    void finish();

    Connection m_commands;
    Connection m_subscriber;
    Library m_library;
    LimitStore m_store;
    LimitEdit m_edit;
    EditOutcome m_outcome;
    EventIntake m_intake;
    EditTracker m_tracker;
    QTimer m_flush;
    bool m_sent = false;
    bool m_finished = false;
};

} // namespace rateguard
