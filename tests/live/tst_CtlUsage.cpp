// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/Ctl.h"

using namespace rateguard;

// The command line itself, and the traffic that fits on a screen.
class CtlUsageTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_ctl = std::make_unique<Ctl>(); }
    void cleanupTestCase() { m_ctl.reset(); }

    void helpFitsInEightyColumns()
    {
        const auto help = run("--help");
        QCOMPARE(help.code, 0);
        for (const auto &line : help.output.split('\n')) {
            QVERIFY2(line.size() <= 80 && !line.endsWith(' '), line);
        }
        for (const char *command : {"limits list", "limits set", "limits unset", "limits undo", "limits history", "overrides", "ban", "exempt", "override", "lift", "peek",
                 "reset", "check", "traffic", "watch", "simulate", "init", "acl print"}) {
            QVERIFY2(help.output.contains(QByteArray("\n  ") + command + ' '), command);
        }
        QVERIFY(run("limits set --help").output == help.output);
        QVERIFY(run("--version").output.startsWith("rateguardctl "));
    }

    void refusesWhatDoesNotBelongThere_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("advice");
        QTest::newRow("an option of others") << "limits list --cost 3" << 2 << QByteArray("--cost belongs to peek and check, not to limits list.");
        QTest::newRow("an option of one") << "simulate --mode off" << 2 << QByteArray("--mode belongs to limits set, not to simulate.");
        QTest::newRow("an option of many") << "peek search k --reason x" << 2 << QByteArray("peek takes no --reason; usage: rateguardctl peek POLICY KEY [--json]");
        QTest::newRow("a flag") << "limits list --demo" << 2 << QByteArray("--demo belongs to watch, not to limits list.");
        QTest::newRow("a Redis that nobody asks") << "acl print viewer --url redis://h" << 2 << QByteArray("acl print asks no Redis: leave out --url.");
        QTest::newRow("two Redis") << "watch --demo --url redis://h" << 2 << QByteArray("--demo brings its own Redis: leave out --url, or leave out --demo.");
        QTest::newRow("no command") << "--json" << 2 << QByteArray("a command is missing");
        QTest::newRow("another command") << "frobnicate x" << 2 << QByteArray("'frobnicate' is no command; see --help");
        QTest::newRow("half a name") << "unset search" << 2 << QByteArray("'unset' is no command, but there is limits unset; see --help");
        QTest::newRow("half a command") << "limits" << 2 << QByteArray("limits needs another word: there are limits list, limits set, limits unset, limits undo and limits history");
        QTest::newRow("half a command of one") << "acl" << 2 << QByteArray("acl needs another word: there is acl print");
        QTest::newRow("an argument is missing") << "ban search" << 2 << QByteArray("usage: rateguardctl ban POLICY KEY [--json] [--for TIME]");
        QTest::newRow("an argument too many") << "limits unset a b" << 2 << QByteArray("usage: rateguardctl limits unset POLICY");
        QTest::newRow("neither limit nor mode") << "limits set search" << 2 << QByteArray("usage:");
        QTest::newRow("read-only") << "ban search k --read-only" << 4 << QByteArray("ban would write, and with --read-only nothing does; nothing was done.");
        QTest::newRow("no time") << "ban search k --for soon" << 7 << QByteArray("--for 'soon': give a time");
        QTest::newRow("too far back") << "traffic search --for 3d" << 7 << QByteArray("2d");
        QTest::newRow("no number") << "init --partitions 0" << 7 << QByteArray("--partitions '0': give a number from 1 to 1024");
        QTest::newRow("half a version") << "limits undo search --version 1.5" << 7 << QByteArray("--version '1.5'");
        QTest::newRow("no prefix") << "limits list --prefix {x}" << 7 << QByteArray("--prefix '{x}': use 1 to 64");
        QTest::newRow("no policy") << "limits history a:b" << 7 << QByteArray("policy 'a:b'");
        QTest::newRow("no limit") << "override search k 5/fortnight" << 7 << QByteArray("5/fortnight");
    }

    void refusesWhatDoesNotBelongThere()
    {
        QFETCH(QString, command);
        QFETCH(int, code);
        QFETCH(QByteArray, advice);
        const auto result = run(command);
        QVERIFY2(result.code == code && result.output.isEmpty(), result.errors + QByteArray::number(result.code));
        QVERIFY2(result.errors.contains(advice), result.errors);
        QCOMPARE(result.errors.count('\n'), 1);
        QVERIFY2(result.errors.size() < 200, result.errors); // one sentence
    }

    void hostileArgumentsPrintNoEscapes()
    {
        const auto result = m_ctl->run({QStringLiteral("limits"), QStringLiteral("set"), QStringLiteral("\x1b[31m"), QStringLiteral("5/s")});
        QVERIFY2(result.code == 7 && result.errors.contains("\\x1B[31m") && !result.errors.contains('\x1b'), result.errors);
        for (const char *option : {"--frob\x1b", "--mode=\x1b", "--prefix=\x1b", "--for=\x1b", "--url=\x1b"}) {
            const auto other = m_ctl->run({QStringLiteral("limits"), QStringLiteral("set"), QStringLiteral("a"), QStringLiteral("5/s"), QString::fromLatin1(option)});
            QVERIFY2(other.code != 0 && !other.errors.contains('\x1b'), other.errors);
        }
    }

    void trafficFitsOnAScreen()
    {
        run("limits set search 5/h --wait 0");
        run("check search alice --count 12");
        run("limits set search --mode shadow --wait 0");
        run("check search alice --count 3");
        for (const char *span : {"1min", "30min", "1h", "12h", "48h"}) {
            const auto table = run(QStringLiteral("traffic search --for %1").arg(QString::fromLatin1(span)));
            QCOMPARE(table.code, 0);
            const auto lines = table.output.trimmed().split('\n');
            QVERIFY2(lines.size() <= 34, table.output); // 31 rows when the first is a part of one, head, sum, and why there are gaps
            for (const auto &line : lines) {
                QVERIFY2(line.size() <= 80, line);
            }
            if (QLatin1String(span) != QLatin1String("1min")) {
                QCOMPARE(lines[lines.size() - 2].simplified(), QByteArray("all 5 7 3 0"));
                QVERIFY(table.output.contains('#') && table.output.contains('x') && table.output.contains('~'));
            }
        }
        QVERIFY(run("traffic search").output.contains("\n- not known: Redis has been running since "));
        const auto minutes = run("traffic search --for 48h --json").objects();
        QCOMPARE(minutes.size(), 2880);
        QVERIFY(minutes[0][QLatin1String("time_ms")].toDouble() + 2879 * 60'000.0 == minutes[2879][QLatin1String("time_ms")].toDouble());
        const auto nothing = run("traffic nowhere");
        QVERIFY(nothing.code == 0 && nothing.output.isEmpty() && nothing.errors.contains("no request of 'nowhere' is known in the last 1h (Redis has been running since "));
    }

    // Zeros would say that it was quiet.
    void theTimeBeforeRedisIsAGapInTraffic()
    {
        run("limits set search 5/h --wait 0");
        run("check search alice");
        const auto lines = run("traffic search --for 3h").output.split('\n');
        QCOMPARE(lines[1].simplified().mid(12), QByteArray("- - - -"));
        const auto minutes = run("traffic search --for 3h --json").objects();
        QVERIFY(minutes[0][QLatin1String("allowed")].isNull() && minutes[0][QLatin1String("unchecked")].isNull());
        QVERIFY(std::any_of(minutes.begin(), minutes.end(), [](const QJsonObject &minute) { return minute[QLatin1String("allowed")].toInt() > 0 && minute[QLatin1String("unchecked")] == 0; }));
    }

    void saysWhenNothingAtAllIsRecorded()
    {
        Ctl fresh;
        const auto nothing = fresh.run("traffic search");
        QVERIFY2(nothing.errors.contains("no request of 'search' is known in the last 1h (no edit and no request is recorded there); "), nothing.errors);
    }

    void saysWhoseRightIsMissingWhereItIsNotKnown()
    {
        const auto viewer = m_ctl->as("viewer");
        run("limits set search 5/h --wait 0");
        run("check search alice");
        QVERIFY(run(QStringLiteral("traffic search") + viewer).output.contains("\n- not known: Redis has been running since "));
        m_ctl->redis.ask({"ACL", "SETUSER", "viewer", "-info"});
        const auto result = run(QStringLiteral("traffic search") + viewer);
        QVERIFY2(result.code == 0 && result.output.endsWith("\n- not known: this user lacks INFO; see: rateguardctl acl print viewer\n"), result.output);
    }

    void aServerThatIsAwayIsCodeThree()
    {
        for (const char *command : {"limits history", "overrides", "traffic search", "peek search k", "ban search k", "reset search k", "init", "limits undo search"}) {
            const auto result = run(QString::fromLatin1(command) + QStringLiteral(" --url unix:///nonexistent/s"));
            QVERIFY2(result.code == 3 && result.output.isEmpty(), command + result.errors);
        }
    }

private:
    template <typename Command>
    Ctl::Result run(const Command &command)
    {
        return m_ctl->run(command);
    }

    std::unique_ptr<Ctl> m_ctl;
};

QTEST_GUILESS_MAIN(CtlUsageTest)
#include "tst_CtlUsage.moc"
