// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/UndoCommand.h"

#include "ctl/Wording.h"
#include "format/RefusalText.h"

namespace rateguard {

UndoCommand::UndoCommand(const Options &options)
    : EditCommand(options)
    , m_audit(m_connection)
{
}

void UndoCommand::begin()
{
    m_store.setPartitions(m_partitions);
    m_audit.setPartitions(m_partitions);
    m_store.list([this](const LimitStore::Listed &listed) {
        if (!listed.error.isEmpty()) {
            fail(exitOf(listed.failure), listed.error);
            return;
        }
        if (const auto text = listed.texts.find(m_options.policy); text != listed.texts.end()) {
            m_current = parseRule(text->second).value_or(Rule({}, Mode::Enforce, std::strtoull(text->second.c_str(), nullptr, 10)));
        }
        m_audit.read(m_options.policy, AuditLog::maxEntries, [this](const AuditLog::Page &page) { undo(page); });
    });
}

void UndoCommand::undo(const AuditLog::Page &page)
{
    if (!page.error.isEmpty()) {
        fail(exitOf(page.failure), page.error);
        return;
    }
    if (m_options.ifVersion && *m_options.ifVersion != m_current.version) {
        fail(Exit::Conflict, QStringLiteral("Somebody else was faster: Redis now holds %1. Nothing was changed.").arg(ruleText(m_current, now())));
        return;
    }
    UndoRefusal refusal;
    const auto edit = undoEdit(page.entries, m_current, m_options.version, now(), &refusal);
    if (edit) {
        submit(*edit);
    } else {
        fail(Exit::Value, QStringLiteral("policy '%1': %2").arg(textOf(m_options.policy), undoRefusalText(refusal)));
    }
}

} // namespace rateguard
