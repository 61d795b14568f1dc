// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "ctl/Given.h"

#include "ctl/Wording.h"
#include "format/Text.h"

namespace rateguard {

QString latin(std::string_view text)
{
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

Given::Given(const std::vector<std::string> &arguments)
{
    m_parser.addHelpOption();
    m_parser.addOption(QCommandLineOption(QStringLiteral("v")));
    for (const auto &option : optionForms()) {
        m_parser.addOption(QCommandLineOption(latin(option.name), QString(), latin(option.value)));
    }
    QStringList list {QStringLiteral("rateguardctl")};
    // --version alone asks for the program's; with a value it is that of a limit.
    for (const auto &argument : arguments) {
        list.append(argument == "--version" && arguments.size() == 1 ? QStringLiteral("-v") : latin(argument));
    }
    if (!m_parser.parse(list)) {
        throw Problem {Exit::Usage, QString::fromUtf8(m_parser.errorText().toLatin1()) + QStringLiteral(" See --help.")};
    }
    for (const auto &word : m_parser.positionalArguments()) {
        words.push_back(word.toLatin1().toStdString());
    }
}

QString Given::shown(const char *option) const
{
    return displayText(bytes(option), 80);
}

std::optional<Duration> Given::span(const char *option, Duration least, Duration most) const
{
    if (!has(option)) {
        return std::nullopt;
    }
    bool isNumber = false;
    const auto seconds = text(option).toDouble(&isNumber);
    const auto ms = isNumber && seconds >= 0 && seconds <= 3.2e8 ? std::optional(Duration(static_cast<std::int64_t>(1000 * seconds))) : parseSpan(bytes(option));
    if (!ms || *ms < least || *ms > most) {
        throw Problem {Exit::Value, QStringLiteral("--%1 '%2': give a time of up to %3, such as 90s, 10min, 2h or 1d%4.")
                                        .arg(latin(option), shown(option), spanText(most),
                                            least > Duration(1) ? QStringLiteral(", and at least ") + spanText(least) : QString())};
    }
    return ms;
}

std::optional<std::string> Given::name(const char *option) const
{
    if (!has(option)) {
        return std::nullopt;
    }
    if (!isPolicyName(bytes(option))) {
        throw Problem {Exit::Value, QStringLiteral("--%1 '%2': use 1 to 64 of the characters A-Z a-z 0-9 . _ -").arg(latin(option), shown(option))};
    }
    return bytes(option);
}

} // namespace rateguard
