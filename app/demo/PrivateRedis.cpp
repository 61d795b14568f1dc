// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "demo/PrivateRedis.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QThread>

#include <csignal>
#include <sys/prctl.h>

namespace rateguard {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rateguard::PrivateRedis)
};

} // namespace

PrivateRedis::PrivateRedis(QStringList arguments)
    : m_folder(QDir::tempPath() + QStringLiteral("/rateguard-XXXXXX"))
    , m_arguments(std::move(arguments))
{
}

PrivateRedis::~PrivateRedis()
{
    crash(); // there is nothing in it to save
}

RedisUrl PrivateRedis::url() const
{
    RedisUrl url;
    url.path = m_folder.filePath(QStringLiteral("redis.sock")).toStdString();
    return url;
}

bool PrivateRedis::start(QString *error)
{
    auto program = QStandardPaths::findExecutable(QStringLiteral("redis-server"));
    if (program.isEmpty()) {
        program = QStandardPaths::findExecutable(QStringLiteral("valkey-server"));
    }
    if (program.isEmpty() || !m_folder.isValid()) {
        *error = program.isEmpty() ? Words::tr("The demo needs redis-server or valkey-server. Install it (Debian: apt-get install redis-server), "
                                               "or watch a Redis of your own with --url.")
                                   : Words::tr("No temporary folder could be made: %1").arg(m_folder.errorString());
        return false;
    }
    const auto socketPath = m_folder.filePath(QStringLiteral("redis.sock"));
    const auto logPath = m_folder.filePath(QStringLiteral("redis.log"));
    QFile::remove(socketPath);
    const QStringList arguments {QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--unixsocket"), socketPath,
        QStringLiteral("--unixsocketperm"), QStringLiteral("700"), QStringLiteral("--save"), QString(), QStringLiteral("--appendonly"),
        QStringLiteral("no"), QStringLiteral("--dir"), m_folder.path(), QStringLiteral("--logfile"), logPath,
        QStringLiteral("--maxmemory"), QStringLiteral("256mb"), QStringLiteral("--maxmemory-policy"), QStringLiteral("noeviction")};
    // However this process ends, the server goes with it.
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process.start(program, arguments + m_arguments);
    QElapsedTimer clock;
    clock.start();
    while (m_process.waitForStarted(1000) && m_process.state() == QProcess::Running && clock.elapsed() < 10'000) {
        QLocalSocket socket;
        socket.connectToServer(socketPath);
        if (socket.waitForConnected(100) && socket.write("PING\r\n") && socket.waitForReadyRead(1000)) {
            return true;
        }
        m_process.waitForFinished(10);
    }
    QFile log(logPath);
    const auto text = log.open(QIODevice::ReadOnly) ? QString::fromUtf8(log.read(2000)) : m_process.errorString();
    *error = Words::tr("%1 did not start: %2").arg(program, text);
    return false;
}

void PrivateRedis::crash()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

} // namespace rateguard
