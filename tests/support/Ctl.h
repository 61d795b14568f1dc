// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "support/TestRedis.h"

#include "redis/AclRules.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

namespace rateguard {

// The console twin as scripts use it: the real program on a server of its own, its output and its exit codes.
class Ctl
{
public:
    struct Result
    {
        int code = -1;
        QByteArray output;
        QByteArray errors;

        // One for each line.
        QList<QJsonObject> objects() const
        {
            QList<QJsonObject> objects;
            for (const auto &line : output.split('\n')) {
                if (!line.isEmpty()) {
                    objects.append(QJsonDocument::fromJson(line).object());
                }
            }
            return objects;
        }
        // Of the one array.
        QList<QJsonObject> rows() const
        {
            QList<QJsonObject> rows;
            for (const auto &row : QJsonDocument::fromJson(output).array()) {
                rows.append(row.toObject());
            }
            return rows;
        }
    };

    explicit Ctl(const QStringList &arguments = {})
        : redis(arguments)
    {
    }

    std::unique_ptr<QProcess> begin(const QStringList &arguments)
    {
        auto process = std::make_unique<QProcess>();
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("RATEGUARD_URL"), redis.url().display());
        process->setProcessEnvironment(environment);
        process->start(QStringLiteral(RATEGUARD_APP_DIR "/rateguardctl"), arguments);
        if (!process->waitForStarted()) {
            qFatal("rateguardctl is missing; build it first");
        }
        return process;
    }
    std::unique_ptr<QProcess> begin(const char *command) { return begin(QString::fromUtf8(command).split(u' ', Qt::SkipEmptyParts)); }

    static Result end(QProcess &process)
    {
        if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000)) {
            qFatal("rateguardctl does not end");
        }
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    // Words are separated by blanks; a list takes them as they are.
    Result run(const QStringList &arguments) { return end(*begin(arguments)); }
    Result run(const char *command) { return end(*begin(command)); }
    Result run(const QString &command) { return run(command.toUtf8().constData()); }

    // " --url …" for a user with the rights of resources/redis/acl.
    QString as(const char *role, const char *prefix = "rateguard")
    {
        Connection::Arguments arguments {"ACL", "SETUSER", role, "reset", "on", ">pw"};
        const auto rules = QString::fromStdString(aclRules(role, prefix));
        for (const auto &rule : rules.split(u' ')) {
            arguments.push_back(rule.toStdString());
        }
        if (redis.ask(arguments).isError()) {
            qFatal("Redis does not take the rules of %s", role);
        }
        return QStringLiteral(" --url unix://%1:pw@%2").arg(QString::fromLatin1(role), QString::fromStdString(redis.url().path));
    }

    TestRedis redis;
};

} // namespace rateguard
