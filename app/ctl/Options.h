// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/Grammar.h"
#include "engine/Limit.h"
#include "redis/RedisUrl.h"

#include <vector>

namespace rateguard {

// What a script can rely on.
enum class Exit : int { Ok = 0, Usage = 2, Connection = 3, Rights = 4, Conflict = 5, Unknown = 6, Value = 7, Interrupted = 130 };

// The command line of rateguardctl, checked: what a command does not take is not there.
struct Options
{
    const CommandForm *form = nullptr; // the command
    std::string policy;
    std::string key; // bytes
    Limits limit; // empty: none given
    std::string role;
    RedisUrl url;
    std::optional<std::string> prefix; // nothing: what Redis says
    bool json = false;
    bool demo = false;
    bool readOnly = false;
    bool force = false;
    std::uint32_t cost = 1;
    std::optional<std::uint32_t> count;
    std::optional<std::uint32_t> partitions;
    std::uint32_t keys = 100;
    double rate = 1000; // requests per second
    std::optional<Duration> span; // --for
    Duration wait {1000};
    std::string reason;
    std::string user;
    std::optional<Mode> mode;
    std::optional<std::uint64_t> ifVersion;
    std::optional<std::uint64_t> version;

    std::string_view command() const { return form->name; }
    bool writes() const { return form->needs == CommandForm::Needs::Writing; }
};

// Nothing, with the exit code and a text that names the value and the remedy, when the command line is wrong.
// `arguments` are the bytes behind the program's name. Nothing and no error after --help and --version.
std::optional<Options> parseOptions(const std::vector<std::string> &arguments, Exit *exit, QString *error);

} // namespace rateguard
