// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "demo/PrivateRedis.h"
#include "redis/Connection.h"
#include "redis/Keyspace.h"
#include "redis/Library.h"

#include <QTest>

namespace rateguard {

// A real redis-server for one test, and a way to ask it that waits for the answer.
class TestRedis
{
public:
    explicit TestRedis(const QStringList &arguments = {})
        : m_server(arguments)
    {
        start();
    }

    // Aborts the test program when the server is missing: a test without it proves nothing.
    void start()
    {
        QString error;
        if (!m_server.start(&error)) {
            qFatal("%s", qPrintable(error));
        }
    }

    void crash() { m_server.crash(); }
    RedisUrl url() const { return m_server.url(); }
    PrivateRedis &server() { return m_server; }

    Reply ask(const Connection::Arguments &arguments)
    {
        if (!m_connection) {
            m_connection = std::make_unique<Connection>(m_server.url(), "test");
            m_connection->open();
        }
        // A server that was killed a moment ago may still look alive from here.
        Reply answer {Reply::Type::Lost, 0, {}, {}};
        for (int attempt = 0; attempt < 3 && answer.isLost(); ++attempt) {
            bool answered = false;
            if (QTest::qWaitFor([this] { return m_connection->isLive(); }, 5000)) {
                m_connection->call(arguments, [&](const Reply &reply) {
                    answer = reply;
                    answered = true;
                });
            }
            if (!QTest::qWaitFor([&answered] { return answered; }, 10'000)) {
                qFatal("redis-server does not answer");
            }
        }
        return answer;
    }

private:
    PrivateRedis m_server;
    std::unique_ptr<Connection> m_connection;
};

} // namespace rateguard
