// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "engine/Limit.h"
#include "redis/RedisUrl.h"

#include <QStringList>

namespace rateguard {

// What a script can rely on.
enum class Exit : int { Ok = 0, Usage = 2, Connection = 3, Rights = 4, Conflict = 5, Unknown = 6, Value = 7, Interrupted = 130 };

// The command line of rateguardctl, checked.
struct Options
{
    QStringList words; // the command and what it is about: {"limits", "set", "search", "100/min"}
    RedisUrl url;
    bool json = false;
    bool demo = false;
    bool readOnly = false;
    std::uint32_t cost = 1;
    std::uint32_t count = 1;
    std::uint32_t keys = 100;
    double rate = 1000; // requests per second
    std::optional<std::chrono::milliseconds> span; // --for
    std::chrono::milliseconds wait {1000};
    std::string policy;
    std::string reason;
    std::optional<Mode> mode;
    std::optional<std::uint64_t> ifVersion;

    QString word(qsizetype index) const { return words.value(index); }
};

// Nothing, with the exit code and a text that names the value and the remedy, when the command line is wrong.
// --help and --version print and end the program.
std::optional<Options> parseOptions(const QStringList &arguments, Exit *exit, QString *error);

} // namespace rateguard
