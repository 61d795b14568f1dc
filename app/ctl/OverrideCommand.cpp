// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/OverrideCommand.h"

#include "ctl/Wording.h"
#include "format/Text.h"

namespace rateguard {

OverrideCommand::OverrideCommand(const Options &options)
    : LinkedCommand(options)
    , m_store(m_connection, m_library)
{
}

void OverrideCommand::begin()
{
    m_store.setPartitions(m_partitions);
    const auto command = m_options.command();
    OverrideEdit edit;
    edit.id = 1;
    edit.policy = m_options.policy;
    edit.key = m_options.key;
    edit.limit = m_options.limit;
    edit.span = m_options.span;
    edit.expectedVersion = m_options.ifVersion;
    edit.author = operatorName();
    edit.reason = m_options.reason;
    if (command != "lift") {
        edit.kind = command == "ban" ? Override::Kind::Ban : command == "exempt" ? Override::Kind::Exempt : Override::Kind::Limit;
    }
    sending(QStringLiteral("overrides ") + textOf(edit.policy));
    m_store.apply(edit, [this](const OverrideOutcome &outcome) { applied(outcome); });
}

void OverrideCommand::applied(const OverrideOutcome &outcome)
{
    if (!isApplied(outcome.status, outcome.cause, outcome.message)) {
        return;
    }
    if (m_options.json) {
        auto object = keyObject(outcome.policy, outcome.key);
        object.insert(QStringLiteral("version"), static_cast<qint64>(outcome.version));
        object.insert(QStringLiteral("override"), outcome.after ? QJsonValue(overrideObject(*outcome.after)) : QJsonValue());
        object.insert(QStringLiteral("old"), outcome.before ? QJsonValue(overrideObject(*outcome.before)) : QJsonValue());
        printLine(object);
    } else {
        printLine(QStringLiteral("%1 '%2': %3 -> %4").arg(textOf(outcome.policy), displayText(outcome.key), overrideText(outcome.before), overrideText(outcome.after)));
    }
    emit done(Exit::Ok);
}

} // namespace rateguard
