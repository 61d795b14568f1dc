// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "redis/RedisUrl.h"

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

namespace rateguard {

// A redis-server (or valkey-server) of our own: in a temporary folder, on a unix socket that only this user may open,
// without persistence, and gone with this process, however that ends.
class PrivateRedis
{
public:
    // `arguments` are added to redis-server's.
    explicit PrivateRedis(QStringList arguments = {});
    ~PrivateRedis();

    // Blocks until the server answers, about 50 ms. False, with what is wrong and what to do, when it cannot.
    bool start(QString *error);
    // As a crash would: kill -9. start() brings it back at the same place.
    void crash();
    bool isRunning() const { return m_process.state() == QProcess::Running; }
    qint64 processId() const { return m_process.processId(); }

    RedisUrl url() const;
    QString folder() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;
    QStringList m_arguments;
    QProcess m_process;
};

} // namespace rateguard
