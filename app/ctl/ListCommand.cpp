// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/ListCommand.h"

#include "ctl/Wording.h"

namespace rateguard {

ListCommand::ListCommand(const Options &options)
    : LinkedCommand(options)
    , m_limits(m_connection, m_library)
    , m_overrides(m_connection, m_library)
{
}

void ListCommand::begin()
{
    m_limits.setPartitions(m_partitions);
    m_overrides.setPartitions(m_partitions);
    m_limits.list([this](const LimitStore::Listed &listed) {
        if (!listed.error.isEmpty()) {
            fail(exitOf(listed.failure), listed.error);
            return;
        }
        std::vector<std::string> policies;
        for (const auto &[policy, text] : listed.texts) {
            policies.push_back(policy);
        }
        m_overrides.count(policies, [this, texts = listed.texts](const auto &overrides) { print(texts, overrides); });
    });
}

void ListCommand::print(const std::map<std::string, std::string> &texts, const std::map<std::string, std::uint64_t> &overrides)
{
    QJsonArray rows;
    for (const auto &[policy, text] : texts) {
        const auto rule = parseRule(text);
        const auto counted = overrides.find(policy);
        const auto count = counted == overrides.end() ? 0 : counted->second;
        if (m_options.json && rule) {
            auto row = ruleObject(policy, *rule, now());
            row.insert(QStringLiteral("overrides"), static_cast<qint64>(count));
            rows.append(row);
        } else if (m_options.json) {
            printError(QStringLiteral("the limit of %1 is unreadable; set it again").arg(textOf(policy)));
        } else {
            const auto marker = count == 0 ? QString() : count == 1 ? QStringLiteral("  1 override") : QStringLiteral("  %1 overrides").arg(count);
            printLine(QStringLiteral("%1 %2").arg(textOf(policy), -24).arg(rule ? ruleText(*rule, now()) : QStringLiteral("unreadable: set it again")) + marker);
        }
    }
    if (m_options.json) {
        printLine(rows);
    } else if (texts.empty()) {
        printError(QStringLiteral("no limits yet; set one: rateguardctl limits set search 100/min"));
    }
    emit done(Exit::Ok);
}

} // namespace rateguard
