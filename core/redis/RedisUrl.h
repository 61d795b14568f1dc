// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rateguard {

// Where a Redis is and how to log in:
//   redis://[USER:PASSWORD@]HOST[:PORT][/DB]     valkey:// is the same; ?db=N works, too; other parameters are ignored
//   rediss://…[?ca=FILE][&cert=FILE&key=FILE]    the same over TLS; valkeys:// is the same. ca: PEM file of the authority that signed
//                                                the server's certificate, when the system does not know it; cert, key: our own
//   unix://[USER:PASSWORD@]/PATH[?db=N]          redis+unix:// and redis-socket:// are the same
// User, password, path and files are percent-decoded. The secret stays in here: text for people comes from display().
struct RedisUrl
{
    std::string host = "127.0.0.1";
    std::uint16_t port = 6379;
    std::string path; // of a unix socket; empty: TCP
    std::string user; // empty: "default"
    std::string password;
    unsigned database = 0;
    bool tls = false;
    std::string caFile; // these three with TLS only
    std::string certificateFile;
    std::string keyFile;

    // The URL without user and password.
    QString display() const;

    friend bool operator==(const RedisUrl &, const RedisUrl &) = default;
};

// User and password come from the variables RATEGUARD_URL and REDIS_URL when the URL has none and one of them is about the same
// place: nobody has to write a secret into a command line.
RedisUrl withSecretOfEnvironment(RedisUrl url);

// The Redis to use: `flag`, else RATEGUARD_URL, else REDIS_URL, else `fallback`, each where it is not empty, and with
// withSecretOfEnvironment. Nothing when all are empty, or when the first that is not is no URL: `error` then names it.
std::optional<RedisUrl> chooseRedisUrl(const QString &flag, const QString &fallback, QString *error);

// Nothing when the URL is not one of the above; `error` then says which part and what to write instead, never the secret.
std::optional<RedisUrl> parseRedisUrl(std::string_view text, QString *error = nullptr);

} // namespace rateguard
