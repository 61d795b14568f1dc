// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/AclUser.h"

#include "redis/ConnectionTest.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>

using namespace rateguard;
using What = ConnectionStep::What;
using State = ConnectionStep::State;

class tst_ConnectionTest : public QObject
{
    Q_OBJECT

    struct Run
    {
        std::vector<ConnectionStep> steps = std::vector<ConnectionStep>(ConnectionStep::count);
        std::vector<ConnectionStep> seen; // in the order of their ends
        bool passed = false;

        const ConnectionStep &operator[](What what) const { return steps[static_cast<std::size_t>(what)]; }
        bool says(What what, const char *text) const { return (*this)[what].detail.find(text) != std::string::npos; }
        std::string told() const
        {
            std::string all;
            for (const auto &step : steps) {
                all += std::to_string(int(step.what)) + '=' + std::to_string(int(step.state)) + ' ' + step.detail + '\n';
            }
            return all;
        }
    };

    static Run run(const std::optional<RedisUrl> &url, const QString &problem = {})
    {
        Run run;
        ConnectionTest test;
        bool ended = false;
        connect(&test, &ConnectionTest::stepChanged, &test, [&](const ConnectionStep &step) {
            run.steps[static_cast<std::size_t>(step.what)] = step;
            if (step.state != State::Waiting && step.state != State::Running) {
                run.seen.push_back(step);
            }
        });
        connect(&test, &ConnectionTest::finished, &test, [&](bool passed) {
            run.passed = passed;
            ended = true;
        });
        test.start(url, problem);
        if (!QTest::qWaitFor([&] { return ended; }, 20'000)) {
            qFatal("the test does not end:\n%s", run.told().c_str());
        }
        return run;
    }

    static RedisUrl local(std::uint16_t port)
    {
        RedisUrl url;
        url.port = port;
        return url;
    }

private slots:
    void goesAllTheWayAndWritesNothing()
    {
        TestRedis redis;
        const auto fresh = run(redis.url());
        QVERIFY2(fresh.passed, fresh.told().c_str());
        QCOMPARE(fresh.seen.size(), ConnectionStep::count);
        for (std::size_t i = 0; i < fresh.seen.size(); ++i) {
            QCOMPARE(static_cast<std::size_t>(fresh.seen[i].what), i); // one after the other
            QCOMPARE(fresh.seen[i].state, State::Passed);
        }
        QVERIFY(fresh.says(What::Server, "Redis ") || fresh.says(What::Server, "Valkey "));
        QVERIFY(fresh.says(What::Library, "not there yet"));
        QVERIFY(fresh[What::Reach].took.count() > 0);
        QVERIFY2(fresh.says(What::Latency, "median of 10"), fresh.told().c_str());
        QCOMPARE(redis.ask({"DBSIZE"}).integer, 0);
        QCOMPARE(redis.ask({"FUNCTION", "LIST"}).items.size(), std::size_t {0});

        redis.ask({"FUNCTION", "LOAD", Library::text()});
        const auto later = run(redis.url());
        QVERIFY2(later.passed && later.says(What::Library, ("version " + std::to_string(Library::version())).c_str()), later.told().c_str());
    }

    void anAddressThatIsNoneEndsAtOnce()
    {
        const auto result = run(std::nullopt, QStringLiteral("That is no URL."));
        QVERIFY(!result.passed);
        QCOMPARE(result[What::Address].state, State::Failed);
        QVERIFY(result.says(What::Address, "That is no URL."));
        QCOMPARE(result[What::Reach].state, State::Skipped);
        QCOMPARE(result[What::Latency].state, State::Skipped);
    }

    void aWrongPortIsNotReached()
    {
        QTcpServer probe;
        QVERIFY(probe.listen(QHostAddress::LocalHost));
        const auto port = probe.serverPort();
        probe.close();
        const auto result = run(local(port));
        QVERIFY(!result.passed);
        QCOMPARE(result[What::Reach].state, State::Failed);
        QVERIFY2(result.says(What::Reach, "Is Redis running there?"), result.told().c_str());
        QCOMPARE(result[What::Login].state, State::Skipped);
    }

    void aPasswordIsAskedForOrWrong_data()
    {
        QTest::addColumn<QByteArray>("password");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("none") << QByteArray() << QByteArray("asks for a password");
        QTest::newRow("wrong") << QByteArray("letmein") << QByteArray("refused this user and password");
    }

    void aPasswordIsAskedForOrWrong()
    {
        QFETCH(QByteArray, password);
        QFETCH(QByteArray, words);
        TestRedis redis({QStringLiteral("--requirepass"), QStringLiteral("secret")});
        auto url = redis.url();
        url.password = password.toStdString();
        const auto result = run(url);
        QVERIFY(!result.passed);
        QCOMPARE(result[What::Reach].state, State::Passed);
        QCOMPARE(result[What::Login].state, State::Failed);
        QVERIFY2(result.says(What::Login, words.constData()), result.told().c_str());
        QVERIFY(password.isEmpty() || result.told().find(password.constData()) == std::string::npos);
    }

    void aViewerMayNotEditAndIsToldWhatToDo()
    {
        TestRedis redis;
        redis.ask({"FUNCTION", "LOAD", Library::text()});
        const auto result = run(urlOf(redis, "viewer"));
        QVERIFY2(result.passed, result.told().c_str());
        QVERIFY(result.says(What::Login, "as user viewer"));
        QCOMPARE(result[What::Listen].state, State::Passed);
        QCOMPARE(result[What::ReadLimits].state, State::Passed);
        QCOMPARE(result[What::Edit].state, State::Limited);
        QVERIFY(result.says(What::Edit, "rateguardctl acl print operator"));
        QCOMPARE(result[What::Latency].state, State::Passed);
    }

    void aViewerWithoutALibraryCannotLoadIt()
    {
        TestRedis redis;
        const auto result = run(urlOf(redis, "viewer"));
        QVERIFY(!result.passed);
        QCOMPARE(result[What::Library].state, State::Failed);
        QVERIFY2(result.says(What::Library, "rateguardctl init"), result.told().c_str());
        QCOMPARE(result[What::Latency].state, State::Passed); // goes on
    }

    void whoMayNotListenIsTold()
    {
        TestRedis redis;
        redis.ask({"FUNCTION", "LOAD", Library::text()});
        const auto result = run(urlOf(redis, "operator", QStringLiteral("resetchannels")));
        QVERIFY(!result.passed);
        QCOMPARE(result[What::Listen].state, State::Failed);
        QVERIFY2(result.says(What::Listen, "does not let this user listen"), result.told().c_str());
        QCOMPARE(result[What::Edit].state, State::Passed);
    }

    void somethingElseIsNotARedis()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, &server, [&server] {
            auto *socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket] { socket->write("HTTP/1.1 400 Bad Request\r\n\r\n"); });
        });
        const auto result = run(local(server.serverPort()));
        QVERIFY(!result.passed);
        QCOMPARE(result[What::Reach].state, State::Passed);
        QCOMPARE(result[What::Server].state, State::Failed);
        QVERIFY2(result.says(What::Server, "does not look like a Redis"), result.told().c_str());
        QCOMPARE(result[What::Login].state, State::Skipped);
    }

    void oneWhoNeverAnswersIsGivenUp()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const auto result = run(local(server.serverPort()));
        QVERIFY(!result.passed);
        QVERIFY2(result.says(What::Server, "did not answer within 3 s"), result.told().c_str());
    }

    void cancelledItSaysNoMore()
    {
        TestRedis redis;
        ConnectionTest test;
        QSignalSpy finished(&test, &ConnectionTest::finished);
        test.start(redis.url());
        test.cancel();
        QVERIFY(!test.isRunning());
        QSignalSpy steps(&test, &ConnectionTest::stepChanged);
        redis.ask({"PING"}); // longer than the test would take its next step
        QCOMPARE(steps.size() + finished.size(), 0);
        test.start(redis.url());
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(finished[0][0].toBool());
    }
};

QTEST_GUILESS_MAIN(tst_ConnectionTest)
#include "tst_ConnectionTest.moc"
