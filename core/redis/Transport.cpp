// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/Transport.h"

#include <QLocalSocket>
#include <QTcpSocket>

namespace rateguard {

namespace {

enum class Trouble { Refused, Unknown, Denied, Closed, Other };

Trouble troubleOf(const QIODevice *device)
{
    if (const auto *tcp = qobject_cast<const QTcpSocket *>(device)) {
        switch (tcp->error()) {
        case QAbstractSocket::ConnectionRefusedError:
            return Trouble::Refused;
        case QAbstractSocket::HostNotFoundError:
            return Trouble::Unknown;
        case QAbstractSocket::RemoteHostClosedError:
            return Trouble::Closed;
        default:
            return Trouble::Other;
        }
    }
    switch (qobject_cast<const QLocalSocket *>(device)->error()) {
    case QLocalSocket::ServerNotFoundError:
    case QLocalSocket::ConnectionRefusedError:
        return Trouble::Refused;
    case QLocalSocket::SocketAccessError:
        return Trouble::Denied;
    case QLocalSocket::PeerClosedError:
        return Trouble::Closed;
    default:
        return Trouble::Other;
    }
}

template <typename Socket>
Socket *makeSocket(Transport *transport)
{
    auto *socket = new Socket(transport);
    QObject::connect(socket, &Socket::connected, transport, &Transport::connected);
    QObject::connect(socket, &QIODevice::readyRead, transport, &Transport::readyRead);
    return socket;
}

} // namespace

Transport::Transport(const RedisUrl &url, QObject *parent)
    : QObject(parent)
    , m_url(url)
{
    const auto fail = [this] { emit failed(explain()); };
    if (m_url.path.empty()) {
        auto *socket = makeSocket<QTcpSocket>(this);
        connect(socket, &QTcpSocket::connected, this, [socket] { socket->setSocketOption(QAbstractSocket::LowDelayOption, 1); });
        connect(socket, &QTcpSocket::errorOccurred, this, fail);
        connect(socket, &QTcpSocket::disconnected, this, fail);
        m_device = socket;
    } else {
        auto *socket = makeSocket<QLocalSocket>(this);
        connect(socket, &QLocalSocket::errorOccurred, this, fail);
        connect(socket, &QLocalSocket::disconnected, this, fail);
        m_device = socket;
    }
}

Transport::~Transport()
{
    m_device->disconnect(this);
}

void Transport::open()
{
    if (auto *socket = qobject_cast<QTcpSocket *>(m_device)) {
        socket->connectToHost(QString::fromStdString(m_url.host), m_url.port);
    } else if (auto *local = qobject_cast<QLocalSocket *>(m_device)) {
        local->connectToServer(QString::fromStdString(m_url.path));
    }
}

QString Transport::explain() const
{
    const auto where = m_url.display();
    switch (troubleOf(m_device)) {
    case Trouble::Refused:
        return QStringLiteral("Nothing answers at %1. Is Redis running there?").arg(where);
    case Trouble::Unknown:
        return QStringLiteral("The host of %1 is not known. Check its name.").arg(where);
    case Trouble::Denied:
        return QStringLiteral("This user may not open %1. Check the permissions of the socket.").arg(where);
    case Trouble::Closed:
        return QStringLiteral("Redis at %1 closed the connection.").arg(where);
    case Trouble::Other:
        break;
    }
    return QStringLiteral("The connection to %1 failed: %2.").arg(where, m_device->errorString());
}

} // namespace rateguard
