// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/Ctl.h"

using namespace rateguard;

// init, acl print, prefixes, partitions, and who may do what.
class CtlSetupTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_ctl = std::make_unique<Ctl>(); }
    void cleanup() { m_ctl.reset(); }

    void initTwiceChangesNothing()
    {
        const auto first = run("init --partitions 3 --json").objects()[0];
        QVERIFY(first[QLatin1String("partitions")] == 3 && first[QLatin1String("partitions_before")].isNull() && first[QLatin1String("prefix")] == QLatin1String("rateguard"));
        QCOMPARE(ask({"HGET", "rateguard:config", "partitions"}), std::string("3"));
        QCOMPARE(ask({"HGET", "rateguard:config", "prefix"}), std::string());
        QCOMPARE(m_ctl->redis.ask({"FCALL_RO", "rateguard_version", "0"}).integer, std::int64_t {Library::version()});
        QCOMPARE(run("init --partitions 3").code, 0);
        QCOMPARE(run("init --json").objects()[0][QLatin1String("partitions")].toInt(), 3);
    }

    void partitionsAreHonoured()
    {
        run("init --partitions 3");
        const auto set = run("limits set search 5/min --wait 0");
        QVERIFY2(set.output.endsWith(", 3 of 3 partitions\n"), set.output);
        QVERIFY(run("limits set search 6/min --wait 0 --json").objects()[0][QLatin1String("copies")] == 3);
        for (const char *key : {"alice", "bob", "carol", "dave"}) {
            const auto names = Partitions("rateguard", 3).of(key);
            run(QStringLiteral("check search %1 --count 7").arg(QString::fromLatin1(key)));
            QCOMPARE(ask({"TYPE", names.log("search", key)}), std::string("list"));
            run(QStringLiteral("ban search %1").arg(QString::fromLatin1(key)));
            QVERIFY(!ask({"HGET", names.overrides, std::string("search:") + key}).empty());
        }
        QCOMPARE(run("overrides --json").rows().size(), 4);
        QCOMPARE(run("limits history").output.count('\n'), 6);
        QVERIFY(run("limits undo search --wait 0").output.contains("-> 5/min enforce v3"));
        QVERIFY(run("limits list").output.contains("4 overrides"));
        int allowed = 0;
        for (const auto &minute : run("traffic search --for 5min --json").objects()) {
            allowed += minute[QLatin1String("allowed")].toInt();
        }
        QCOMPARE(allowed, 24);
        QCOMPARE(run("limits unset search").code, 0);
        QCOMPARE(m_ctl->redis.ask({"EXISTS", "{rateguard:0}:limits", "{rateguard:1}:limits", "{rateguard:2}:limits"}).integer, std::int64_t {0});
        QCOMPARE(run("simulate --rate 50 --for 0.5 --json").objects().last()[QLatin1String("errors")].toInt(), 0);
        QCOMPARE(m_ctl->redis.ask({"EXISTS", "{rateguard:0}:limits", "{rateguard:1}:limits", "{rateguard:2}:limits"}).integer, std::int64_t {3});
    }

    void aNumberInUseChangesOnlyByForce()
    {
        run("limits set search 5/min --wait 0");
        run("limits set gone 5/min --wait 0");
        for (int i = 0; i < 4; ++i) {
            run(QStringLiteral("ban gone client-%1").arg(i));
        }
        run("limits unset gone");
        for (int i = 0; i < 10; ++i) {
            run(QStringLiteral("ban search client-%1 --for 1h").arg(i));
        }
        const auto refused = run("init --partitions 4");
        QVERIFY2(refused.code == 7 && refused.errors.contains("--force") && refused.errors.contains("is in use"), refused.errors);
        QCOMPARE(ask({"EXISTS", "rateguard:config"}), std::string());
        const auto init = run("init --partitions 4 --force --json");
        QVERIFY2(init.code == 0 && init.errors.contains("of policies that have no limit now"), init.errors);
        const auto forced = init.objects()[0];
        QVERIFY(forced[QLatin1String("limits")] == 1 && forced[QLatin1String("overrides_moved")].toInt() > 3);
        QCOMPARE(ask({"HGET", "{rateguard:3}:limits", "search"}).substr(0, 21), std::string("1 enforce log 5/60000"));
        QCOMPARE(run("overrides search --json").rows().size(), 10);
        QVERIFY(run("peek search client-7").output.contains("by a ban"));
        QCOMPARE(run("init --partitions 1 --force").code, 0);
        QCOMPARE(run("overrides search --json").rows().size(), 10);
    }

    void thePrefixIsThatOfTheOptionElseOfRedis()
    {
        QVERIFY(run("init --prefix shop --partitions 2").output.contains("clients without a prefix use this one"));
        QCOMPARE(ask({"HGET", "rateguard:config", "prefix"}), std::string("shop"));
        run("limits set search 5/min --wait 0");
        QCOMPARE(ask({"HGET", "{shop:1}:limits", "search"}), std::string("1 enforce log 5/60000"));
        run("limits set search 9/min --prefix other --wait 0");
        QCOMPARE(ask({"HGET", "{other:0}:limits", "search"}), std::string("1 enforce log 9/60000"));
        QVERIFY(run("limits list").output.contains("5/min") && run("limits list --prefix other").output.contains("9/min"));
        const auto watch = run("watch --prefix other --json --for 1");
        QVERIFY2(watch.code == 0, watch.errors);
        const auto second = run("init --prefix other");
        QVERIFY(second.code == 0 && second.errors.contains("already names the prefix 'shop'"));
        QCOMPARE(run("limits list --prefix a:b").code, 7);
    }

    void nobodyIsLedAwayFromLimitsThatAreUsed()
    {
        run("limits set search 5/min --wait 0");
        const auto shop = run("init --prefix shop");
        QVERIFY2(shop.code == 0 && shop.errors.contains("nobody is led away"), shop.errors);
        QVERIFY(run("limits list").output.contains("search"));
    }

    void aDamagedConfigurationIsSaidAndRepaired()
    {
        m_ctl->redis.ask({"HSET", "rateguard:config", "partitions", "many"});
        const auto list = run("limits list");
        QVERIFY2(list.code == 7 && list.errors.contains("'many'") && list.errors.contains("rateguardctl init"), list.errors);
        QCOMPARE(run("init").code, 0);
        QCOMPARE(run("limits list").code, 0);
    }

    void aViewerReadsAndWritesNothing()
    {
        run("limits set search 5/min --wait 0");
        run("ban search alice");
        const auto viewer = m_ctl->as("viewer");
        for (const char *command : {"limits list", "limits history", "overrides", "peek search alice", "traffic search", "watch --read-only --for 1 --json"}) {
            const auto result = run(QString::fromLatin1(command) + viewer);
            QVERIFY2(result.code == 0, command + result.errors);
        }
        for (const char *command : {"limits set search 9/min", "limits unset search", "limits undo search", "ban search bob", "exempt search bob", "override search bob 5/s",
                 "lift search alice", "reset search alice", "check search alice", "init"}) {
            const auto result = run(QString::fromLatin1(command) + viewer);
            QVERIFY2(result.code == 4 && result.output.isEmpty(), command + result.errors + QByteArray::number(result.code));
        }
        QCOMPARE(m_ctl->redis.ask({"XLEN", "{rateguard:0}:audit"}).integer, std::int64_t {2});
    }

    void anOperatorMayDoItAll()
    {
        const auto operators = m_ctl->as("operator");
        for (const char *command : {"init --partitions 2", "limits set search 9/min --wait 0", "ban search bob", "reset search bob", "check search alice", "lift search bob",
                 "limits undo search", "limits undo search --wait 0", "limits list", "traffic search", "limits history", "overrides", "limits unset search"}) {
            const auto result = run(QString::fromLatin1(command) + operators);
            QVERIFY2(result.code == 0, command + result.errors);
        }
        const auto shop = run(QStringLiteral("init --prefix shop") + m_ctl->as("operator", "shop"));
        QVERIFY2(shop.code == 0 && shop.errors.contains("may not write rateguard:config"), shop.errors);
    }

    void printsRulesThatRedisTakes()
    {
        for (const char *role : {"service", "viewer", "operator"}) {
            const auto print = run(QStringLiteral("acl print %1 --prefix shop --user my-%1 --url redis://127.0.0.1:1").arg(QString::fromLatin1(role)));
            QCOMPARE(print.code, 2); // it asks no Redis
            const auto line = run(QStringLiteral("acl print %1 --prefix shop --user my-%1").arg(QString::fromLatin1(role)));
            QVERIFY(line.output.startsWith("ACL SETUSER my-") && line.output.contains("{shop:[0-9]*}") && !line.output.contains("PREFIX") && line.output.count('\n') == 1);
            Connection::Arguments arguments;
            for (const auto &word : line.output.trimmed().split(' ')) {
                arguments.push_back(word.toStdString());
            }
            QCOMPARE(ask(arguments), std::string("OK"));
            // Nobody can log in as long as there is no password.
            QVERIFY(!line.output.contains("nopass") && !line.output.contains('>'));
            QVERIFY(m_ctl->redis.ask({"AUTH", std::string("my-") + role, ""}).isError());
        }
        const auto json = run("acl print service --json").objects()[0];
        QVERIFY(json[QLatin1String("user")] == QLatin1String("rateguard-service") && json[QLatin1String("rules")].toArray().size() > 20);
        QVERIFY(m_ctl->run({QStringLiteral("acl"), QStringLiteral("print"), QStringLiteral("viewer"), QStringLiteral("--prefix"), QStringLiteral("a ~*")}).code == 7);
        QCOMPARE(run("acl print king").code, 7);
    }

private:
    template <typename Command>
    Ctl::Result run(const Command &command)
    {
        return m_ctl->run(command);
    }
    std::string ask(const Connection::Arguments &arguments) { return m_ctl->redis.ask(arguments).text; }

    std::unique_ptr<Ctl> m_ctl;
};

QTEST_GUILESS_MAIN(CtlSetupTest)
#include "tst_CtlSetup.moc"
