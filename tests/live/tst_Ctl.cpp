// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/Ctl.h"

#include <csignal>

using namespace rateguard;

// The console twin as scripts use it: the real program, its output and its exit codes.
class CtlTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_ctl = std::make_unique<Ctl>(QStringList {QStringLiteral("--enable-debug-command"), QStringLiteral("yes")}); }
    void cleanup() { m_ctl.reset(); }

    void admitsTheLimitAndTellsWhenToComeBack()
    {
        QCOMPARE(run("limits set search 100/min --wait 0").code, 0);
        const auto lines = run("check search alice --count 200 --json").objects();
        QCOMPARE(lines.size(), 200);
        const auto isAllowed = [](const QJsonObject &line) { return line[QLatin1String("allowed")].toBool(); };
        QCOMPARE(std::count_if(lines.begin(), lines.end(), isAllowed), 100);
        const auto firstRejected = lines[100];
        QVERIFY(!isAllowed(firstRejected));
        const auto retry = firstRejected[QLatin1String("retry_after_ms")].toInt();
        QVERIFY(retry > 0 && retry <= 60'000);
        QVERIFY(firstRejected[QLatin1String("limit")].toInt() == 100 && firstRejected[QLatin1String("remaining")].toInt() == 0
            && firstRejected[QLatin1String("version")].toInt() == 1);
    }

    void eightProcessesAdmitTheLimitTogether()
    {
        run("limits set search 100/min --wait 0");
        std::vector<std::unique_ptr<QProcess>> processes;
        for (int i = 0; i < 8; ++i) {
            processes.push_back(begin("check search bob --count 50 --json"));
        }
        qsizetype allowed = 0;
        for (const auto &process : processes) {
            allowed += end(*process).output.count("\"allowed\":true");
        }
        QCOMPARE(allowed, 100);
    }

    void anEditUnderLoadSaysWhenItsFirstDecisionCame()
    {
        run("limits set search 100/min --wait 0");
        const auto load = begin("simulate --policy search --keys 5 --rate 200 --for 3 --json");
        QTRY_VERIFY(load->bytesAvailable() > 0);
        const auto edit = run("limits set search 50/min");
        QCOMPARE(edit.code, 0);
        QVERIFY2(edit.output.contains("100/min enforce v1 -> 50/min enforce v2") && edit.output.contains("first decision under v2: "), edit.output);
        const auto json = run("limits set search 60/min --json").objects()[0];
        QVERIFY(json[QLatin1String("first_decision_after_ms")].isDouble());
        QCOMPARE(json[QLatin1String("old")][QLatin1String("limit")].toInt(), 50);
        const auto last = end(*load).objects().last();
        QCOMPARE(last[QLatin1String("requests")].toInt(), last[QLatin1String("allowed")].toInt() + last[QLatin1String("rejected")].toInt());
        QVERIFY(last[QLatin1String("requests")].toInt() > 300 && last[QLatin1String("errors")].toInt() == 0);
    }

    void watchCountsWhatHappens()
    {
        run("limits set search 10/min --wait 0");
        const auto watch = begin("watch --json --for 4");
        QTRY_VERIFY(watch->bytesAvailable() > 0);
        run("check search ann --count 25");
        int allowed = 0;
        int rejected = 0;
        QJsonArray keys;
        for (const auto &line : end(*watch).objects()) {
            allowed += line[QLatin1String("allowed")].toInt();
            rejected += line[QLatin1String("rejected")].toInt();
            keys = line[QLatin1String("keys")].toArray().isEmpty() ? keys : line[QLatin1String("keys")].toArray();
        }
        QVERIFY(allowed == 10 && rejected == 15);
        QCOMPARE(keys[0][QLatin1String("key")].toString(), QStringLiteral("ann"));
    }

    void listsLimitsAndKeepsWhatIsNotGiven()
    {
        run("limits set a 5/250ms --mode shadow --wait 0");
        run("limits set a 10/s --wait 0");
        run("limits set b 1000/h --wait 0");
        run("limits set b --mode off --wait 0");
        const auto rows = run("limits list --json").rows();
        const auto &a = rows[0];
        QVERIFY(a[QLatin1String("policy")] == QLatin1String("a") && a[QLatin1String("limit")] == 10 && a[QLatin1String("window_ms")] == 1000);
        QVERIFY(a[QLatin1String("mode")] == QLatin1String("shadow") && a[QLatin1String("version")] == 2);
        QVERIFY(rows[1][QLatin1String("mode")] == QLatin1String("off") && rows[1][QLatin1String("window_ms")] == 3'600'000);
    }

    void exitCodesAreForScripts_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("advice");
        QTest::newRow("done") << "limits list" << 0 << QByteArray();
        QTest::newRow("no such command") << "frobnicate" << 2 << QByteArray("see --help");
        QTest::newRow("no such option") << "limits list --frob" << 2 << QByteArray("--help");
        QTest::newRow("nothing there") << "limits list --url unix:///nonexistent/s" << 3 << QByteArray("Is Redis running there?");
        QTest::newRow("somebody was faster") << "limits set search 9/s --if-version 7" << 5 << QByteArray("Somebody else was faster");
        QTest::newRow("not a limit") << "limits set search 9/fortnight" << 7 << QByteArray("'9/fortnight'");
        QTest::newRow("not a policy") << "limits set a:b 9/s" << 7 << QByteArray("'a:b'");
        QTest::newRow("unknown policy") << "check nope k" << 7 << QByteArray("limits set nope 100/min");
        QTest::newRow("not a cost") << "check search k --cost 0" << 7 << QByteArray("--cost '0'");
        QTest::newRow("not a URL") << "limits list --url http://x" << 7 << QByteArray("redis://");
        QTest::newRow("read-only check of a policy named list") << "--read-only check list k" << 4 << QByteArray("--read-only");
    }

    void exitCodesAreForScripts()
    {
        QFETCH(QString, command);
        QFETCH(int, code);
        QFETCH(QByteArray, advice);
        run("limits set search 5/s --wait 0");
        run("limits set list 5/s --wait 0");
        const auto result = run(command);
        QCOMPARE(result.code, code);
        QVERIFY2(result.errors.contains(advice), result.errors);
        QVERIFY(code == 0 || result.output.isEmpty());
    }

    void sendsAnEditOnceWhateverHappensToItsConnections_data()
    {
        QTest::addColumn<QString>("type");
        QTest::newRow("the one that listens") << "pubsub";
        QTest::newRow("the one that asks") << "normal";
    }

    void sendsAnEditOnceWhateverHappensToItsConnections()
    {
        QFETCH(QString, type);
        const auto edit = begin("limits set search 10/s --wait 3");
        QTRY_VERIFY(edit->bytesAvailable() > 0); // Redis took it
        m_ctl->redis.ask({"CLIENT", "KILL", "TYPE", type.toStdString(), "SKIPME", "yes"});
        const auto result = end(*edit);
        QCOMPARE(result.code, 0);
        QCOMPARE(result.output.count("taken by Redis"), 1);
        QCOMPARE(m_ctl->redis.ask({"XLEN", "{rateguard:0}:audit"}).integer, std::int64_t {1});
    }

    void anEditThatIsNotAuditedIsNotMade()
    {
        m_ctl->redis.ask({"ACL", "SETUSER", "half", "on", ">pw", "~*", "&*", "+@all", "-xadd"});
        run("limits set search 5/s --wait 0");
        const auto url = QStringLiteral("unix://half:pw@") + QString::fromStdString(m_ctl->redis.url().path);
        QCOMPARE(run(QStringLiteral("limits set search 9/s --url ") + url).code, 4);
        QCOMPARE(m_ctl->redis.ask({"HGET", "{rateguard:0}:limits", "search"}).text, std::string("1 enforce log 5/1000"));
    }

    void anInterruptedEditIsNotCalledDone()
    {
        run("limits set search 5/s --wait 0");
        ::kill(static_cast<pid_t>(m_ctl->redis.server().processId()), SIGSTOP);
        const auto edit = begin("limits set search 9/s");
        QTest::qWait(300);
        ::kill(static_cast<pid_t>(edit->processId()), SIGTERM);
        const auto result = end(*edit);
        ::kill(static_cast<pid_t>(m_ctl->redis.server().processId()), SIGCONT);
        QVERIFY2(result.code == 6 || result.code == 130, QByteArray::number(result.code));
        QVERIFY(result.errors.contains("interrupted"));
    }

    void printsNoEscapesOfStrangers()
    {
        run("limits set search 5/s --wait 0");
        const auto watch = begin("watch --for 3");
        QTRY_VERIFY(watch->bytesAvailable() > 0);
        m_ctl->redis.ask({"FCALL", "rateguard_check", "2", "{rateguard:0}:limits", "{rateguard:0}:log:search:\x1b[31mred\r\n", "search", "6"});
        const auto result = end(*watch);
        QVERIFY2(result.output.contains("\\x1B[31mred"), result.output);
        QVERIFY(!result.output.contains('\x1b') && !result.output.contains('\r'));
    }

    void ofABannedKeyWatchNamesNoLimit()
    {
        run("limits set search 5/s --wait 0");
        run("ban search ann");
        const auto watch = begin("watch --for 3");
        QTRY_VERIFY(watch->bytesAvailable() > 0);
        run("check search ann --count 2");
        const auto result = end(*watch);
        QVERIFY2(result.output.contains("    search ann  banned: ") && !result.output.contains(" used"), result.output);
    }

    void neitherKeyNorAddressMovesAFigureOfTheLineThatItStandsIn()
    {
        run("limits set search 5/s --wait 0");
        const auto path = QString::fromStdString(m_ctl->redis.url().path);
        QVERIFY(QFile::link(path, path + QStringLiteral(":2")));
        const auto url = QStringLiteral("unix://") + path + QStringLiteral("%3A2");
        const auto watch = m_ctl->begin({QStringLiteral("watch"), QStringLiteral("--for"), QStringLiteral("3"), QStringLiteral("--url"), url});
        QTRY_VERIFY(watch->bytesAvailable() > 0);
        m_ctl->redis.ask({"FCALL", "rateguard_check", "2", "{rateguard:0}:limits", "{rateguard:0}:log:search:a%1b%4c%5", "search", "6"});
        const auto result = end(*watch);
        QVERIFY2(result.output.startsWith(url.toUtf8() + "  "), result.output);
        QVERIFY2(result.output.contains("search a%1b%4c%5  throttled: ") && result.output.contains("/s rejected, ") && result.output.contains(" of 5 used\n"), result.output);
    }

private:
    std::unique_ptr<QProcess> begin(const char *command) { return m_ctl->begin(command); }
    static Ctl::Result end(QProcess &process) { return Ctl::end(process); }
    template <typename Text>
    Ctl::Result run(const Text &command)
    {
        return m_ctl->run(command);
    }

    std::unique_ptr<Ctl> m_ctl;
};

QTEST_GUILESS_MAIN(CtlTest)
#include "tst_Ctl.moc"
