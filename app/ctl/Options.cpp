// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/Options.h"

#include <QCommandLineParser>

namespace rateguard {

namespace {

const auto description = QStringLiteral(
    "Watches and edits the rate limits that services share in Redis.\n\n"
    "Commands:\n"
    "  limits list                       the limits, their modes and versions\n"
    "  limits set POLICY LIMIT/WINDOW    edit a limit: 10/s, 100/min, 1000/h, 5/250ms\n"
    "  check POLICY KEY                  decide requests, as a service would\n"
    "  watch                             live traffic, once a second\n"
    "  simulate                          make traffic through the real limiter\n\n"
    "The Redis is that of --url, else of RATEGUARD_URL, else of REDIS_URL, else redis://127.0.0.1:6379.\n"
    "Passwords belong into one of the variables: every user of this machine can read a command line.\n\n"
    "Exit codes: 0 done, 2 wrong command line, 3 no connection, 4 no right to, 5 somebody else was faster,\n"
    "6 unknown whether it was done, 7 invalid value, 130 interrupted before it was done.");

struct Problem
{
    Exit exit;
    QString text;
};

QCommandLineOption valued(const char *name, const char *text, const char *value)
{
    return {QString::fromLatin1(name), QString::fromLatin1(text), QString::fromLatin1(value)};
}

void addOptions(QCommandLineParser &parser)
{
    parser.addOptions({
        valued("url", "Redis to use: redis://[USER:PASSWORD@]HOST[:PORT][/DB] or unix:///PATH.", "URL"),
        {QStringLiteral("json"), QStringLiteral("Print JSON: one object or array a line.")},
        {QStringLiteral("demo"), QStringLiteral("watch: start a private Redis with demo traffic and watch that.")},
        {QStringLiteral("read-only"), QStringLiteral("Write nothing to Redis: only limits list and watch.")},
        valued("mode", "limits set: enforce, shadow (report only) or off. Default: keep.", "MODE"),
        valued("if-version", "limits set: only if the policy is still at version N; 0: only if there is none.", "N"),
        valued("reason", "limits set: why, for the audit.", "TEXT"),
        valued("wait", "limits set: how long to wait for the first decision under the new limit. Default: 1.", "SECONDS"),
        valued("cost", "check: what one request costs. Default: 1.", "N"),
        valued("count", "check: how many requests. Default: 1.", "N"),
        valued("policy", "simulate: the policy to use. Default: simulate, registered as 100/min.", "P"),
        valued("keys", "simulate: how many keys. Default: 100.", "N"),
        valued("rate", "simulate: requests per second. Default: 1000.", "R"),
        valued("for", "watch, simulate: stop after this time. Default: watch never, simulate 10.", "SECONDS"),
    });
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("command"), QStringLiteral("See above."));
}

template <typename T>
T number(const QCommandLineParser &parser, const char *name, T fallback, double low, double high)
{
    const auto option = QString::fromLatin1(name);
    if (!parser.isSet(option)) {
        return fallback;
    }
    bool ok = false;
    const auto value = parser.value(option).toDouble(&ok);
    if (!ok || !(value >= low && value <= high) || (std::is_integral_v<T> && value != static_cast<double>(static_cast<T>(value)))) {
        throw Problem {Exit::Value, QStringLiteral("--%1 '%2': give a number from %3 to %4.").arg(option, parser.value(option)).arg(low).arg(high, 0, 'f', 0)};
    }
    return static_cast<T>(value);
}

std::chrono::milliseconds seconds(const QCommandLineParser &parser, const char *name, double fallback)
{
    return std::chrono::milliseconds(static_cast<std::int64_t>(1000 * number(parser, name, fallback, 0, 2e6)));
}

RedisUrl urlOf(const QCommandLineParser &parser)
{
    QString error;
    const auto url = chooseRedisUrl(parser.value(QStringLiteral("url")), {}, &error);
    if (!error.isEmpty()) {
        throw Problem {Exit::Value, error};
    }
    return url.value_or(RedisUrl());
}

void checkCommand(const QStringList &words, bool hasMode)
{
    const auto usage = [&](qsizetype count, const char *text) {
        if (words.size() != count) {
            throw Problem {Exit::Usage, QStringLiteral("usage: rateguardctl ") + QString::fromLatin1(text)};
        }
    };
    const auto command = words.value(0);
    const auto topic = words.value(1);
    if (command == QLatin1String("limits") && topic == QLatin1String("list")) {
        usage(2, "limits list [--json]");
    } else if (command == QLatin1String("limits") && topic == QLatin1String("set")) {
        usage(words.size() == 3 && hasMode ? 3 : 4, "limits set POLICY LIMIT/WINDOW [--mode enforce|shadow|off] [--if-version N] [--reason TEXT]; LIMIT/WINDOW may be left out with --mode");
    } else if (command == QLatin1String("limits")) {
        throw Problem {Exit::Usage, QStringLiteral("usage: rateguardctl limits list, or rateguardctl limits set POLICY LIMIT/WINDOW")};
    } else if (command == QLatin1String("check")) {
        usage(3, "check POLICY KEY [--cost N] [--count N] [--json]");
    } else if (command == QLatin1String("watch") || command == QLatin1String("simulate")) {
        usage(1, command == QLatin1String("watch") ? "watch [--json] [--for SECONDS] [--demo]"
                                                   : "simulate [--policy P] [--keys N] [--rate R] [--for SECONDS] [--json]");
    } else {
        throw Problem {Exit::Usage, command.isEmpty() ? QStringLiteral("a command is missing: limits, check, watch or simulate; see --help")
                                                      : QStringLiteral("'%1' is no command; there are limits, check, watch and simulate; see --help").arg(command)};
    }
}

Options readOptions(const QCommandLineParser &parser)
{
    Options options;
    options.words = parser.positionalArguments();
    checkCommand(options.words, parser.isSet(QStringLiteral("mode")));
    options.url = urlOf(parser);
    options.json = parser.isSet(QStringLiteral("json"));
    options.demo = parser.isSet(QStringLiteral("demo"));
    options.readOnly = parser.isSet(QStringLiteral("read-only"));
    const bool lists = options.word(0) == QLatin1String("limits") && options.word(1) == QLatin1String("list");
    if (options.readOnly && !lists && options.word(0) != QLatin1String("watch")) {
        throw Problem {Exit::Rights, QStringLiteral("--read-only allows limits list and watch; nothing was done.")};
    }
    options.cost = number<std::uint32_t>(parser, "cost", 1, 1, 100'000);
    options.count = number<std::uint32_t>(parser, "count", 1, 1, 100'000'000);
    options.keys = number<std::uint32_t>(parser, "keys", 100, 1, 100'000'000);
    options.rate = number<double>(parser, "rate", 1000, 0.001, 10'000'000);
    options.wait = seconds(parser, "wait", 1);
    if (parser.isSet(QStringLiteral("for"))) {
        options.span = seconds(parser, "for", 0);
    }
    if (parser.isSet(QStringLiteral("if-version"))) {
        options.ifVersion = number<std::uint64_t>(parser, "if-version", 0, 0, 9e15);
    }
    options.reason = parser.value(QStringLiteral("reason")).toStdString();
    options.policy = parser.value(QStringLiteral("policy")).toStdString();
    if (parser.isSet(QStringLiteral("policy")) && !isPolicyName(options.policy)) {
        throw Problem {Exit::Value, QStringLiteral("--policy: use 1 to 64 of the characters A-Z a-z 0-9 . _ -")};
    }
    if (parser.isSet(QStringLiteral("mode"))) {
        options.mode = parseMode(parser.value(QStringLiteral("mode")).toStdString());
        if (!options.mode) {
            throw Problem {Exit::Value, QStringLiteral("--mode '%1': the modes are enforce, shadow and off.").arg(parser.value(QStringLiteral("mode")))};
        }
    }
    return options;
}

} // namespace

std::optional<Options> parseOptions(const QStringList &arguments, Exit *exit, QString *error)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(description);
    addOptions(parser);
    if (!parser.parse(arguments)) {
        *exit = Exit::Usage;
        *error = parser.errorText() + QStringLiteral(" See --help.");
        return std::nullopt;
    }
    if (parser.isSet(QStringLiteral("version"))) {
        parser.showVersion();
    }
    if (parser.isSet(QStringLiteral("help"))) {
        parser.showHelp(0);
    }
    try {
        return readOptions(parser);
    } catch (const Problem &problem) {
        *exit = problem.exit;
        *error = problem.text;
        return std::nullopt;
    }
}

} // namespace rateguard
