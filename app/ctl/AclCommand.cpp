// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/AclCommand.h"

#include "ctl/Wording.h"
#include "redis/AclRules.h"

namespace rateguard {

// Neither a password nor `on`: a new user cannot log in until somebody gives it a password of its own, and one that there
// is keeps its password. A placeholder would be a password as soon as somebody pastes the line as it is.
void AclCommand::start()
{
    const auto user = textOf(m_options.user.empty() ? "rateguard-" + m_options.role : m_options.user);
    const auto rules = textOf(aclRules(m_options.role, m_options.prefix.value_or("rateguard")));
    if (m_options.json) {
        printLine(QJsonObject {{QStringLiteral("role"), textOf(m_options.role)}, {QStringLiteral("user"), user},
            {QStringLiteral("rules"), QJsonArray::fromStringList(rules.split(u' '))}});
    } else {
        printLine(QStringLiteral("ACL SETUSER %1 %2").arg(user, rules));
        printError(QStringLiteral("a new user cannot log in yet; in redis-cli, not on a command line: ACL SETUSER %1 on >A-LONG-PASSWORD").arg(user));
    }
    emit done(Exit::Ok);
}

} // namespace rateguard
