// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/RedisLimiter.h"
#include "support/ServiceClient.h"

#include <QCryptographicHash>
#include <QFile>

#include <set>

using namespace rateguard;
using namespace std::chrono_literals;

// What BlockingLimiter and ServiceLimiter promise alike while Redis is there.
class ServiceClientsTest : public QObject
{
    Q_OBJECT

private slots:
    void whatRedisWouldNeverTakeIsRefusedInEveryMode_data() { kinds(); }
    void whatRedisWouldNeverTakeIsRefusedInEveryMode()
    {
        TestRedis redis;
        ServiceClient client(isBlocking(), redis.url(), quick);
        QVERIFY(!client.check("p", "k", 0, {3, 60s}).allowed());
        QVERIFY(!client.check("p", "k", 100'001, {3, 60s}).allowed());
        QVERIFY(client.check("no such:name", "k", 1, {3, 60s}).error.starts_with("INVALID"));
        QCOMPARE(client.admitted() + client.rejected(), 0u);
    }

    void aPolicyWithoutALimitIsAnErrorAndNoOutage_data() { kinds(); }
    void aPolicyWithoutALimitIsAnErrorAndNoOutage()
    {
        TestRedis redis;
        ServiceClient client(isBlocking(), redis.url(), quick);
        for (int i = 0; i < 5; ++i) {
            QVERIFY(client.check("nobody", "k").error.starts_with("NOLIMIT"));
        }
        QVERIFY(client.check("p", "k", 1, {3, 60s}).source == Source::Redis);
    }

    void comesBackAfterTheLibraryWasFlushed_data() { kinds(); }
    void comesBackAfterTheLibraryWasFlushed()
    {
        TestRedis redis;
        ServiceClient client(isBlocking(), redis.url(), quick);
        QCOMPARE(client.check("p", "k", 1, {5, 60s}).remaining, 4u);
        redis.ask({"FUNCTION", "FLUSH"});
        QCOMPARE(client.check("p", "k", 1, {5, 60s}).remaining, 3u);
        QCOMPARE(client.admitted(), 0u);
    }

    void updatesAnOlderLibraryWhenItConnects_data() { kinds(); }
    void updatesAnOlderLibraryWhenItConnects()
    {
        TestRedis redis;
        auto text = Library::text();
        const auto own = "local VERSION = " + std::to_string(Library::version());
        text.replace(text.find(own), own.size(), "local VERSION = 0");
        QVERIFY(!redis.ask({"FUNCTION", "LOAD", text}).isError());
        ServiceClient client(isBlocking(), redis.url(), quick);
        QVERIFY(client.check("p", "k", 1, {5, 60s}).source == Source::Redis);
        QCOMPARE(redis.ask({"FCALL_RO", "rateguard_version", "0"}).integer, std::int64_t {Library::version()});
    }

    void readsPrefixAndPartitionsFromRedis_data() { kinds(); }
    void readsPrefixAndPartitionsFromRedis()
    {
        TestRedis redis;
        redis.ask({"HSET", "rateguard:config", "prefix", "shop"});
        redis.ask({"HSET", "shop:config", "partitions", "4"});
        ServiceClient client(isBlocking(), redis.url(), quick);
        const Partitions partitions("shop", 4);
        std::set<std::string> used;
        for (int i = 0; i < 40; ++i) {
            const auto key = "user:" + std::to_string(i);
            QVERIFY(client.check("p", key, 1, {5, 60s}).source == Source::Redis);
            QCOMPARE(redis.ask({"EXISTS", partitions.of(key).log("p", key)}).integer, std::int64_t {1});
            used.insert(partitions.of(key).tag);
        }
        QCOMPARE(used.size(), std::size_t {4});
    }

    void keysAreAnyBytes_data() { kinds(); }
    void keysAreAnyBytes()
    {
        TestRedis redis;
        ServiceClient client(isBlocking(), redis.url(), patient);
        const std::vector<std::string> keys {"", std::string("\0", 1), std::string("a\0b", 3), "\xff", "\r\n", "a:b", "{x}", std::string(257, 'y'),
            std::string(1 << 20, 'z'), std::string((1 << 20) - 1, 'z')};
        for (const auto &key : keys) {
            QVERIFY(client.check("p", key, 1, {1, 60s}).allowed());
            const auto second = client.check("p", key, 1, {1, 60s});
            QVERIFY(second.source == Source::Redis && !second.allowed());
        }
        QCOMPARE(redis.ask({"EXISTS", Keyspace().log("p", std::string(64, 'z') + "~" + sha256(keys[8]))}).integer, std::int64_t {1});
    }

    void aRefusedLoginIsToldWithoutSecretsAndHeals_data() { kinds(); }
    void aRefusedLoginIsToldWithoutSecretsAndHeals()
    {
        TestRedis redis;
        redis.ask({"ACL", "SETUSER", "shop", "on", ">right", "~*", "&*", "+@all"});
        auto url = redis.url();
        url.user = "shop";
        url.password = "hush-hush";
        ServiceClient client(isBlocking(), url, quick);
        const auto decision = client.check("p", "k", 1, {5, 60s});
        QVERIFY2(decision.source == Source::Open && decision.error.find("password") != std::string::npos, decision.error.c_str());
        QVERIFY(decision.error.find("hush") == std::string::npos);
        redis.ask({"ACL", "SETUSER", "shop", ">hush-hush"});
        QTRY_VERIFY(client.check("p", "k", 1, {5, 60s}).source == Source::Redis);
    }

    void aServiceNeedsNoMoreRightsThanThoseOfTheContract_data() { kinds(); }
    void aServiceNeedsNoMoreRightsThanThoseOfTheContract()
    {
        TestRedis redis;
        Connection::Arguments rules {"ACL", "SETUSER", "shop", "on", ">word"};
        QFile file(QStringLiteral(RATEGUARD_SOURCE_DIR "/resources/redis/acl/service.acl"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QString depth; // a selector in brackets is one word
        for (auto line : QString::fromUtf8(file.read(1 << 16)).split(QLatin1Char('\n'))) {
            if (line.startsWith(QLatin1Char('#'))) {
                continue;
            }
            line.replace(QStringLiteral("PREFIX"), QStringLiteral("rateguard"));
            for (const auto &word : line.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
                depth += depth.isEmpty() ? word : QLatin1Char(' ') + word;
                if (!depth.startsWith(QLatin1Char('(')) || depth.endsWith(QLatin1Char(')'))) {
                    rules.push_back(std::exchange(depth, {}).toStdString());
                }
            }
        }
        const auto set = redis.ask(rules);
        QVERIFY2(!set.isError(), set.text.c_str());
        auto url = redis.url();
        url.user = "shop";
        url.password = "word";
        ServiceClient client(isBlocking(), url, quick);
        const auto decision = client.check("p", "k", 1, {5, 60s});
        QVERIFY2(decision.source == Source::Redis, decision.error.c_str());
    }

private:
    static void kinds() { ServiceClient::addKinds(); }
    static bool isBlocking() { return ServiceClient::isBlockingRow(); }

    static std::string sha256(const std::string &text)
    {
        return QCryptographicHash::hash(QByteArray::fromStdString(text), QCryptographicHash::Sha256).toHex().toStdString();
    }

    static inline const ServiceOptions quick = ServiceClient::withTimeout(300ms);
    static inline const ServiceOptions patient = ServiceClient::withTimeout(5s);
};

QTEST_GUILESS_MAIN(ServiceClientsTest)
#include "tst_ServiceClients.moc"
