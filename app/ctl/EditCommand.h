// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/LinkedCommand.h"
#include "feed/EditTracker.h"
#include "redis/EventIntake.h"

#include <QTimer>

namespace rateguard {

// A command that edits one limit. Afterwards it listens for the first decision under the new version and prints how long that took.
class EditCommand : public LinkedCommand
{
public:
    explicit EditCommand(const Options &options);
    void interrupt() override;

protected:
    // Fills the edit in, author and reason aside, and calls submit().
    void begin() override = 0;
    void submit(const LimitEdit &edit);

    LimitStore m_store;

private:
    void linkFailed(Exit exit, const QString &text) override;
    void listen();
    void send();
    void poll();
    void applied(const EditOutcome &outcome);
    void look(const std::optional<EventIntake::Events> &events);
    bool sawFirstDecision();
    void finish();
    QJsonObject summary() const;

    Connection m_subscriber;
    std::vector<EventIntake> m_intakes; // one for each partition
    std::size_t m_asking = 0; // partitions that have not answered yet
    LimitEdit m_edit;
    EditOutcome m_outcome;
    EditTracker m_tracker;
    QTimer m_flush;
    bool m_finished = false;
};

} // namespace rateguard
