// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "dashboard/Options.h"

#include "dashboard/Language.h"
#include "models/ConnectionBook.h"

#include <QCommandLineParser>
#include <QRegularExpression>
#include <QSettings>

#include <algorithm>
#include <array>

namespace rateguard {

namespace {

const auto description = QStringLiteral(
    "Watches the rate limits that services share in Redis, and edits them.\n\n"
    "The Redis is that of --connection or --url, else of RATEGUARD_URL, else of REDIS_URL, else the one watched last.\n"
    "Passwords belong into one of the variables: every user of this machine can read a command line.\n"
    "On a server without a display: rateguardctl watch.");

constexpr std::array<std::pair<const char *, Theme>, 3> themes {{{"system", Theme::System}, {"light", Theme::Light}, {"dark", Theme::Dark}}};

std::optional<Theme> themeNamed(const QString &name)
{
    const auto found = std::find_if(themes.begin(), themes.end(), [&name](const auto &theme) { return name == QLatin1String(theme.first); });
    return found == themes.end() ? std::nullopt : std::optional(found->second);
}

void addOptions(QCommandLineParser &parser)
{
    const auto valued = [](const char *name, const char *text, const char *value) {
        return QCommandLineOption(QString::fromLatin1(name), QString::fromLatin1(text), QString::fromLatin1(value));
    };
    parser.setApplicationDescription(description);
    parser.addOptions({
        valued("url", "Redis to watch: redis://[USER:PASSWORD@]HOST[:PORT][/DB], rediss:// for TLS (?ca=FILE), or unix:///PATH.", "URL"),
        valued("connection", "Open the saved connection of this name.", "NAME"),
        valued("environment", "What the Redis of --url is for: development, test or production.", "ENVIRONMENT"),
        {QStringLiteral("demo"), QStringLiteral("Start a private Redis with live demo traffic and watch that.")},
        {QStringLiteral("read-only"), QStringLiteral("Only watch: nothing is written to Redis.")},
        valued("theme", "system, light or dark. Default: the one chosen last under View > Theme, else system.", "THEME"),
        valued("page", "overview, keys, details, limits, history or alerts: what the window shows first. Default: overview.", "PAGE"),
        valued("language", "en or de. Default: that of the desktop, else en.", "LANGUAGE"),
        valued("size", "Size of the window, for example 1440x900. Default: as it was left.", "WxH"),
        valued("screenshot", "Render the window to this PNG file and leave; works without a display.", "FILE"),
        valued("after", "When to take the screenshot. Default: 5.", "SECONDS"),
    });
    parser.addHelpOption();
    parser.addVersionOption();
}

QString readPlace(const QCommandLineParser &parser, Options &options)
{
    QSettings settings;
    const ConnectionBook book(settings);
    if (parser.isSet(QStringLiteral("connection"))) {
        const auto name = parser.value(QStringLiteral("connection"));
        options.place = book.named(name);
        QStringList names;
        for (const auto &place : book.places()) {
            names << place.name;
        }
        return options.place      ? QString()
            : names.isEmpty() ? QStringLiteral("--connection '%1': no connection is saved. Save one in the window, or use --url.").arg(name)
                              : QStringLiteral("--connection '%1': the saved connections are: %2.").arg(name, names.join(QStringLiteral(", ")));
    }
    const auto environment = parser.value(QStringLiteral("environment"));
    if (parser.isSet(QStringLiteral("environment")) && (environment.isEmpty() || !environmentOf(environment))) {
        return QStringLiteral("--environment '%1': the environments are development, test and production.").arg(environment);
    }
    QString error;
    auto url = chooseRedisUrl(parser.value(QStringLiteral("url")), {}, &error);
    if (!url && error.isEmpty()) {
        options.place = book.withId(book.lastId());
        url = options.place ? std::nullopt : chooseRedisUrl({}, settings.value(QStringLiteral("lastUrl")).toString(), &error);
        error.clear(); // nobody asked for the last one: the window asks where to go
    }
    if (url) {
        options.place = Place {.url = url->display(), .user = QString::fromStdString(url->user)};
        options.password = url->password.empty() ? std::nullopt : TypedPassword(QString::fromStdString(url->password));
    }
    if (options.place && !environment.isEmpty()) {
        options.place->environment = *environmentOf(environment);
    }
    return error;
}

QString readOptions(const QCommandLineParser &parser, Options &options)
{
    options.demo = parser.isSet(QStringLiteral("demo"));
    options.readOnly = parser.isSet(QStringLiteral("read-only"));
    options.screenshot = parser.value(QStringLiteral("screenshot"));
    const auto remembered = themeNamed(QSettings().value(QStringLiteral("theme")).toString()).value_or(Theme::System);
    const auto theme = parser.value(QStringLiteral("theme"));
    if (!theme.isEmpty() && !themeNamed(theme)) {
        return QStringLiteral("--theme '%1': the themes are system, light and dark.").arg(theme);
    }
    options.theme = themeNamed(theme).value_or(remembered);
    if (parser.isSet(QStringLiteral("page"))) {
        const auto page = pageNamed(parser.value(QStringLiteral("page")));
        if (!page) {
            return QStringLiteral("--page '%1': the pages are overview, keys, details, limits, history and alerts.").arg(parser.value(QStringLiteral("page")));
        }
        options.page = *page;
    }
    if (parser.isSet(QStringLiteral("language"))) {
        const auto language = languageNamed(parser.value(QStringLiteral("language")));
        if (!language) {
            return QStringLiteral("--language '%1': the languages are en and de.").arg(parser.value(QStringLiteral("language")));
        }
        options.language = *language;
    }
    if (parser.isSet(QStringLiteral("size"))) {
        const auto match = QRegularExpression(QStringLiteral("^(\\d{2,5})x(\\d{2,5})$")).match(parser.value(QStringLiteral("size")));
        if (!match.hasMatch() || match.captured(1).toInt() > 16'384 || match.captured(2).toInt() > 16'384) {
            return QStringLiteral("--size '%1': write WIDTHxHEIGHT in pixels up to 16384, for example 1440x900.").arg(parser.value(QStringLiteral("size")));
        }
        options.size = QSize(match.captured(1).toInt(), match.captured(2).toInt());
    }
    if (parser.isSet(QStringLiteral("after"))) {
        bool ok = false;
        const auto seconds = parser.value(QStringLiteral("after")).toDouble(&ok);
        if (!ok || !(seconds >= 0 && seconds <= 86'400)) {
            return QStringLiteral("--after '%1': give a number of seconds from 0 to 86400.").arg(parser.value(QStringLiteral("after")));
        }
        options.after = std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
    }
    for (const auto *other : {"url", "connection", "environment"}) {
        if (options.demo && parser.isSet(QLatin1String(other))) {
            return QStringLiteral("--demo brings its own Redis: leave out --%1, or leave out --demo.").arg(QLatin1String(other));
        }
    }
    for (const auto *other : {"url", "environment"}) {
        if (parser.isSet(QStringLiteral("connection")) && parser.isSet(QLatin1String(other))) {
            return QStringLiteral("--connection knows its address and environment: leave out --%1.").arg(QLatin1String(other));
        }
    }
    if (!parser.positionalArguments().isEmpty()) {
        return QStringLiteral("'%1' is not an option; see --help.").arg(parser.positionalArguments().first());
    }
    return options.demo ? QString() : readPlace(parser, options);
}

} // namespace

std::optional<Options> parseOptions(const QStringList &arguments, QString *error)
{
    QCommandLineParser parser;
    addOptions(parser);
    Options options;
    if (!parser.parse(arguments)) {
        *error = parser.errorText() + QStringLiteral(" See --help.");
        return std::nullopt;
    }
    if (parser.isSet(QStringLiteral("version"))) {
        parser.showVersion();
    }
    if (parser.isSet(QStringLiteral("help"))) {
        parser.showHelp(0);
    }
    *error = readOptions(parser, options);
    return error->isEmpty() ? std::optional(options) : std::nullopt;
}

void rememberUrl(const RedisUrl &url)
{
    QSettings().setValue(QStringLiteral("lastUrl"), url.display());
}

void rememberTheme(Theme theme)
{
    const auto found = std::find_if(themes.begin(), themes.end(), [theme](const auto &known) { return known.second == theme; });
    QSettings().setValue(QStringLiteral("theme"), QLatin1String(found->first));
}

} // namespace rateguard
