// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/Ctl.h"

using namespace rateguard;

// ban, exempt, override, lift, overrides, peek, reset, check: what is about one key.
class CtlKeysTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_ctl = std::make_unique<Ctl>();
        run("limits set search 10/min --wait 0");
    }
    void cleanup() { m_ctl.reset(); }

    void bansAndLifts()
    {
        const auto ban = run("ban search alice --for 30min --reason scraping");
        QVERIFY2(ban.code == 0 && ban.output.startsWith("search 'alice': (none) -> ban until ") && ban.output.endsWith(" k1\n"), ban.output);
        const auto check = run("check search alice");
        QVERIFY2(check.output.startsWith("rejected, retry after ") && check.output.contains("by a ban"), check.output);
        QVERIFY(run("overrides search").output.contains("'alice'"));
        const auto lift = run("lift search alice --json").objects()[0];
        QVERIFY(lift[QLatin1String("version")] == 2 && lift[QLatin1String("override")].isNull() && lift[QLatin1String("old")][QLatin1String("kind")] == QLatin1String("ban"));
        QVERIFY(run("check search alice").output.startsWith("allowed, 9 of 10 left"));
        const auto again = run("lift search alice");
        QVERIFY(again.code == 7 && again.errors.contains("no override to take away"));
        run("ban search alice");
        QVERIFY(run("peek search alice").output.contains("never: the ban has no end"));
        QCOMPARE(run("overrides").output.count('\n'), 1);
    }

    void exemptsAndGivesLimits()
    {
        QCOMPARE(run("exempt search partner").code, 0);
        QVERIFY(run("check search partner --count 20").output.count("allowed, not counted, exempt") == 20);
        const auto own = run("override search big 5/s 100/min --for 1d --json").objects()[0];
        const auto override = own[QLatin1String("override")];
        QVERIFY(override[QLatin1String("kind")] == QLatin1String("limit") && override[QLatin1String("windows")].toArray().size() == 2
            && override[QLatin1String("until_ms")].toDouble() > 1.7e12);
        const auto peek = run("peek search big --json").objects()[0];
        QVERIFY(peek[QLatin1String("why")] == QLatin1String("override") && peek[QLatin1String("remaining")] == 5);
        QCOMPARE(run("override search big none").code, 7);
    }

    void editsAreCompareAndSet()
    {
        QCOMPARE(run("ban search alice --if-version 0").code, 0);
        const auto late = run("exempt search alice --if-version 0");
        QVERIFY(late.code == 5 && late.errors.contains("version 1") && late.output.isEmpty());
        QCOMPARE(run("exempt search alice --if-version 1").code, 0);
        QCOMPARE(run("lift search alice --if-version 1").code, 5);
    }

    void aPolicyWithoutALimitHasNoOverrides()
    {
        const auto ban = run("ban nowhere alice");
        QVERIFY2(ban.code == 7 && ban.errors.contains("nowhere"), ban.errors);
        QCOMPARE(run("peek nowhere alice").code, 7);
    }

    void peekCountsNothingAndResetForgets()
    {
        run("check search alice --cost 4");
        for (int i = 0; i < 2; ++i) {
            const auto peek = run("peek search alice --cost 2 --json").objects()[0];
            QVERIFY(peek[QLatin1String("allowed")].toBool() && peek[QLatin1String("remaining")] == 6 && peek[QLatin1String("window_ms")] == 60'000);
        }
        QVERIFY(run("peek search alice --cost 7").output.startsWith("rejected, retry after "));
        QVERIFY(run("reset search alice --json --reason fresh").objects()[0][QLatin1String("forgotten")].toBool());
        QVERIFY(run("reset search alice").output.contains("it had used nothing"));
        QVERIFY(run("peek search alice").output.startsWith("allowed, 10 of 10"));
        QCOMPARE(run("limits history --json").rows()[1][QLatin1String("reason")].toString(), QStringLiteral("fresh"));
    }

    void peekSaysWhatWasUsedOfWhichLimit()
    {
        run("limits set search 10/min 1000/h --wait 0");
        run("check search alice --cost 4");
        const auto lines = run("peek search alice --cost 7").output.split('\n');
        QVERIFY2(lines[0].startsWith("rejected, retry after ") && lines[0].endsWith("(limit 10, v2)"), lines[0]);
        QCOMPARE(lines[1], QByteArray("used   4 of 10 units in 1min, 6 left"));
        QCOMPARE(lines[2], QByteArray("       4 of 1000 units in 1h, 996 left"));
        QCOMPARE(lines[3], QByteArray("limit  that of the policy: 10/min 1000/h enforce v2"));
        QVERIFY2(lines[4].startsWith("next   20") && lines[4].endsWith(" ms, if nothing else comes"), lines[4]);
        QCOMPARE(lines.size(), 6);
        QVERIFY(run("peek search alice").output.endsWith("next   now\n"));
        QVERIFY(run("peek search alice --cost 11").output.endsWith("next   never: the cost is above the limit\n"));
        run("limits set search --mode off --for 10min --wait 0");
        QVERIFY(run("peek search alice").output.contains("limit  that of the policy: 10/min 1000/h off until "));
    }

    void peekNamesTheKeysOwnLimitAndItsEnd()
    {
        run("check search alice --cost 4");
        run("override search alice 5/min --for 1h");
        const auto own = run("peek search alice").output;
        QVERIFY2(own.contains("used   4 of 5 units in 1min, 1 left\nlimit  its own: 5/min until 20") && own.contains(" k1, instead of the policy's 10/min enforce v1\n"), own);
        run("ban search alice --for 30min");
        const auto ban = run("peek search alice").output;
        QVERIFY2(ban.contains("used   4 of 10 units in 1min, 6 left\nlimit  its own: ban until 20") && ban.endsWith(" ms, when the ban ends\n"), ban);
        run("ban search alice");
        QVERIFY(run("peek search alice").output.endsWith("limit  its own: ban k3 without an end, instead of the policy's 10/min enforce v1\nnext   never: the ban has no end\n"));
        run("limits set search --mode off --wait 0");
        QVERIFY(run("peek search alice").output.contains("off v2; in mode off its own is not asked: ban k3 without an end\nnext   now\n"));
    }

    void peekTellsScriptsTheSame()
    {
        run("limits set search 10/min 1000/h --wait 0");
        run("check search alice --cost 4");
        run("exempt search alice --for 1h");
        const auto peek = run("peek search alice --cost 2 --json").objects()[0];
        const auto windows = peek[QLatin1String("windows")].toArray();
        QVERIFY(windows.size() == 2 && windows[1][QLatin1String("used")] == 4 && windows[1][QLatin1String("left")] == 996 && windows[1][QLatin1String("limit")] == 1000
            && windows[1][QLatin1String("window_ms")] == 3'600'000 && windows[1][QLatin1String("at_least")] == false);
        QVERIFY(peek[QLatin1String("policy")] == QLatin1String("search") && peek[QLatin1String("key")] == QLatin1String("alice") && peek[QLatin1String("cost")] == 2);
        QCOMPARE(peek[QLatin1String("rule")][QLatin1String("version")].toInt(), 2);
        QVERIFY(peek[QLatin1String("override")][QLatin1String("kind")] == QLatin1String("exempt") && peek[QLatin1String("override")][QLatin1String("until_ms")].isDouble());
        QCOMPARE(peek[QLatin1String("next_ms")].toDouble(), peek[QLatin1String("time_ms")].toDouble());
        run("ban search alice");
        const auto never = run("peek search alice --json").objects()[0];
        QVERIFY(never[QLatin1String("next_ms")].isNull() && never[QLatin1String("override")][QLatin1String("until_ms")].isNull());
    }

    void keysAreBytes()
    {
        const std::string key("\xff\xfe\x1b z:{}", 8);
        const auto hex = QString::fromLatin1(QByteArray::fromStdString(key).toHex());
        QCOMPARE(run(QStringLiteral("ban search %1 --key-hex").arg(hex)).code, 0);
        QVERIFY(!m_ctl->redis.ask({"HGET", "{rateguard:0}:overrides", "search:" + key}).text.empty());
        const auto row = run("overrides --json").rows()[0];
        QVERIFY(row[QLatin1String("key_hex")] == hex && row[QLatin1String("key")].toString().startsWith(QLatin1String("\\xFF\\xFE\\x1B z")));
        QCOMPARE(run("lift search abc --key-hex").code, 7);
        // The same bytes, as a shell hands them over.
        QProcess shell;
        shell.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QStringLiteral("exec '%1' lift search \"$(printf '\\377\\376\\033 z:{}')\" --url '%2'")
                                                   .arg(QStringLiteral(RATEGUARD_APP_DIR "/rateguardctl"), m_ctl->redis.url().display())});
        const auto lift = Ctl::end(shell);
        QVERIFY2(lift.code == 0, lift.errors);
        QVERIFY(run("overrides --json").rows().isEmpty());
        QVERIFY(m_ctl->run({QStringLiteral("peek"), QStringLiteral("search"), QStringLiteral("--"), QStringLiteral("-x")}).code == 0);
        QVERIFY(m_ctl->run({QStringLiteral("ban"), QStringLiteral("search"), QStringLiteral("ключ")}).output.contains("ключ"));
    }

    void whatCannotBeReadIsSaidAndTheRestListed()
    {
        run("ban search alice");
        m_ctl->redis.ask({"HSET", "{rateguard:0}:overrides", "search:\x1b", "rubbish"});
        const auto list = run("overrides");
        QVERIFY(list.code == 0 && list.output.count('\n') == 1 && list.errors.contains("'search:\\x1B' is unreadable"));
    }

private:
    template <typename Command>
    Ctl::Result run(const Command &command)
    {
        return m_ctl->run(command);
    }

    std::unique_ptr<Ctl> m_ctl;
};

QTEST_GUILESS_MAIN(CtlKeysTest)
#include "tst_CtlKeys.moc"
