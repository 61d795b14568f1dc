// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/EditFlags.h"

#include "charts/TimeLabels.h"
#include "format/Text.h"
#include "models/EditWords.h"

#include <QCoreApplication>

#include <utility>

namespace rateguard {
namespace {

constexpr std::chrono::hours oldest {7}; // more than any chart shows

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::EditFlags)
};

QString flagText(const AuditEntry &entry)
{
    QString text = editSubject(entry) + QStringLiteral(": ") + editChange(entry);
    text += QLatin1Char('\n') + Words::tr("%1 by %2").arg(clockTime(entry.at), displayText(entry.author, 40));
    if (!entry.reason.empty())
        text += QLatin1Char('\n') + displayText(entry.reason, 120);
    return text + QLatin1Char('\n') + editMeaning(entry);
}

// "v2 search" where the edits of all are shown, "k2 own limit 30/min" where those of one key are.
QString longLabel(const AuditEntry &entry, bool ofAll)
{
    constexpr int most = 28;
    const QString text = ofAll ? displayText(entry.key.value_or(entry.policy), most) : editChange(entry);
    return text.size() > most || (!ofAll && entry.isReset()) ? QString() : Words::tr("%1 %2").arg(editLabel(entry), text);
}

} // namespace

void EditFlags::setKey(const std::string &policy, const std::string &key)
{
    m_whose = Whose::Key;
    m_policy = policy;
    m_key = key;
    m_again = true;
}

void EditFlags::setNone()
{
    m_whose = Whose::None;
    m_again = true;
}

std::optional<std::vector<ChartFlag>> EditFlags::take(const Snapshot &snapshot)
{
    if (!std::exchange(m_again, false) && m_history == snapshot.history)
        return std::nullopt;
    m_history = snapshot.history;
    std::vector<ChartFlag> flags;
    if (!m_history || m_whose == Whose::None)
        return flags;
    for (const AuditEntry &entry : m_history->entries) {
        if (snapshot.now - entry.at > oldest)
            break; // newest first
        if (m_whose == Whose::All || (entry.policy == m_policy && (!entry.key || *entry.key == m_key)))
            flags.push_back({entry.at, editLabel(entry), flagText(entry), longLabel(entry, m_whose == Whose::All)});
    }
    return flags;
}

} // namespace rateguard
