// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "redis/RedisUrl.h"

#include <QIODevice>

class QTcpSocket;

namespace rateguard {

// The bytes below a connection: TCP, TLS or a unix socket, as the URL says. Used once: for another attempt make another one.
// With TLS the server must prove that it is the host of the URL; there is no way around that.
class Transport : public QObject
{
    Q_OBJECT

public:
    Transport(const RedisUrl &url, QObject *parent);
    ~Transport() override;

    void open();
    QIODevice &device() { return *m_device; }

signals:
    void connected();
    void readyRead();
    void failed(const QString &why); // in plain words, with what to do; at the end of the connection, too

private:
    QTcpSocket *makeTcp();
    QTcpSocket *makeTls();
    QString explain() const;

    RedisUrl m_url;
    QIODevice *m_device;
    QString m_unreadable; // what is wrong with a file that TLS needs
};

} // namespace rateguard
