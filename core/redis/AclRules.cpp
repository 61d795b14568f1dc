// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/AclRules.h"

#include "redis/Keyspace.h"

#include <QFile>

#include <algorithm>

// See Library.cpp.
static void useResources()
{
    Q_INIT_RESOURCE(library);
}

namespace rateguard {

std::string aclRules(std::string_view role, std::string_view prefix)
{
    if (!isPrefix(prefix) || std::find(aclRoles.begin(), aclRoles.end(), role) == aclRoles.end()) {
        return {};
    }
    useResources();
    QFile file(QStringLiteral(":/rateguard/acl/%1.acl").arg(QString::fromUtf8(role.data(), static_cast<qsizetype>(role.size()))));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QByteArray rules;
    for (const auto &line : file.readAll().split('\n')) {
        if (!line.startsWith('#')) {
            rules.append(line).append(' ');
        }
    }
    return rules.simplified().replace("PREFIX", QByteArray(prefix.data(), static_cast<qsizetype>(prefix.size()))).toStdString();
}

} // namespace rateguard
