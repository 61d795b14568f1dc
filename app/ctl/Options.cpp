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

bool isPair(const CommandForm &form)
{
    return form.name.find(' ') != std::string_view::npos;
}

// Those that somebody may have meant who began with this word.
QStringList commandsLike(const std::string &word)
{
    QStringList names;
    for (const auto &form : commandForms()) {
        const auto second = form.name.substr(form.name.find(' ') + 1);
        if (!word.empty() && (form.name.starts_with(word) || second.starts_with(word))) {
            names.append(latin(form.name));
        }
    }
    return names;
}

// Takes the command's words away.
const CommandForm &takeForm(std::vector<std::string> &words)
{
    const auto word = [&](std::size_t i) { return i < words.size() ? words[i] : std::string(); };
    bool isHalf = false;
    for (const auto &form : commandForms()) {
        if (form.name == (isPair(form) ? word(0) + ' ' + word(1) : word(0))) {
            words.erase(words.begin(), words.begin() + (isPair(form) ? 2 : 1));
            return form;
        }
        isHalf = isHalf || form.name.starts_with(word(0) + ' ');
    }
    if (words.empty()) {
        throw Problem {Exit::Usage, QStringLiteral("a command is missing, such as limits list or watch; see --help")};
    }
    const auto names = commandsLike(word(0));
    const auto shown = displayText(word(0), 80);
    const auto there = QStringLiteral("there %1 %2").arg(names.size() > 1 ? QStringLiteral("are") : QStringLiteral("is"), listed(names));
    const auto text = isHalf ? QStringLiteral("%1 needs another word: %2").arg(shown, there)
        : names.isEmpty()    ? QStringLiteral("'%1' is no command").arg(shown)
                             : QStringLiteral("'%1' is no command, but %2").arg(shown, there);
    throw Problem {Exit::Usage, text + QStringLiteral("; see --help")};
}

QString refusalOf(const OptionForm &option, const CommandForm &form)
{
    constexpr qsizetype fewOwners = 3;
    QStringList owners;
    for (const auto &other : commandForms()) {
        if (other.takes(option.name)) {
            owners.append(latin(other.name));
        }
    }
    return form.needs == CommandForm::Needs::Nothing && option.name == "url"
        ? QStringLiteral("%1 asks no Redis: leave out --url.").arg(latin(form.name))
        : owners.size() <= fewOwners ? QStringLiteral("--%1 belongs to %2, not to %3.").arg(latin(option.name), listed(owners), latin(form.name))
                                     : QStringLiteral("%1 takes no --%2; %3").arg(latin(form.name), latin(option.name), usage(form));
}

void checkOptions(const CommandForm &form, const Given &given)
{
    for (const auto &option : optionForms()) {
        if (given.has(std::string(option.name).c_str()) && !form.takes(option.name)) {
            throw Problem {Exit::Usage, refusalOf(option, form)};
        }
    }
    if (given.has("read-only") && form.needs == CommandForm::Needs::Writing) {
        throw Problem {Exit::Rights, QStringLiteral("%1 would write, and with --read-only nothing does; nothing was done.").arg(latin(form.name))};
    }
    if (given.has("demo") && (given.has("url") || given.has("prefix"))) {
        throw Problem {Exit::Usage, QStringLiteral("--demo brings its own Redis: leave out --%1, or leave out --demo.").arg(given.has("url") ? QStringLiteral("url") : QStringLiteral("prefix"))};
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
