// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "KeyDesk.h"
#include "models/EffectWords.h"

#include <QTest>

#include <cmath>

using namespace rateguard;
using namespace std::chrono_literals;
using Trend = EffectWords::Trend;
using Cause = EditHistory::End::Cause;

namespace {

AuditEntry edit(const char *before, const char *after, std::optional<std::string> key = std::nullopt)
{
    return {KeyDesk::now, "search", std::move(key), 3, before, after, "ada", "why"};
}

} // namespace

class tst_EffectWords : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void sayWhatItDid_data()
    {
        QTest::addColumn<double>("before");
        QTest::addColumn<double>("after");
        QTest::addColumn<int>("minutesBefore");
        QTest::addColumn<int>("minutesAfter");
        QTest::addColumn<int>("trend");
        QTest::addColumn<QString>("text");
        QTest::newRow("fewer") << 840.0 << 12.0 << 10 << 10 << int(Trend::Fewer) << QStringLiteral("▼ 840 → 12/min");
        QTest::newRow("more") << 0.0 << 4321.0 << 10 << 1 << int(Trend::More) << QStringLiteral("▲ 0 → 4,321/min");
        QTest::newRow("the same") << 840.0 << 860.0 << 10 << 10 << int(Trend::Same) << QStringLiteral("= still 860/min");
        QTest::newRow("none ever") << 0.0 << 0.0 << 10 << 10 << int(Trend::Same) << QStringLiteral("= still 0/min");
        QTest::newRow("too early") << 840.0 << 0.0 << 10 << 0 << int(Trend::Unknown) << QStringLiteral("too early to tell");
        QTest::newRow("nothing before") << 0.0 << 7.0 << 0 << 3 << int(Trend::Unknown) << QStringLiteral("? → 7.0/min");
    }

    void sayWhatItDid()
    {
        QFETCH(double, before);
        QFETCH(double, after);
        QFETCH(int, minutesBefore);
        QFETCH(int, minutesAfter);
        QFETCH(int, trend);
        QFETCH(QString, text);
        EditHistory::Effect effect {before, after, 2000, 2000, std::chrono::minutes(minutesBefore), std::chrono::minutes(minutesAfter)};
        effect.isOpen = true;
        const EffectWords words = EffectWords::of(effect, edit("1 enforce log 5/1000", "2 enforce log 6/1000"));
        QCOMPARE(words.text, text);
        QCOMPARE(static_cast<int>(words.trend), trend);
    }

    void whatIsNotKnownYetSaysWhenItWillBe()
    {
        EditHistory::Effect effect;
        QCOMPARE(EffectWords::of(effect, edit("", "")).text, QStringLiteral("not known")); // nothing will come
        effect.isOpen = true;
        QCOMPARE(EffectWords::of(effect, edit("", "")).text, QStringLiteral("too early to tell"));
        effect.expected = KeyDesk::now + 8s;
        QCOMPARE(EffectWords::of(effect, edit("", "")).text, QStringLiteral("too early, known from 13:46:48"));
        effect.end = EditHistory::End {Cause::Removal, false, 7, 3s};
        QCOMPARE(EffectWords::of(effect, edit("", "", "scraper")).text, QStringLiteral("lifted after 3 s"));
    }

    void aKeysEditIsNotToldByItsPolicyMeanwhile()
    {
        EditHistory::Effect effect {840, 0, 900, 0, 60s, 0s, EditHistory::Basis::Key};
        effect.isOpen = true;
        QCOMPARE(EffectWords::of(effect, edit("", "1 ban 0", "scraper")).text, QStringLiteral("too early to tell"));
        QCOMPARE(effectBasis(effect, edit("", "1 ban 0", "scraper")), QStringLiteral("This key alone, heard by this window: 1 min before"));
        QCOMPARE(effectBasis({}, edit("", "1 ban 0", "scraper")), QStringLiteral("The key's own decisions of then are not known here, and Redis keeps minutes of whole policies only."));
        QVERIFY(effectBasis({}, edit("", "")).isEmpty());
    }

    void whatAnotherKeysTurnBoundedSaysWhose_data()
    {
        QTest::addColumn<int>("cause");
        QTest::addColumn<uint>("version");
        QTest::addColumn<QString>("text");
        QTest::newRow("an edit") << int(Cause::Edit) << 4U << QStringLiteral("nightly was edited after 41 s (k4)");
        QTest::newRow("a reset") << int(Cause::Edit) << 0U << QStringLiteral("the use of nightly was forgotten after 41 s");
        QTest::newRow("a lift") << int(Cause::Removal) << 5U << QStringLiteral("the override of nightly was lifted after 41 s");
        QTest::newRow("an end") << int(Cause::Time) << 0U << QStringLiteral("the override of nightly ended after 41 s");
    }

    void whatAnotherKeysTurnBoundedSaysWhose()
    {
        QFETCH(int, cause);
        QFETCH(uint, version);
        QFETCH(QString, text);
        EditHistory::Effect effect {433, 433, 1500, 1500, 60s, 41s, EditHistory::Basis::Policy};
        effect.end = EditHistory::End {static_cast<Cause>(cause), false, version, 41s, "nightly"};
        const auto raise = edit("1 enforce log 5/1000", "2 enforce log 6/1000");
        QCOMPARE(EffectWords::of(effect, raise).text, QStringLiteral("= still 433/min"));
        QCOMPARE(effectBasis(effect, raise), QStringLiteral("Whole policy, heard by this window: 1 min before, 41 s after; no longer, as ") + text);
        effect.after = 0s;
        QCOMPARE(EffectWords::of(effect, raise).text, text);
    }

    void keysThatAreLeftOutAreNamed()
    {
        EditHistory::Effect effect {40, 2, 1500, 1500, 60s, 5min, EditHistory::Basis::Policy};
        effect.without = {"nightly"};
        const auto raise = edit("1 enforce log 5/1000", "2 enforce log 6/1000");
        QCOMPARE(EffectWords::of(effect, raise).text, QStringLiteral("▼ 40 → 2.0/min without nightly"));
        QCOMPARE(effectBasis(effect, raise), QStringLiteral("Whole policy without nightly, changed at about the same time; heard by this window: 1 min before, 5 min after"));
        effect.without = {"%1%2", "cron", "c", "d"};
        QCOMPARE(effectBasis(effect, raise), QStringLiteral("Whole policy without %1%2, cron and 2 more, changed at about the same time; heard by this window: 1 min before, 5 min after"));
        effect.rejectedAfter = 40;
        QCOMPARE(EffectWords::of(effect, raise).text, QStringLiteral("= still 40/min without 4 keys"));
        effect.rejectedAfter = 900;
        QCOMPARE(EffectWords::of(effect, raise).text, QStringLiteral("▲ 40 → 900/min without 4 keys"));
        effect.before = 0s;
        QCOMPARE(EffectWords::of(effect, raise).text, QStringLiteral("? → 900/min without 4 keys"));
        QCOMPARE(EffectWords::of(effect, edit("", "1 enforce log 5/1000")).text, QStringLiteral("900/min without 4 keys"));
        effect.without = {"%1%2"};
        QCOMPARE(EffectWords::of(effect, raise).text, QStringLiteral("? → 900/min without %1%2"));
        effect.without = {hostile()};
        QVERIFY(!EffectWords::of(effect, raise).text.contains(QLatin1Char('\n')) && EffectWords::of(effect, raise).text.size() < 60);
        effect.end = EditHistory::End {Cause::Edit, false, 4, 41s, hostile()};
        QVERIFY(!effectBasis(effect, raise).contains(QLatin1Char('\n')) && effectBasis(effect, raise).size() < 500);
    }

    void whatWasOverBeforeItCouldBeMeasuredSaysHow_data()
    {
        QTest::addColumn<int>("cause");
        QTest::addColumn<bool>("isOfLimit");
        QTest::addColumn<uint>("version");
        QTest::addColumn<int>("after");
        QTest::addColumn<QString>("ofLimitEdit"); // empty: cannot be
        QTest::addColumn<QString>("ofKeyEdit");
        const auto row = [](const char *name, Cause cause, bool isOfLimit, uint version, int after, const char *ofLimitEdit, const char *ofKeyEdit) {
            QTest::newRow(name) << int(cause) << isOfLimit << version << after << QString::fromUtf8(ofLimitEdit) << QString::fromUtf8(ofKeyEdit);
        };
        row("another limit", Cause::Edit, true, 7, 3, "overtaken by v7 after 3 s", "the limit became v7 after 3 s");
        row("at once", Cause::Edit, true, 7, 0, "overtaken by v7 after < 1 s", "the limit became v7 after < 1 s");
        row("another override", Cause::Edit, false, 7, 90, "", "overtaken by k7 after 1 min");
        row("a reset", Cause::Edit, false, 0, 4, "", "use forgotten after 4 s");
        row("lifted", Cause::Removal, false, 7, 4, "", "lifted after 4 s");
        row("no limit any more", Cause::Removal, true, 7, 4, "the limit was taken away after 4 s", "the limit was taken away after 4 s");
        row("the mode's time is over", Cause::Time, true, 0, 4, "ended after 4 s", "the limit's mode ended after 4 s");
        row("the override's time is over", Cause::Time, false, 0, 4, "", "ended after 4 s");
    }

    void whatWasOverBeforeItCouldBeMeasuredSaysHow()
    {
        QFETCH(int, cause);
        QFETCH(bool, isOfLimit);
        QFETCH(uint, version);
        QFETCH(int, after);
        QFETCH(QString, ofLimitEdit);
        QFETCH(QString, ofKeyEdit);
        EditHistory::Effect effect;
        effect.isOpen = true; // for a while, as news may be late
        effect.end = EditHistory::End {static_cast<Cause>(cause), isOfLimit, version, std::chrono::seconds(after)};
        if (!ofLimitEdit.isEmpty())
            QCOMPARE(EffectWords::of(effect, edit("", "")).text, ofLimitEdit);
        QCOMPARE(EffectWords::of(effect, edit("", "", "scraper")).text, ofKeyEdit);
        QVERIFY(effectBasis(effect, edit("", "")).isEmpty());
    }

    void aResetIsOvertakenByNothing()
    {
        EditHistory::Effect effect;
        effect.end = EditHistory::End {Cause::Edit, false, 7, 3s};
        const auto reset = edit("", "reset", "scraper");
        QCOMPARE(EffectWords::of(effect, reset).text, QStringLiteral("the override became k7 after 3 s"));
        effect.end->cause = Cause::Time;
        QCOMPARE(EffectWords::of(effect, reset).text, QStringLiteral("the override ended after 3 s"));
    }

    void aFewRejectionsMoreOrLessAreNoTrend()
    {
        // Three in twenty seconds after none in a minute may be chance; thirty are not. Both figures are told, as they are not the same.
        const EffectWords few = EffectWords::of({0, 9, 60, 60, 60s, 20s}, edit("", ""));
        QVERIFY(few.trend == Trend::Same);
        QCOMPARE(few.text, QStringLiteral("≈ 0 → 9.0/min"));
        QVERIFY(EffectWords::of({0, 90, 600, 600, 60s, 20s}, edit("", "")).trend == Trend::More);
        QVERIFY(EffectWords::of({840, 12, 2000, 2000, 45s, 20s}, edit("", "")).trend == Trend::Fewer);
    }

    void figuresThatDifferAreNeverCalledStillTheSame()
    {
        // 87 in 11 s, 69 in 7 s: 475 and 591 per min, which chance explains.
        const EditHistory::Effect shortly {475, 591, 1527, 1431, 11s, 7s, EditHistory::Basis::Policy};
        const auto raise = edit("1 enforce log 15/1000", "2 enforce log 20/1000");
        QCOMPARE(EffectWords::of(shortly, raise).text, QStringLiteral("≈ 475 → 591/min"));
        QVERIFY(effectBasis(shortly, raise).contains(QLatin1String("so few were rejected that the difference may be chance")));
        // As much over minutes is no chance.
        EditHistory::Effect longer {475, 591, 1527, 1431, 60s, 5min, EditHistory::Basis::Policy};
        QCOMPARE(EffectWords::of(longer, raise).text, QStringLiteral("▲ 475 → 591/min"));
        QVERIFY(!effectBasis(longer, raise).contains(QLatin1String("chance")));
        longer.rejectedAfter = 490;
        QCOMPARE(EffectWords::of(longer, raise).text, QStringLiteral("= still 490/min"));
        for (double before = 1; before < 1e6; before *= 3) {
            for (double after = 0; after < 2e6; after = 1 + 1.4 * after) {
                for (const auto span : {5s, 60s, 600s}) {
                    const EffectWords words = EffectWords::of({before, after, 1e7, 1e7, span, span, EditHistory::Basis::Policy}, raise);
                    if (words.text.startsWith(QLatin1Char('=')))
                        QVERIFY(std::abs(after - before) <= std::max(0.5, 0.1 * before));
                    else
                        QVERIFY(words.text.contains(perMinuteText(before)) && words.text.contains(perMinuteText(after)));
                }
            }
        }
    }

    void aWindowThatMayHaveBeenFillingIsNoTrend()
    {
        const auto raise = edit("1 enforce log 100/60000", "2 enforce log 150/60000");
        EditHistory::Effect effect {2795, 6191, 18000, 18000, 31s, 12s, EditHistory::Basis::Policy};
        QCOMPARE(EffectWords::of(effect, raise).text, QStringLiteral("2,795 → 6,191/min"));
        QVERIFY(EffectWords::of(effect, raise).trend == Trend::Unknown);
        QVERIFY(effectBasis(effect, raise).endsWith(QLatin1String("; both are less than the window of 1 min, which may still have been filling")));
        effect.rejectedAfter = 2800;
        QCOMPARE(EffectWords::of(effect, raise).text, QStringLiteral("2,795 → 2,800/min")); // nor that nothing changed
        effect.rejectedAfter = 6191;
        effect.after = 59s; // whole seconds of a minute
        QVERIFY(EffectWords::of(effect, raise).trend == Trend::Unknown);
        QVERIFY(effectBasis(effect, raise).endsWith(QLatin1String("; before is less than the window of 1 min, which may still have been filling")));
        effect.before = 59s;
        QVERIFY(EffectWords::of(effect, raise).trend == Trend::More);
        QVERIFY(!effectBasis(effect, raise).contains(QLatin1String("window of")));
        effect.after = 12s;
        QVERIFY(EffectWords::of(effect, raise).trend == Trend::Unknown);
        QVERIFY(effectBasis(effect, raise).endsWith(QLatin1String("; after is less than the window of 1 min, which may still be filling")));
        // A window of an hour is longer than what is ever looked at: a minute tells as much as can be known.
        const auto ofHours = edit("1 enforce log 100/3600000", "2 enforce log 150/60000 100/3600000");
        effect = {2795, 6191, 18000, 18000, 59s, 10min, EditHistory::Basis::Policy};
        QVERIFY(EffectWords::of(effect, ofHours).trend == Trend::More);
        QVERIFY(effectBasis(effect, ofHours).endsWith(QLatin1String("; both are less than the window of 1 h, which may still have been filling")));
        // A ban has no window.
        effect.basis = EditHistory::Basis::Key;
        effect.after = 6s;
        QVERIFY(EffectWords::of(effect, edit("", "1 ban 0", "scraper")).trend == Trend::More);
        QVERIFY(EffectWords::of(effect, edit("", "1 limit 0 300/60000", "scraper")).trend == Trend::Unknown);
    }

    void aKeyIsNotToldByItsPolicy()
    {
        EditHistory::Effect effect {840, 12, 2000, 2000, 10min, 2min};
        const auto ban = edit("", "1 ban 0", "scraper");
        QCOMPARE(EffectWords::of(effect, ban).text, QStringLiteral("whole policy 840 → 12/min"));
        QVERIFY(EffectWords::of(effect, ban).trend == Trend::Unknown);
        QCOMPARE(effectBasis(effect, ban), QStringLiteral("Whole policy, from Redis' minutes, as the key's own decisions are not known: 10 min before, 2 min after"));
        effect.before = 0s; // the limit was edited in the same minute
        QCOMPARE(EffectWords::of(effect, ban).text, QStringLiteral("whole policy ? → 12/min"));
        effect.basis = EditHistory::Basis::Key;
        effect.before = 59s;
        effect.end = EditHistory::End {Cause::Removal, false, 8, 125s};
        QCOMPARE(EffectWords::of(effect, ban).text, QStringLiteral("▼ 840 → 12/min"));
        QCOMPARE(effectBasis(effect, ban), QStringLiteral("This key alone, heard by this window: 59 s before, 2 min after; lifted after 2 min"));
        effect.basis = EditHistory::Basis::Policy;
        effect.end.reset();
        QCOMPARE(effectBasis(effect, edit("", "")), QStringLiteral("Whole policy, heard by this window: 59 s before, 2 min after"));
        effect.before = 0s;
        QCOMPARE(effectBasis(effect, edit("1 enforce log 5/1000", "")), QStringLiteral("Whole policy, heard by this window: 2 min after, before not known"));
        const auto made = edit("", "1 enforce log 5/1000");
        QCOMPARE(EffectWords::of(effect, made).text, QStringLiteral("12/min"));
        QCOMPARE(effectBasis(effect, made), QStringLiteral("Whole policy, heard by this window: 2 min after")); // there was none before
    }
};

QTEST_GUILESS_MAIN(tst_EffectWords)
#include "tst_EffectWords.moc"
