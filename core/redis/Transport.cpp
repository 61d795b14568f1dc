// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/Transport.h"

#include <QFile>
#include <QLocalSocket>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>

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
        auto *socket = m_url.tls ? makeTls() : makeTcp();
        connect(socket, &QTcpSocket::connected, this, [socket] { socket->setSocketOption(QAbstractSocket::LowDelayOption, 1); });
        connect(socket, &QTcpSocket::errorOccurred, this, fail);
        connect(socket, &QTcpSocket::disconnected, this, fail);
        m_device = socket;
    } else {
        auto *socket = makeSocket<QLocalSocket>(this);
        connect(socket, &QLocalSocket::connected, this, &Transport::connected);
        connect(socket, &QLocalSocket::errorOccurred, this, fail);
        connect(socket, &QLocalSocket::disconnected, this, fail);
        m_device = socket;
    }
}

QTcpSocket *Transport::makeTcp()
{
    auto *socket = makeSocket<QTcpSocket>(this);
    connect(socket, &QTcpSocket::connected, this, &Transport::connected);
    return socket;
}

QTcpSocket *Transport::makeTls()
{
    auto *socket = makeSocket<QSslSocket>(this);
    connect(socket, &QSslSocket::encrypted, this, &Transport::connected);
    auto configuration = socket->sslConfiguration();
    if (!m_url.caFile.empty()) {
        const auto file = QString::fromStdString(m_url.caFile);
        configuration.setCaCertificates(QSslCertificate::fromPath(file, QSsl::Pem, QSslCertificate::PatternSyntax::FixedString));
        if (configuration.caCertificates().isEmpty()) {
            m_unreadable = tr("There is no certificate in %1 (ca=). It must be a PEM file that this user may read.").arg(file);
        }
    }
    if (!m_url.keyFile.empty()) {
        const auto certificate = QString::fromStdString(m_url.certificateFile);
        const auto chain = QSslCertificate::fromPath(certificate, QSsl::Pem, QSslCertificate::PatternSyntax::FixedString);
        QFile file(QString::fromStdString(m_url.keyFile));
        const auto pem = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        QSslKey key(pem, QSsl::Rsa);
        for (const auto algorithm : {QSsl::Ec, QSsl::Dsa}) {
            key = key.isNull() ? QSslKey(pem, algorithm) : key;
        }
        if (chain.isEmpty() || key.isNull()) {
            m_unreadable = chain.isEmpty()
                ? tr("There is no certificate in %1 (cert=). It must be a PEM file that this user may read.").arg(certificate)
                : tr("There is no private key in %1 (key=). It must be a PEM file that this user may read, without a passphrase.").arg(file.fileName());
        }
        configuration.setLocalCertificateChain(chain);
        configuration.setPrivateKey(key);
    }
    socket->setSslConfiguration(configuration);
    return socket;
}

Transport::~Transport()
{
    m_device->disconnect(this);
}

void Transport::open()
{
    if (!m_unreadable.isEmpty() || (m_url.tls && !QSslSocket::supportsSsl())) {
        QMetaObject::invokeMethod(this, [this] { emit failed(explain()); }, Qt::QueuedConnection);
    } else if (auto *tls = qobject_cast<QSslSocket *>(m_device)) {
        tls->connectToHostEncrypted(QString::fromStdString(m_url.host), m_url.port);
    } else if (auto *socket = qobject_cast<QTcpSocket *>(m_device)) {
        socket->connectToHost(QString::fromStdString(m_url.host), m_url.port);
    } else if (auto *local = qobject_cast<QLocalSocket *>(m_device)) {
        local->connectToServer(QString::fromStdString(m_url.path));
    }
}

QString Transport::explain() const
{
    const auto where = m_url.display();
    if (!m_unreadable.isEmpty()) {
        return m_unreadable;
    }
    if (const auto *tls = qobject_cast<const QSslSocket *>(m_device); tls && !QSslSocket::supportsSsl()) {
        return tr("Qt finds no TLS library on this machine. Install OpenSSL (package libssl3) to reach %1.").arg(where);
    } else if (tls && !tls->sslHandshakeErrors().isEmpty()) {
        return tr("Redis at %1 could not prove who it is: %2 When your own authority signed its certificate, name it: rediss://HOST?ca=FILE.")
            .arg(where, tls->sslHandshakeErrors().first().errorString() + u'.');
    } else if (tls && tls->error() == QAbstractSocket::SslHandshakeFailedError) {
        return tr("No TLS with %1: %2. Does this port speak TLS? If not, write redis://.").arg(where, tls->errorString());
    }
    switch (troubleOf(m_device)) {
    case Trouble::Refused:
        return tr("Nothing answers at %1. Is Redis running there?").arg(where);
    case Trouble::Unknown:
        return tr("The host of %1 is not known. Check its name.").arg(where);
    case Trouble::Denied:
        return tr("This user may not open %1. Check the permissions of the socket.").arg(where);
    case Trouble::Closed:
        return tr("Redis at %1 closed the connection.").arg(where);
    case Trouble::Other:
        break;
    }
    return tr("The connection to %1 failed: %2.").arg(where, m_device->errorString());
}

} // namespace rateguard
