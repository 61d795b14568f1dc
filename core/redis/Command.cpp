// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/Command.h"

#include <QCoreApplication>

#include <hiredis/hiredis.h>

namespace rateguard {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::Command)
};

} // namespace

std::string formatCommand(const Arguments &arguments)
{
    std::vector<const char *> texts;
    std::vector<std::size_t> sizes;
    texts.reserve(arguments.size());
    sizes.reserve(arguments.size());
    for (const auto &argument : arguments) {
        texts.push_back(argument.data());
        sizes.push_back(argument.size());
    }
    char *bytes = nullptr;
    const auto size = redisFormatCommandArgv(&bytes, static_cast<int>(arguments.size()), texts.data(), sizes.data());
    std::string command;
    if (size > 0) {
        command.assign(bytes, static_cast<std::size_t>(size));
    }
    redisFreeCommand(bytes);
    return command;
}

std::vector<Arguments> loginCommands(const RedisUrl &url, const std::string &name)
{
    std::vector<Arguments> commands;
    if (!url.password.empty() || !url.user.empty()) {
        commands.push_back(url.user.empty() ? Arguments {"AUTH", url.password} : Arguments {"AUTH", url.user, url.password});
    }
    if (url.database != 0) {
        commands.push_back({"SELECT", std::to_string(url.database)});
    }
    commands.push_back({"CLIENT", "SETNAME", name});
    commands.push_back({"PING"});
    return commands;
}

bool needsPerson(const Reply &reply)
{
    return reply.startsWith("WRONGPASS") || reply.startsWith("NOAUTH") || reply.startsWith("NOPERM") || reply.startsWith("ERR AUTH")
        || reply.startsWith("ERR invalid DB") || reply.startsWith("ERR DB index") || reply.startsWith("ERR Client sent AUTH");
}

bool asksWho(const Reply &reply)
{
    return reply.startsWith("WRONGPASS") || reply.startsWith("NOAUTH") || reply.startsWith("ERR AUTH") || reply.startsWith("ERR Client sent AUTH");
}

QString loginAdvice(const Reply &reply)
{
    const auto text = QString::fromUtf8(reply.text.data(), static_cast<qsizetype>(std::min<std::size_t>(reply.text.size(), 300)));
    if (reply.startsWith("NOAUTH")) {
        return Words::tr("Redis asks for a password. Give it in the window, or in the variable RATEGUARD_URL: redis://USER:PASSWORD@HOST.");
    }
    if (reply.startsWith("WRONGPASS")) {
        return Words::tr("Redis refused this user and password. Check both; special characters in a URL are percent-encoded.");
    }
    if (needsPerson(reply)) {
        return Words::tr("Redis refused the login: %1").arg(text);
    }
    // Of a command that it does not know Redis repeats the arguments, and those of AUTH are secret: they come after a comma.
    return Words::tr("Redis is not ready: %1").arg(text.section(u',', 0, 0));
}

} // namespace rateguard
