// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/ResetCommand.h"

#include "ctl/Wording.h"
#include "format/Text.h"

namespace rateguard {

ResetCommand::ResetCommand(const Options &options)
    : LinkedCommand(options)
    , m_store(m_connection, m_library)
{
}

void ResetCommand::begin()
{
    m_store.setPartitions(m_partitions);
    sending(QStringLiteral("limits history ") + textOf(m_options.policy));
    m_store.reset(m_options.policy, m_options.key, operatorName(), m_options.reason, [this](const Reply &reply) { answered(reply); });
}

void ResetCommand::answered(const Reply &reply)
{
    if (reply.isLost()) {
        isApplied(EditOutcome::Status::Unknown, {}, {});
        return;
    }
    if (!isAnswer(reply)) {
        return;
    }
    if (m_options.json) {
        auto object = keyObject(m_options.policy, m_options.key);
        object.insert(QStringLiteral("forgotten"), reply.integer == 1);
        printLine(object);
    } else {
        printLine(QStringLiteral("%1 '%2': %3").arg(textOf(m_options.policy), displayText(m_options.key),
            reply.integer == 1 ? QStringLiteral("what it had used is forgotten") : QStringLiteral("it had used nothing")));
    }
    emit done(Exit::Ok);
}

} // namespace rateguard
