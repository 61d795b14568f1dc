// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/AclUser.h"
#include "support/Link.h"

#include "redis/RightsProbe.h"

using namespace rateguard;

class tst_RightsProbe : public QObject
{
    Q_OBJECT

    static Rights ask(const RedisUrl &url)
    {
        Connection connection(url, "probe");
        connection.open();
        if (!QTest::qWaitFor([&] { return connection.isLive(); })) {
            qFatal("no connection: %s", qPrintable(connection.detail()));
        }
        RightsProbe probe([&](const Arguments &arguments, ReplyCallback callback) { connection.call(arguments, std::move(callback)); });
        return Link::wait<Rights>([&](auto done) { probe.ask(Keyspace(), done); });
    }

private slots:
    void theDefaultUserMayDoAllAndNothingIsWritten()
    {
        TestRedis redis;
        for (const bool hasLibrary : {false, true}) {
            if (hasLibrary) {
                QVERIFY(!redis.ask({"FUNCTION", "LOAD", Library::text()}).isError());
            }
            QCOMPARE(ask(redis.url()), Rights());
            QCOMPARE(ask(redis.url()).text(), QString());
            QCOMPARE(redis.ask({"DBSIZE"}).integer, 0);
            QCOMPARE(redis.ask({"FUNCTION", "LIST"}).items.size(), std::size_t(hasLibrary));
        }
    }

    void anOperatorMayDoAll()
    {
        TestRedis redis;
        QCOMPARE(ask(urlOf(redis, "operator")), Rights());
    }

    void aViewerMayWatch()
    {
        TestRedis redis;
        for (const bool hasLibrary : {false, true}) {
            if (hasLibrary) {
                redis.ask({"FUNCTION", "LOAD", Library::text()});
            }
            const auto rights = ask(urlOf(redis, "viewer"));
            QVERIFY(!rights.edit && !rights.override && !rights.reset);
            QVERIFY(rights.history && rights.limits);
            QCOMPARE(rights.text(), QStringLiteral("This user may watch but not edit: NOPERM on FCALL. Ask for an operator's login: rateguardctl acl print operator"));
        }
    }

    void whatIsMissingIsNamed()
    {
        TestRedis redis;
        const auto rights = ask(urlOf(redis, "operator", QStringLiteral("-fcall +fcall|rateguard_set +fcall|rateguard_reset -xrevrange")));
        QVERIFY(rights.edit && rights.reset && rights.limits);
        QVERIFY(!rights.override && !rights.history);
        QVERIFY2(rights.text().startsWith(QStringLiteral("This user may not ban or exempt keys or read the history: NOPERM.")), qPrintable(rights.text()));
    }

    void aServiceMayNeitherReadNorEdit()
    {
        TestRedis redis;
        const auto rights = ask(urlOf(redis, "service"));
        QVERIFY(!rights.edit && !rights.override && !rights.reset && !rights.history && !rights.limits);
        QVERIFY2(rights.text().contains(QStringLiteral("edit limits, ban or exempt keys, reset keys, read the history or read the limits")), qPrintable(rights.text()));
    }

    void aReplicaTakesNoEdits()
    {
        TestRedis redis;
        redis.ask({"FUNCTION", "LOAD", Library::text()});
        redis.ask({"REPLICAOF", "127.0.0.1", "1"});
        const auto rights = ask(redis.url());
        QVERIFY(rights.isReplica && !rights.edit);
        QVERIFY(rights.history && rights.limits);
        QVERIFY2(rights.text().contains(QStringLiteral("primary")), qPrintable(rights.text()));
    }

    void aLostConnectionSaysNothing()
    {
        bool answered = false;
        RightsProbe probe([](const Arguments &, const ReplyCallback &callback) { callback({Reply::Type::Lost, 0, {}, {}}); });
        probe.ask(Keyspace(), [&](const Rights &) { answered = true; });
        QVERIFY(!answered);
    }
};

QTEST_GUILESS_MAIN(tst_RightsProbe)
#include "tst_RightsProbe.moc"
