// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/HistoryCommand.h"

#include "ctl/Wording.h"
#include "format/Text.h"

namespace rateguard {

namespace {

QJsonObject objectOf(const AuditEntry &entry)
{
    const auto kind = entry.isReset() ? QStringLiteral("reset") : entry.key ? QStringLiteral("override") : QStringLiteral("limit");
    auto object = keyObject(entry.policy, entry.key.value_or(std::string()));
    if (!entry.key) {
        object.insert(QStringLiteral("key"), QJsonValue());
        object.insert(QStringLiteral("key_hex"), QJsonValue());
    }
    object.insert(QStringLiteral("time_ms"), millisecondsOf(entry.at));
    object.insert(QStringLiteral("kind"), kind);
    object.insert(QStringLiteral("version"), static_cast<qint64>(entry.version));
    object.insert(QStringLiteral("old"), displayText(entry.before, 400));
    object.insert(QStringLiteral("new"), displayText(entry.after, 400));
    object.insert(QStringLiteral("author"), displayText(entry.author, 400));
    object.insert(QStringLiteral("reason"), displayText(entry.reason, 2000));
    return object;
}

// A limit or an override as it was then; what cannot be read stands as it is.
QString stateText(const AuditEntry &entry, const std::string &text)
{
    const auto rule = entry.key ? std::nullopt : parseRule(text);
    const auto override = entry.key ? parseOverride(text) : std::nullopt;
    return rule ? ruleText(*rule, entry.at) : override || text.empty() ? overrideText(override) : displayText(text);
}

} // namespace

HistoryCommand::HistoryCommand(const Options &options)
    : LinkedCommand(options)
    , m_audit(m_connection)
{
}

void HistoryCommand::begin()
{
    m_audit.setPartitions(m_partitions);
    m_audit.read(m_options.policy, m_options.count.value_or(20), [this](const AuditLog::Page &page) { print(page); });
}

void HistoryCommand::print(const AuditLog::Page &page)
{
    if (!page.error.isEmpty()) {
        fail(exitOf(page.failure), page.error);
        return;
    }
    QJsonArray rows;
    for (const auto &entry : page.entries) {
        if (m_options.json) {
            rows.append(objectOf(entry));
        } else {
            printLine(lineOf(entry));
        }
    }
    if (m_options.json) {
        printLine(rows);
    } else if (page.entries.empty()) {
        printError(m_options.policy.empty() ? QStringLiteral("no edits yet") : QStringLiteral("no edits of '%1' yet").arg(textOf(m_options.policy)));
    } else if (!page.isComplete) {
        printError(QStringLiteral("there are older ones: --count %1").arg(page.entries.size() * 10));
    }
    emit done(Exit::Ok);
}

QString HistoryCommand::lineOf(const AuditEntry &entry) const
{
    const auto what = entry.key ? QStringLiteral("%1 '%2'").arg(displayText(entry.policy), displayText(*entry.key)) : displayText(entry.policy);
    const auto change = entry.isReset() ? QStringLiteral("use forgotten") : QStringLiteral("%1 -> %2").arg(stateText(entry, entry.before), stateText(entry, entry.after));
    const auto gone = !entry.isReset() && entry.after.empty() ? QStringLiteral(" %1%2").arg(QLatin1Char(entry.key ? 'k' : 'v')).arg(entry.version) : QString();
    const auto reason = entry.reason.empty() ? QString() : QStringLiteral("  \"%1\"").arg(displayText(entry.reason, 300));
    return QStringLiteral("%1  %2  %3: %4").arg(localTime(entry.at), displayText(entry.author), what, change) + gone + reason;
}

} // namespace rateguard
