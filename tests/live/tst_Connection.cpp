// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/TestRedis.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>

#include <csignal>

using namespace rateguard;
using namespace std::chrono_literals;

class ConnectionTest : public QObject
{
    Q_OBJECT

private slots:
    void answersInOrder()
    {
        TestRedis redis;
        Connection connection(redis.url(), "test");
        connection.open();
        QTRY_VERIFY(connection.isLive());
        std::vector<std::string> answers;
        for (int i = 0; i < 1000; ++i) {
            connection.call({"ECHO", std::to_string(i)}, [&](const Reply &reply) { answers.push_back(reply.text); });
        }
        QTRY_COMPARE(answers.size(), std::size_t {1000});
        for (int i = 0; i < 1000; ++i) {
            QCOMPARE(answers[static_cast<std::size_t>(i)], std::to_string(i));
        }
        QVERIFY2(connection.server().contains(QStringLiteral("Redis")) || connection.server().contains(QStringLiteral("Valkey")), qPrintable(connection.server()));
    }

    void carriesBytesBothWays()
    {
        TestRedis redis;
        const std::string bytes("\0\xff\r\n{}\x1b", 7);
        redis.ask({"SET", bytes, std::string(2'000'000, 'x') + bytes});
        const auto reply = redis.ask({"GET", bytes});
        QCOMPARE(reply.text.size(), std::size_t {2'000'007});
        QVERIFY(reply.text.ends_with(bytes));
    }

    void hearsWhatIsPublished()
    {
        TestRedis redis;
        Connection subscriber(redis.url(), "test");
        std::vector<std::string> heard;
        subscriber.setSubscription({"a", "b"}, [&](std::string_view channel, std::string_view payload) {
            heard.push_back(std::string(channel) + ':' + std::string(payload));
        });
        subscriber.open();
        QTRY_VERIFY(subscriber.isLive());
        redis.ask({"PUBLISH", "a", "one"});
        redis.ask({"PUBLISH", "other", "two"});
        redis.ask({"PUBLISH", "b", "three"});
        QTRY_COMPARE(heard, (std::vector<std::string> {"a:one", "b:three"}));
    }

    void comesBackByItselfAfterACrash()
    {
        TestRedis redis;
        Connection connection(redis.url(), "test");
        QSignalSpy live(&connection, &Connection::live);
        QSignalSpy lost(&connection, &Connection::lost);
        connection.open();
        QTRY_COMPARE(live.size(), 1);
        redis.crash();
        QTRY_COMPARE(lost.size(), 1);
        QCOMPARE(connection.state(), LinkState::Lost);
        QVERIFY(!connection.detail().isEmpty());
        redis.start();
        QTRY_COMPARE_WITH_TIMEOUT(live.size(), 2, 10'000);
    }

    void tellsThatAnAnswerWasLostAndNeverAsksTwice()
    {
        TestRedis redis(QStringList {QStringLiteral("--appendonly"), QStringLiteral("yes"), QStringLiteral("--appendfsync"), QStringLiteral("always")});
        Connection connection(redis.url(), "test");
        connection.open();
        QTRY_VERIFY(connection.isLive());
        QVERIFY(::kill(static_cast<pid_t>(redis.server().processId()), SIGSTOP) == 0);
        Reply answer;
        int answers = 0;
        connection.call({"INCR", "n"}, [&](const Reply &reply) {
            answer = reply;
            ++answers;
        });
        QTest::qWait(50);
        redis.crash();
        QTRY_COMPARE(answers, 1);
        QVERIFY(answer.isLost());
        redis.start();
        QTRY_VERIFY_WITH_TIMEOUT(connection.isLive(), 10'000);
        QVERIFY(redis.ask({"GET", "n"}).type == Reply::Type::Nil);
    }

    void saysWhenRedisStopsAnswering()
    {
        TestRedis redis;
        Connection connection(redis.url(), "test");
        connection.open();
        QTRY_VERIFY(connection.isLive());
        ::kill(static_cast<pid_t>(redis.server().processId()), SIGSTOP);
        QTRY_COMPARE_WITH_TIMEOUT(connection.state(), LinkState::Stale, 4000);
        ::kill(static_cast<pid_t>(redis.server().processId()), SIGCONT);
        QTRY_COMPARE(connection.state(), LinkState::Live);
    }

    void stopsAtAWrongPassword_data()
    {
        QTest::addColumn<QString>("password");
        QTest::addColumn<QString>("advice");
        QTest::newRow("none") << "" << "asks for a password";
        QTest::newRow("wrong") << "letmein" << "refused this user and password";
    }

    void stopsAtAWrongPassword()
    {
        QFETCH(QString, password);
        QFETCH(QString, advice);
        TestRedis redis({QStringLiteral("--requirepass"), QStringLiteral("right")});
        auto url = redis.url();
        url.password = password.toStdString();
        Connection connection(url, "test");
        connection.open();
        QTRY_COMPARE(connection.state(), LinkState::Refused);
        QVERIFY2(connection.detail().contains(advice), qPrintable(connection.detail()));
        QVERIFY(!connection.detail().contains(QStringLiteral("letmein")));
        url.password = "right";
        Connection right(url, "test");
        right.open();
        QTRY_VERIFY(right.isLive());
    }

    void saysThatAUserMayNotListen()
    {
        TestRedis redis;
        QVERIFY(!redis.ask({"ACL", "SETUSER", "deaf", "on", ">pw", "~*", "+@all", "resetchannels"}).isError());
        auto url = redis.url();
        url.user = "deaf";
        url.password = "pw";
        Connection connection(url, "test");
        connection.setSubscription({"news"}, [](std::string_view, std::string_view) { });
        connection.open();
        QTRY_COMPARE(connection.state(), LinkState::Refused);
        QVERIFY2(connection.detail().contains(QStringLiteral("&news")), qPrintable(connection.detail()));
    }

    void explainsWhatIsNotThere_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("advice");
        QTest::newRow("no socket") << "unix:///nonexistent/redis.sock" << "Is Redis running there?";
        QTest::newRow("closed port") << "redis://127.0.0.1:1" << "Is Redis running there?";
    }

    void explainsWhatIsNotThere()
    {
        QFETCH(QString, url);
        QFETCH(QString, advice);
        Connection connection(*parseRedisUrl(url.toStdString()), "test");
        connection.open();
        QTRY_COMPARE(connection.state(), LinkState::Lost);
        QVERIFY2(connection.detail().contains(advice), qPrintable(connection.detail()));
        QVERIFY(connection.retryIn() <= 2s);
    }

    void recognisesWhatIsNotRedis()
    {
        QTcpServer server;
        connect(&server, &QTcpServer::newConnection, this, [&server] {
            server.nextPendingConnection()->write("HTTP/1.1 400 Bad Request\r\nServer: web\r\n\r\n");
        });
        QVERIFY(server.listen(QHostAddress::LocalHost));
        Connection connection(*parseRedisUrl("redis://127.0.0.1:" + std::to_string(server.serverPort())), "test");
        connection.open();
        QTRY_VERIFY2(connection.detail().contains(QStringLiteral("does not look like a Redis")), qPrintable(connection.detail()));
    }

    void givesUpOnAServerThatOnlyListens()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        Connection connection(*parseRedisUrl("redis://127.0.0.1:" + std::to_string(server.serverPort())), "test");
        connection.open();
        QTRY_COMPARE_WITH_TIMEOUT(connection.state(), LinkState::Lost, 6000);
        QVERIFY2(connection.detail().contains(QStringLiteral("did not answer")), qPrintable(connection.detail()));
    }

    void speaksTcp()
    {
        QTcpServer finder;
        QVERIFY(finder.listen(QHostAddress::LocalHost));
        const auto port = finder.serverPort();
        finder.close();
        TestRedis redis({QStringLiteral("--port"), QString::number(port), QStringLiteral("--bind"), QStringLiteral("127.0.0.1")});
        Connection connection(*parseRedisUrl("redis://127.0.0.1:" + std::to_string(port) + "/3"), "test-tcp");
        connection.open();
        QTRY_VERIFY(connection.isLive());
        std::string list;
        connection.call({"CLIENT", "LIST"}, [&](const Reply &reply) { list = reply.text; });
        QTRY_VERIFY(!list.empty());
        QVERIFY(list.find("name=test-tcp") != std::string::npos && list.find("db=3") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(ConnectionTest)
#include "tst_Connection.moc"
