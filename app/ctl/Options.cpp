// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/Options.h"

#include "ctl/Given.h"
#include "format/RefusalText.h"
#include "format/Text.h"
#include "redis/AclRules.h"
#include "redis/Keyspace.h"

#include <algorithm>
#include <cstdio>

namespace rateguard {

namespace {

using namespace std::chrono_literals;

QString listed(const QStringList &names)
{
    return names.size() < 2 ? names.join(QString())
                            : names.mid(0, names.size() - 1).join(QStringLiteral(", ")) + QStringLiteral(" and ") + names.last();
}

QString usage(const CommandForm &form)
{
    auto text = QStringLiteral("usage: rateguardctl %1 %2").arg(latin(form.name), latin(form.arguments)).trimmed();
    for (const auto &option : optionForms()) {
        if (form.takes(option.name) && option.name != "url" && option.name != "prefix" && option.name != "read-only") {
            text += QStringLiteral(" [--%1]").arg(latin(option.name) + latin(option.value.empty() ? "" : " ") + latin(option.value));
        }
    }
    return text;
}

// Takes the command's words away.
const CommandForm &takeForm(std::vector<std::string> &words)
{
    const auto word = [&](std::size_t i) { return i < words.size() ? words[i] : std::string(); };
    QStringList names;
    QStringList related;
    for (const auto &form : commandForms()) {
        const bool isPair = form.name.find(' ') != std::string_view::npos;
        if (form.name == (isPair ? word(0) + ' ' + word(1) : word(0))) {
            words.erase(words.begin(), words.begin() + (isPair ? 2 : 1));
            return form;
        }
        names.append(latin(form.name));
        if (isPair && form.name.substr(0, form.name.find(' ')) == word(0)) {
            related.append(latin(form.name));
        }
    }
    if (!related.isEmpty()) {
        throw Problem {Exit::Usage, QStringLiteral("%1 needs another word: there are %2; see --help").arg(displayText(word(0)), listed(related))};
    }
    throw Problem {Exit::Usage, words.empty() ? QStringLiteral("a command is missing; there are %1; see --help").arg(listed(names))
                                              : QStringLiteral("'%1' is no command; there are %2; see --help").arg(displayText(word(0)), listed(names))};
}

void checkOptions(const CommandForm &form, const Given &given)
{
    for (const auto &option : optionForms()) {
        if (!given.has(std::string(option.name).c_str()) || form.takes(option.name)) {
            continue;
        }
        QStringList owners;
        for (const auto &other : commandForms()) {
            if (other.takes(option.name)) {
                owners.append(latin(other.name));
            }
        }
        throw Problem {Exit::Usage, QStringLiteral("--%1 does not belong to %2, but to %3.").arg(latin(option.name), latin(form.name), listed(owners))};
    }
    if (given.has("read-only") && form.needs == CommandForm::Needs::Writing) {
        QStringList readers;
        for (const auto &other : commandForms()) {
            if (other.needs != CommandForm::Needs::Writing) {
                readers.append(latin(other.name));
            }
        }
        throw Problem {Exit::Rights, QStringLiteral("--read-only allows %1; nothing was done.").arg(listed(readers))};
    }
}

std::string keyOf(const std::string &word, bool isHex)
{
    const auto bytes = QByteArray::fromHex(QByteArray::fromStdString(word));
    if (isHex && bytes.toHex() != QByteArray::fromStdString(word).toLower()) {
        throw Problem {Exit::Value, QStringLiteral("KEY '%1': with --key-hex write two of 0-9 a-f for each byte, for example 616c696365").arg(displayText(word))};
    }
    return isHex ? bytes.toStdString() : word;
}

void readArguments(Options &options, const Given &given, const std::vector<std::string> &words)
{
    const auto &form = *options.form;
    std::size_t next = 0;
    if (form.has("POLICY") && next < words.size()) {
        options.policy = words[next++];
        if (!isPolicyName(options.policy)) {
            throw Problem {Exit::Value, QStringLiteral("policy '%1': use 1 to 64 of the characters A-Z a-z 0-9 . _ -").arg(displayText(options.policy))};
        }
    }
    if (form.has("KEY")) {
        options.key = keyOf(words[next++], given.has("key-hex"));
    }
    if (form.has("ROLE")) {
        options.role = words[next++];
        if (std::find(aclRoles.begin(), aclRoles.end(), options.role) == aclRoles.end()) {
            throw Problem {Exit::Value, QStringLiteral("role '%1': there are service, viewer and operator").arg(displayText(options.role))};
        }
    }
    if (form.has("LIMIT") && next < words.size()) {
        std::string text;
        for (; next < words.size(); ++next) {
            text.append(text.empty() ? "" : " ").append(words[next]);
        }
        LimitFault fault;
        const bool isOverride = options.command() == "override";
        if (isOverride && (text.starts_with("log") || text.starts_with("bucket"))) {
            throw Problem {Exit::Value, QStringLiteral("'%1': how a key is counted is its policy's matter; leave that word away.").arg(displayText(text, 80))};
        }
        // How large a count may be, the policy says; Redis knows it.
        const auto limit = parseLimit(isOverride ? "bucket " + text : text, &fault);
        if (!limit) {
            throw Problem {Exit::Value, limitFaultText(fault)};
        }
        options.limit = *limit;
    }
}

void readMode(Options &options, const Given &given)
{
    if (given.has("mode")) {
        options.mode = parseMode(given.bytes("mode"));
        if (!options.mode) {
            throw Problem {Exit::Value, QStringLiteral("--mode '%1': the modes are enforce, shadow and off.").arg(given.shown("mode"))};
        }
    }
    if (options.command() == "limits set" && !options.mode && (options.limit.empty() || options.span)) {
        throw Problem {Exit::Usage, options.span ? QStringLiteral("--for is how long a mode lasts: give --mode enforce, shadow or off, too.") : usage(*options.form)};
    }
}

Options readOptions(const Given &given)
{
    Options options;
    auto words = given.words;
    const auto &form = takeForm(words);
    options.form = &form;
    checkOptions(form, given);
    if (words.size() < form.least() || words.size() > form.most()) {
        throw Problem {Exit::Usage, usage(form)};
    }
    QString error;
    options.url = chooseRedisUrl(given.text("url"), {}, &error).value_or(RedisUrl());
    if (!error.isEmpty() && form.needs != CommandForm::Needs::Nothing) {
        throw Problem {Exit::Value, error};
    }
    readArguments(options, given, words);
    options.prefix = given.name("prefix");
    options.policy = given.name("policy").value_or(options.policy);
    options.user = given.name("user").value_or(std::string());
    options.reason = given.bytes("reason");
    options.json = given.has("json");
    options.demo = given.has("demo");
    options.readOnly = given.has("read-only");
    options.force = given.has("force");
    options.cost = given.number<std::uint32_t>("cost", 1, 100'000).value_or(options.cost);
    options.count = given.number<std::uint32_t>("count", 1, form.name == "limits history" ? 20'000 : 100'000'000);
    options.partitions = given.number<std::uint32_t>("partitions", 1, Partitions::most);
    options.keys = given.number<std::uint32_t>("keys", 1, 100'000'000).value_or(options.keys);
    options.rate = given.number<double>("rate", 0.001, 10'000'000).value_or(options.rate);
    options.ifVersion = given.number<std::uint64_t>("if-version", 0, 9e15);
    options.version = given.number<std::uint64_t>("version", 1, 9e15);
    options.wait = given.span("wait", 0ms, 24h).value_or(options.wait);
    options.span = form.name == "traffic" ? given.span("for", 1min, 48h) : given.span("for", 1ms, 24h * 3650);
    readMode(options, given);
    return options;
}

void print(std::string_view text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
}

} // namespace

std::optional<Options> parseOptions(const std::vector<std::string> &arguments, Exit *exit, QString *error)
{
    try {
        const Given given(arguments);
        if (given.has("v") || given.has("help")) {
            print(given.has("v") ? std::string_view("rateguardctl " RATEGUARD_VERSION "\n") : helpText());
            *exit = Exit::Ok;
            return std::nullopt;
        }
        return readOptions(given);
    } catch (const Problem &problem) {
        *exit = problem.exit;
        *error = problem.text;
        return std::nullopt;
    }
}

} // namespace rateguard
