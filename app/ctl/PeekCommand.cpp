// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/PeekCommand.h"

#include "ctl/Decided.h"

namespace rateguard {

PeekCommand::PeekCommand(const Options &options)
    : LinkedCommand(options)
    , m_store(m_connection, m_library)
{
}

void PeekCommand::begin()
{
    m_store.setPartitions(m_partitions);
    m_store.peek(m_options.policy, m_options.key, m_options.cost, [this](const std::optional<Decision> &decision, const Reply &reply) {
        if (!decision) {
            fail(exitOf(reply), undecidedText(m_options.policy, reply));
            return;
        }
        m_options.json ? printLine(decisionObject(*decision)) : printLine(decisionText(*decision));
        emit done(Exit::Ok);
    });
}

} // namespace rateguard
