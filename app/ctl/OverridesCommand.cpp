// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/OverridesCommand.h"

#include "ctl/Wording.h"
#include "format/Text.h"

namespace rateguard {

OverridesCommand::OverridesCommand(const Options &options)
    : LinkedCommand(options)
    , m_store(m_connection, m_library)
{
}

void OverridesCommand::begin()
{
    m_store.setPartitions(m_partitions);
    m_store.list(m_options.policy, [this](const OverrideStore::Listed &listed) { print(listed); });
}

void OverridesCommand::print(const OverrideStore::Listed &listed)
{
    if (!listed.error.isEmpty()) {
        fail(exitOf(listed.failure), listed.error);
        return;
    }
    QJsonArray rows;
    for (const auto &one : listed.all) {
        if (m_options.json) {
            auto row = overrideObject(one.value);
            const auto names = keyObject(one.policy, one.key);
            for (auto name = names.begin(); name != names.end(); ++name) {
                row.insert(name.key(), name.value());
            }
            rows.append(row);
        } else {
            printLine(QStringLiteral("%1 %2  '%3'").arg(textOf(one.policy), -24).arg(overrideText(one.value), -32).arg(displayText(one.key)));
        }
    }
    if (m_options.json) {
        printLine(rows);
    } else if (listed.all.empty()) {
        printError(QStringLiteral("no key has an override"));
    }
    for (const auto &name : listed.damaged) {
        printError(QStringLiteral("the override '%1' is unreadable; set it again, or lift it").arg(displayText(name)));
    }
    if (listed.isCut) {
        printError(QStringLiteral("there are more than %1; the rest is left out").arg(OverrideStore::maxOverrides));
    }
    emit done(Exit::Ok);
}

} // namespace rateguard
