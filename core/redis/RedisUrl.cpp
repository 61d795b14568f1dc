// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/RedisUrl.h"

#include <QByteArray>
#include <QCoreApplication>

#include <algorithm>
#include <charconv>

namespace rateguard {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::RedisUrl)
};

std::optional<RedisUrl> fail(QString *error, const QString &text)
{
    if (error) {
        *error = text;
    }
    return std::nullopt;
}

std::string decoded(std::string_view text)
{
    return QByteArray::fromPercentEncoding(QByteArray(text.data(), static_cast<qsizetype>(text.size()))).toStdString();
}

template <typename T>
bool parseNumber(std::string_view text, T &value)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

// Cuts off and returns what stands before `mark`; all of it when there is none.
std::string_view cut(std::string_view &rest, char mark)
{
    const auto end = std::min(rest.find(mark), rest.size());
    const auto head = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return head;
}

bool readUserInfo(RedisUrl &url, std::string_view info, QString *error)
{
    const auto colon = info.find(':');
    if (colon == std::string_view::npos) {
        fail(error, Words::tr("The URL has a name before '@' but no ':'. Write redis://USER:PASSWORD@HOST, or "
                              "redis://:PASSWORD@HOST for a password alone."));
        return false;
    }
    url.user = decoded(info.substr(0, colon));
    url.password = decoded(info.substr(colon + 1));
    return true;
}

bool readHost(RedisUrl &url, std::string_view text, QString *error)
{
    std::string_view port;
    if (!text.empty() && text.front() == '[') {
        text.remove_prefix(1);
        url.host = std::string(cut(text, ']'));
        if (!text.empty() && text.front() != ':') {
            fail(error, Words::tr("The URL has something other than ':' behind the ']' of its address. Write redis://[::1]:6379."));
            return false;
        }
        port = text.substr(std::min<std::size_t>(text.size(), 1));
    } else {
        const auto host = cut(text, ':');
        url.host = host.empty() ? "127.0.0.1" : decoded(host);
        port = text;
    }
    if (!port.empty() && (!parseNumber(port, url.port) || url.port == 0)) {
        fail(error, Words::tr("The port of the URL is not a number from 1 to 65535."));
        return false;
    }
    return true;
}

bool readDatabase(RedisUrl &url, std::string_view text, QString *error)
{
    if (!text.empty() && !parseNumber(text, url.database)) {
        fail(error, Words::tr("The database of the URL is not a number. Write redis://HOST:PORT/0 or unix:///PATH?db=0."));
        return false;
    }
    return true;
}

bool readParameters(RedisUrl &url, std::string_view query, QString *error)
{
    const std::pair<std::string_view, std::string RedisUrl::*> files[] {{"ca", &RedisUrl::caFile}, {"cert", &RedisUrl::certificateFile}, {"key", &RedisUrl::keyFile}};
    while (!query.empty()) {
        auto parameter = cut(query, '&');
        const auto name = cut(parameter, '=');
        if (name == "db" && !readDatabase(url, parameter, error)) {
            return false;
        }
        for (const auto &[known, file] : files) {
            if (url.tls && name == known) {
                url.*file = decoded(parameter);
            }
        }
    }
    if (url.certificateFile.empty() != url.keyFile.empty()) {
        fail(error, Words::tr("The URL has only one of cert and key. Give both: rediss://HOST?cert=FILE&key=FILE."));
        return false;
    }
    return true;
}

// "?ca=FILE&cert=FILE&key=FILE", as it is read.
QString fileParameters(const RedisUrl &url)
{
    QString text;
    for (const auto &[name, file] : {std::pair("ca=", &url.caFile), std::pair("cert=", &url.certificateFile), std::pair("key=", &url.keyFile)}) {
        if (!file->empty()) {
            text += (text.isEmpty() ? u'?' : u'&') + QString::fromLatin1(name)
                + QString::fromLatin1(QByteArray::fromStdString(*file).toPercentEncoding("/"));
        }
    }
    return text;
}

// As it is read back: what has a meaning in a URL, and what cannot be seen, is percent-encoded.
QString encoded(const std::string &text)
{
    return QString::fromLatin1(QByteArray::fromStdString(text).toPercentEncoding("/!$&'()*+,;="));
}

} // namespace

QString RedisUrl::display() const
{
    const auto suffix = [this](const char *before) {
        return database ? QString::fromLatin1(before) + QString::number(database) : QString();
    };
    if (!path.empty()) {
        return QStringLiteral("unix://") + encoded(path) + suffix("?db=");
    }
    const bool v6 = host.find(':') != std::string::npos;
    const auto name = v6 ? QString::fromStdString(host) : encoded(host);
    return (tls ? QStringLiteral("rediss://") : QStringLiteral("redis://")) + (v6 ? u'[' + name + u']' : name) + u':' + QString::number(port)
        + suffix("/") + fileParameters(*this);
}

RedisUrl withSecretOfEnvironment(RedisUrl url)
{
    for (const char *variable : {"RATEGUARD_URL", "REDIS_URL"}) {
        const auto other = parseRedisUrl(qgetenv(variable).toStdString());
        if (url.user.empty() && url.password.empty() && other && other->display() == url.display()) {
            url.user = other->user;
            url.password = other->password;
        }
    }
    return url;
}

std::optional<RedisUrl> chooseRedisUrl(const QString &flag, const QString &fallback, QString *error)
{
    const std::pair<const char *, QString> choices[] {{"--url", flag}, {"RATEGUARD_URL", qEnvironmentVariable("RATEGUARD_URL")},
        {"REDIS_URL", qEnvironmentVariable("REDIS_URL")}, {"", fallback}};
    for (const auto &[source, text] : choices) {
        if (text.isEmpty()) {
            continue;
        }
        const auto url = parseRedisUrl(text.toStdString(), error);
        if (!url) {
            error->prepend((*source ? QString::fromLatin1(source) : Words::tr("the URL used last")) + QStringLiteral(": "));
            return std::nullopt;
        }
        return withSecretOfEnvironment(*url);
    }
    return std::nullopt;
}

std::optional<RedisUrl> parseRedisUrl(std::string_view text, QString *error)
{
    const auto mark = text.find("://");
    std::string scheme(text.substr(0, mark == std::string_view::npos ? 0 : mark));
    std::transform(scheme.begin(), scheme.end(), scheme.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const bool tls = scheme == "rediss" || scheme == "valkeys";
    const bool local = scheme == "unix" || scheme == "redis+unix" || scheme == "redis+socket" || scheme == "redis-socket";
    if (!local && !tls && scheme != "redis" && scheme != "valkey") {
        return fail(error, Words::tr("A Redis URL starts with redis://, rediss:// (TLS) or unix://, for example redis://127.0.0.1:6379/0 or unix:///run/redis/redis.sock."));
    }
    if (std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; })) {
        return fail(error, Words::tr("The URL holds a control character or a line break. Copy it again."));
    }
    auto rest = text.substr(mark + 3);
    auto query = rest;
    rest = cut(query, '?');
    RedisUrl url;
    url.tls = tls;
    const bool cutShort = !local && rest.find('@', std::min(rest.find('/'), rest.size())) != std::string_view::npos;
    if (cutShort || query.find('@') != std::string_view::npos) {
        return fail(error, Words::tr("The URL has an '@' behind a '/' or '?'. Percent-encode special characters in user and password: '?' is %3F, '/' is %2F, '@' is %40."));
    }
    if (!readParameters(url, query, error)) {
        return std::nullopt;
    }
    const auto slash = rest.find('/');
    const auto at = rest.rfind('@', local ? rest.size() : slash);
    if (at != std::string_view::npos) {
        if (!readUserInfo(url, rest.substr(0, at), error)) {
            return std::nullopt;
        }
        rest.remove_prefix(at + 1);
    }
    if (local) {
        url.path = decoded(rest);
        if (url.path.empty() || url.path.front() != '/') {
            return fail(error, Words::tr("The path of the socket is missing. Write unix:///full/path/redis.sock."));
        }
        return url;
    }
    const auto authority = cut(rest, '/');
    return readHost(url, authority, error) && readDatabase(url, rest, error) ? std::optional(url) : std::nullopt;
}

} // namespace rateguard
