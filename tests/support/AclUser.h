// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "redis/AclRules.h"
#include "support/TestRedis.h"

#include <QString>

namespace rateguard {

// Makes a user of one of the roles, named like it, with the password "pw"; and the way to log in as it.
inline RedisUrl urlOf(TestRedis &redis, const std::string &role, const QString &moreRules = {})
{
    Arguments arguments {"ACL", "SETUSER", role, "on", ">pw"};
    for (const auto &rule : (QString::fromStdString(aclRules(role, "rateguard")) + u' ' + moreRules).split(u' ', Qt::SkipEmptyParts)) {
        arguments.push_back(rule.toStdString());
    }
    if (const auto reply = redis.ask(arguments); reply.isError()) {
        qFatal("ACL SETUSER: %s", reply.text.c_str());
    }
    auto url = redis.url();
    url.user = role;
    url.password = "pw";
    return url;
}

} // namespace rateguard
