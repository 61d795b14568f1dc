// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "ctl/Options.h"

#include <QCommandLineParser>

#include <type_traits>

namespace rateguard {

// A command line that is wrong: names the value and the remedy.
struct Problem
{
    Exit exit;
    QString text;
};

// What was set on the command line. Qt's parser sees each byte as one character, so that bytes which are no text survive.
// All of it throws Problem when a value makes no sense.
class Given
{
public:
    explicit Given(const std::vector<std::string> &arguments);

    bool has(const char *option) const { return m_parser.isSet(QString::fromLatin1(option)); }
    std::string bytes(const char *option) const { return m_parser.value(QString::fromLatin1(option)).toLatin1().toStdString(); }
    QString text(const char *option) const { return QString::fromStdString(bytes(option)); }
    QString shown(const char *option) const;

    template <typename T>
    std::optional<T> number(const char *option, double low, double high) const
    {
        if (!has(option)) {
            return std::nullopt;
        }
        bool ok = false;
        const auto value = text(option).toDouble(&ok);
        if (!ok || !(value >= low && value <= high) || (std::is_integral_v<T> && value != static_cast<double>(static_cast<T>(value)))) {
            throw Problem {Exit::Value, QStringLiteral("--%1 '%2': give a number from %3 to %4.").arg(QString::fromLatin1(option), shown(option))
                                            .arg(low).arg(high, 0, 'f', 0)};
        }
        return static_cast<T>(value);
    }

    // "90s", "10min"; a number alone means seconds.
    std::optional<Duration> span(const char *option, Duration least, Duration most) const;
    // Of a policy, a prefix or a user: they have the same characters.
    std::optional<std::string> name(const char *option) const;

    std::vector<std::string> words; // besides options

private:
    QCommandLineParser m_parser;
};

QString latin(std::string_view text);

} // namespace rateguard
