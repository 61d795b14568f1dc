// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/Ctl.h"

#include <QDateTime>

using namespace rateguard;

// limits list, set, unset, undo and history.
class CtlLimitsTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_ctl = std::make_unique<Ctl>(); }
    void cleanup() { m_ctl.reset(); }

    void takesSeveralWindowsAsOneWordOrAsMany()
    {
        QVERIFY(run({QStringLiteral("limits"), QStringLiteral("set"), QStringLiteral("a"), QStringLiteral("10/s 1000/h"), QStringLiteral("--wait"), QStringLiteral("0")}).code == 0);
        QCOMPARE(run("limits set b 10/s 1000/h --wait 0").code, 0);
        QCOMPARE(run("limits set c bucket 1000000/h --wait 0").code, 0);
        QCOMPARE(text("a"), std::string("1 enforce log 10/1000 1000/3600000"));
        QCOMPARE(text("b"), text("a"));
        QCOMPARE(text("c"), std::string("1 enforce bucket 1000000/3600000"));
        const auto rows = run("limits list --json").rows();
        QVERIFY(rows[2][QLatin1String("algorithm")] == QLatin1String("bucket"));
        QCOMPARE(rows[1][QLatin1String("windows")], (QJsonValue(QJsonArray {QJsonObject {{QStringLiteral("limit"), 10}, {QStringLiteral("window_ms"), 1000}},
                                                       QJsonObject {{QStringLiteral("limit"), 1000}, {QStringLiteral("window_ms"), 3'600'000}}})));
        QVERIFY(run("limits list").output.contains("10/s 1000/h enforce v1"));
    }

    void aTimedModeEndsByItself()
    {
        run("limits set search 10/s --wait 0");
        const auto set = run("limits set search --mode shadow --for 10min --wait 0");
        QVERIFY2(set.output.contains("-> 10/s shadow until ") && set.output.contains(", then enforce v2"), set.output);
        const auto row = run("limits list --json").rows()[0];
        const auto left = row[QLatin1String("mode_until_ms")].toDouble() - static_cast<double>(QDateTime::currentMSecsSinceEpoch());
        QVERIFY(left > 590'000 && left <= 600'000);
        QVERIFY(row[QLatin1String("mode_after")] == QLatin1String("enforce"));
        run("limits set search --mode off --for 0.001 --wait 0");
        QTRY_VERIFY(run("limits list --json").rows()[0][QLatin1String("mode")] == QLatin1String("enforce"));
        QVERIFY(run("limits list --json").rows()[0][QLatin1String("mode_until_ms")].isNull());
        QCOMPARE(run("limits set search 5/s --for 10min").code, 2);
    }

    void marksOverrides()
    {
        run("limits set search 10/s --wait 0");
        run("ban search alice");
        run("ban search bob");
        QVERIFY(run("limits list").output.contains("10/s enforce v1  2 overrides"));
        QCOMPARE(run("limits list --json").rows()[0][QLatin1String("overrides")].toInt(), 2);
    }

    void unsetsOnlyWhatWasSeen()
    {
        run("limits set search 10/s --wait 0");
        QCOMPARE(run("limits unset search --if-version 7").code, 5);
        const auto unset = run("limits unset search --if-version 1 --reason over --json");
        QCOMPARE(unset.code, 0);
        const auto object = unset.objects()[0];
        QVERIFY(object[QLatin1String("version")] == 2 && object[QLatin1String("limit")].isNull() && object[QLatin1String("old")][QLatin1String("limit")] == 10);
        QCOMPARE(text("search"), std::string());
        const auto again = run("limits unset search");
        QVERIFY(again.code == 7 && again.errors.contains("no limit to take away"));
        QCOMPARE(run("check search k").code, 7);
    }

    void undoesAndRedoes()
    {
        run("limits set search 10/s 100/min --wait 0");
        run("limits set search 5/s --mode shadow --wait 0");
        const auto undo = run("limits undo search --wait 0 --reason oops");
        QVERIFY2(undo.code == 0 && undo.output.contains("5/s shadow v2 -> 10/s 100/min enforce v3"), undo.output + undo.errors);
        QVERIFY(run("limits undo search --wait 0").output.contains("-> 5/s shadow v4"));
        QVERIFY(run("limits undo search --version 2 --wait 0").output.contains("-> 10/s 100/min enforce v5"));
        QVERIFY(run("limits undo search --version 1 --wait 0").output.contains("-> (none) v6"));
        QVERIFY(run("limits undo search --wait 0").output.contains("(none) -> 10/s 100/min enforce v7"));
        QCOMPARE(run("limits history search --json --count 5").rows()[4][QLatin1String("reason")].toString(), QStringLiteral("oops"));
    }

    void undoRefusesWithAnExplanation()
    {
        const auto nothing = run("limits undo search");
        QVERIFY2(nothing.code == 7 && nothing.errors.contains("Nothing to undo"), nothing.errors);
        m_ctl->redis.ask({"FCALL", "rateguard_check", "2", "{rateguard:0}:limits", "{rateguard:0}:log:search:k", "search", "1", "5/1000"});
        QCOMPARE(run("limits undo search").code, 7); // a default that a service registered
        run("limits set search 9/s --wait 0");
        m_ctl->redis.ask({"XTRIM", "{rateguard:0}:audit", "MAXLEN", "0"});
        QCOMPARE(run("limits undo search").code, 7);
        run("limits set search 8/s --wait 0");
        const auto old = run("limits undo search --version 2");
        QVERIFY2(old.code == 7 && old.errors.contains("does not know version 2") && old.errors.contains("version 3"), old.errors);
        QCOMPARE(run("limits undo search --if-version 1").code, 5);
        QCOMPARE(text("search").substr(0, 20), std::string("3 enforce log 8/1000"));
    }

    void historyTellsWhoDidWhat()
    {
        run("limits set search 10/s --wait 0");
        run("ban search alice --for 1h --reason bad");
        run("reset search alice");
        run("lift search alice");
        run("limits set other 5/s --wait 0");
        const auto lines = run("limits history").output.split('\n');
        QVERIFY2(lines[0].contains("other: (none) -> 5/s enforce v1"), lines[0]);
        QVERIFY2(lines[1].contains("search 'alice': ban until ") && lines[1].contains("k1 -> (none) k2"), lines[1]);
        QVERIFY2(lines[2].contains("search 'alice': use forgotten"), lines[2]);
        QVERIFY2(lines[3].contains("(none) -> ban until ") && lines[3].contains(" k1  ") && lines[3].contains("\"bad\""), lines[3]);
        const auto some = run("limits history search --count 2");
        QVERIFY(some.output.count('\n') == 2 && some.errors.contains("there are older ones"));
        const auto rows = run("limits history search --json").rows();
        QCOMPARE(rows.size(), 4);
        QVERIFY(rows[0][QLatin1String("kind")] == QLatin1String("override") && rows[1][QLatin1String("kind")] == QLatin1String("reset")
            && rows[3][QLatin1String("kind")] == QLatin1String("limit") && rows[3][QLatin1String("key")].isNull());
        QVERIFY(rows[3][QLatin1String("new")] == QLatin1String("1 enforce log 10/1000") && rows[3][QLatin1String("author")].toString().contains(u'@')
            && rows[2][QLatin1String("key")] == QLatin1String("alice") && rows[2][QLatin1String("key_hex")] == QLatin1String("616c696365")
            && rows[0][QLatin1String("time_ms")].toDouble() > 1.7e12);
    }

    void strangersPrintNoEscapes()
    {
        run("limits set search 10/s --wait 0");
        const std::string hostile = "\x1b[31mred\r\n\xff";
        m_ctl->redis.ask({"FCALL", "rateguard_override", "1", "{rateguard:0}:limits", "search", hostile, "ban", "", "", hostile, hostile});
        for (const char *command : {"limits history", "overrides", "limits history --json", "overrides --json"}) {
            const auto output = run(command).output;
            QVERIFY2(output.contains("x1B[31mred") && !output.contains('\x1b') && !output.contains('\r'), output);
            QVERIFY(QString::fromUtf8(output).toUtf8() == output);
        }
    }

private:
    template <typename Command>
    Ctl::Result run(const Command &command)
    {
        return m_ctl->run(command);
    }
    Ctl::Result run(std::initializer_list<QString> words) { return m_ctl->run(QStringList(words)); }
    std::string text(const char *policy) { return m_ctl->redis.ask({"HGET", "{rateguard:0}:limits", policy}).text; }

    std::unique_ptr<Ctl> m_ctl;
};

QTEST_GUILESS_MAIN(CtlLimitsTest)
#include "tst_CtlLimits.moc"
