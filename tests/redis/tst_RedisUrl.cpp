// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/RedisUrl.h"

#include <QTest>

using rateguard::chooseRedisUrl;
using rateguard::parseRedisUrl;
using rateguard::RedisUrl;
using rateguard::withSecretOfEnvironment;

class RedisUrlTest : public QObject
{
    Q_OBJECT

private slots:
    void readsEveryPart()
    {
        const auto url = parseRedisUrl("redis://ann:s%40cret%2F@redis.example:6380/3");
        QVERIFY(url);
        QCOMPARE(url->user, std::string("ann"));
        QCOMPARE(url->password, std::string("s@cret/"));
        QCOMPARE(url->host, std::string("redis.example"));
        QCOMPARE(url->port, 6380);
        QCOMPARE(url->database, 3u);
    }

    void fillsInWhatIsLeftOut_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("display");
        QTest::newRow("host alone") << "redis://db1" << "redis://db1:6379";
        QTest::newRow("nothing") << "redis://" << "redis://127.0.0.1:6379";
        QTest::newRow("upper case scheme") << "REDIS://db1" << "redis://db1:6379";
        QTest::newRow("valkey") << "valkey://db1:7000/2" << "redis://db1:7000/2";
        QTest::newRow("version 6 address") << "redis://[::1]:6380" << "redis://[::1]:6380";
        QTest::newRow("password alone") << "redis://:secret@db1" << "redis://db1:6379";
        QTest::newRow("password with an at sign") << "redis://u:a@b@db1" << "redis://db1:6379";
        QTest::newRow("TLS") << "rediss://:secret@db1/2" << "rediss://db1:6379/2";
        QTest::newRow("TLS of Valkey") << "valkeys://db1" << "rediss://db1:6379";
        QTest::newRow("TLS with files") << "rediss://db1?key=/k%20y&ca=/etc/a.pem&cert=/c" << "rediss://db1:6379?ca=/etc/a.pem&cert=/c&key=/k%20y";
        QTest::newRow("files without TLS") << "redis://db1?ca=/etc/a.pem" << "redis://db1:6379";
        QTest::newRow("socket") << "unix:///run/redis.sock" << "unix:///run/redis.sock";
        QTest::newRow("socket with database") << "unix:///run/redis.sock?db=2" << "unix:///run/redis.sock?db=2";
        QTest::newRow("database as a parameter") << "redis://db1?x=1&db=2" << "redis://db1:6379/2";
        QTest::newRow("socket with several parameters") << "unix:///run/redis.sock?x=1&db=3" << "unix:///run/redis.sock?db=3";
        QTest::newRow("socket with odd characters") << "unix:///run/a%40b%3F%25/r%20s.sock" << "unix:///run/a%40b%3F%25/r%20s.sock";
        QTest::newRow("socket with password") << "redis+unix://:secret@/run/r.sock" << "unix:///run/r.sock";
    }

    void fillsInWhatIsLeftOut()
    {
        QFETCH(QString, text);
        QFETCH(QString, display);
        const auto url = parseRedisUrl(text.toStdString());
        QVERIFY(url);
        QCOMPARE(url->display(), display);
        const auto again = parseRedisUrl(display.toStdString());
        QVERIFY(again && again->display() == display && again->path == url->path && again->host == url->host);
    }

    void refusesWithARemedy_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("remedy");
        QTest::newRow("no scheme") << "localhost:6379" << "starts with redis://";
        QTest::newRow("web page") << "https://example.org" << "starts with redis://";
        QTest::newRow("certificate without its key") << "rediss://db1?cert=/c" << "cert=FILE&key=FILE";
        QTest::newRow("name or password?") << "redis://secret@db1" << "redis://:PASSWORD@HOST";
        QTest::newRow("port") << "redis://db1:99999" << "1 to 65535";
        QTest::newRow("port zero") << "redis://db1:0" << "1 to 65535";
        QTest::newRow("database") << "redis://db1/first" << "database";
        QTest::newRow("relative socket") << "unix://redis.sock" << "unix:///full/path";
        QTest::newRow("password with a question mark") << "redis://user:12?secret@db1" << "%3F";
        QTest::newRow("password with a slash") << "redis://user:12/secret@db1" << "%2F";
        QTest::newRow("line break") << "redis://db1\n" << "line break";
    }

    void refusesWithARemedy()
    {
        QFETCH(QString, text);
        QFETCH(QString, remedy);
        QString error;
        QVERIFY(!parseRedisUrl(text.toStdString(), &error));
        QVERIFY2(error.contains(remedy), qPrintable(error));
        QVERIFY2(!error.contains(QStringLiteral("secret")), "an error must not repeat a password");
    }

    void choosesTheFirstThatSaysSomething()
    {
        QString error;
        QVERIFY(!chooseRedisUrl({}, {}, &error) && error.isEmpty());
        const auto last = QStringLiteral("redis://last");
        QCOMPARE(chooseRedisUrl({}, last, &error)->host, std::string("last"));
        qputenv("REDIS_URL", "redis://second");
        QCOMPARE(chooseRedisUrl({}, last, &error)->host, std::string("second"));
        qputenv("RATEGUARD_URL", "redis://first");
        QCOMPARE(chooseRedisUrl({}, last, &error)->host, std::string("first"));
        QCOMPARE(chooseRedisUrl(QStringLiteral("redis://flag"), last, &error)->host, std::string("flag"));
        qputenv("RATEGUARD_URL", "nonsense");
        QVERIFY(!chooseRedisUrl({}, last, &error));
        QVERIFY2(error.startsWith(QStringLiteral("RATEGUARD_URL: ")), qPrintable(error));
        qunsetenv("RATEGUARD_URL");
        qunsetenv("REDIS_URL");
    }

    void takesTheSecretOfTheSamePlaceFromTheEnvironment()
    {
        qputenv("RATEGUARD_URL", "redis://ann:hunter2@db1");
        QCOMPARE(withSecretOfEnvironment(*parseRedisUrl("redis://db1:6379")).password, std::string("hunter2"));
        QCOMPARE(withSecretOfEnvironment(*parseRedisUrl("redis://db2:6379")).password, std::string());
        QCOMPARE(withSecretOfEnvironment(*parseRedisUrl("redis://:own@db1")).password, std::string("own"));
        qunsetenv("RATEGUARD_URL");
    }

    void neverShowsASecret()
    {
        const auto url = parseRedisUrl("redis://ann:hunter2@db1:6379/1");
        QVERIFY(url && !url->display().contains(QStringLiteral("hunter2")) && !url->display().contains(QStringLiteral("ann")));
    }
};

QTEST_GUILESS_MAIN(RedisUrlTest)
#include "tst_RedisUrl.moc"
