// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "KeyDesk.h"
#include "models/EditWords.h"

#include <QTest>

using namespace rateguard;
using Trend = EffectWords::Trend;
using Cause = EditHistory::End::Cause;

namespace {

AuditEntry edit(const char *before, const char *after, std::optional<std::string> key = std::nullopt)
{
    return {KeyDesk::now, "search", std::move(key), 3, before, after, "ada", "why"};
}

} // namespace

class tst_EditWords : public QObject
{
    Q_OBJECT

private slots:
    void sayOnlyWhatChanged_data()
    {
        QTest::addColumn<bool>("ofKey");
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, bool ofKey, const char *before, const char *after, const char *text) {
            QTest::newRow(name) << ofKey << QString::fromUtf8(before) << QString::fromUtf8(after) << QString::fromUtf8(text);
        };
        row("the count", false, "2 enforce log 100/60000", "3 enforce log 60/60000", "100/min → 60/min");
        row("the mode", false, "2 enforce log 100/60000", "3 shadow log 100/60000", "enforce → shadow");
        row("both", false, "2 enforce log 100/60000", "3 off log 60/60000", "100/min enforce → 60/min off");
        row("a mode for a time", false, "2 enforce log 100/60000", "3 shadow log 100/60000 until:1000600000:enforce", "enforce → shadow for 10 min");
        row("a mode that had ended", false, "2 shadow log 100/60000 until:999000000:enforce", "3 off log 100/60000", "enforce → off");
        row("the first one", false, "", "1 enforce log 60/60000", "new: 60/min enforce");
        row("taken away", false, "1 enforce log 60/60000", "", "taken away: 60/min enforce");
        row("unreadable", false, "what?", "2 enforce log 60/60000", "what? → 60/min enforce");
        row("a ban", true, "", "4 ban 1000900000", "banned for 15 min");
        row("a limit for a ban", true, "4 ban 0", "5 limit 0 30/60000", "banned → own limit 30/min");
        row("lifted", true, "4 exempt 0", "", "lifted: exempt");
        row("reset", true, "", "reset", "use forgotten");
        row("an unreadable override", true, "", "9 frob <b>", "9 frob <b>");
    }

    void sayOnlyWhatChanged()
    {
        QFETCH(bool, ofKey);
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QString, text);
        const auto key = ofKey ? std::optional<std::string>("scraper") : std::nullopt;
        QCOMPARE(editChange(edit(before.toUtf8().constData(), after.toUtf8().constData(), key)), text);
    }

    void sayWhatItWasAbout()
    {
        QCOMPARE(editSubject(edit("", "")), QStringLiteral("limit of search"));
        QCOMPARE(editSubject(edit("", "", "scraper")), QStringLiteral("scraper of search"));
    }

    void sayWhatItDid_data()
    {
        QTest::addColumn<double>("before");
        QTest::addColumn<double>("after");
        QTest::addColumn<int>("minutesBefore");
        QTest::addColumn<int>("minutesAfter");
        QTest::addColumn<int>("trend");
        QTest::addColumn<QString>("text");
        QTest::newRow("fewer") << 840.0 << 12.0 << 10 << 10 << int(Trend::Fewer) << QStringLiteral("▼ rejections 840 → 12 per min");
        QTest::newRow("more") << 0.0 << 4321.0 << 10 << 1 << int(Trend::More) << QStringLiteral("▲ rejections 0 → 4,321 per min");
        QTest::newRow("the same") << 840.0 << 860.0 << 10 << 10 << int(Trend::Same) << QStringLiteral("= rejections still 860 per min");
        QTest::newRow("none ever") << 0.0 << 0.0 << 10 << 10 << int(Trend::Same) << QStringLiteral("= rejections still 0 per min");
        QTest::newRow("too early") << 840.0 << 0.0 << 10 << 0 << int(Trend::Unknown) << QStringLiteral("too early to tell");
        QTest::newRow("nothing before") << 0.0 << 7.0 << 0 << 3 << int(Trend::Unknown) << QStringLiteral("rejections ? → 7.0 per min");
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
        const EffectWords words = effectWords(effect, edit("1 enforce log 5/1000", "2 enforce log 6/1000"), KeyDesk::now + 1min);
        QCOMPARE(words.text, text);
        QCOMPARE(static_cast<int>(words.trend), trend);
    }

    void whatNobodyMeasuredIsNotTooEarlyForever()
    {
        EditHistory::Effect effect;
        QCOMPARE(effectWords(effect, edit("", ""), KeyDesk::now + 5s).text, QStringLiteral("not known")); // nothing will come
        effect.isOpen = true;
        QCOMPARE(effectWords(effect, edit("", ""), KeyDesk::now + 5s).text, QStringLiteral("too early to tell"));
        QCOMPARE(effectWords(effect, edit("", ""), KeyDesk::now + 1h).text, QStringLiteral("not known")); // it is late, not early
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
        row("at once", Cause::Edit, true, 7, 0, "overtaken by v7 after less than 1 s", "the limit became v7 after less than 1 s");
        row("another override", Cause::Edit, false, 7, 90, "", "overtaken by v7 after 1 min");
        row("a reset", Cause::Edit, false, 0, 4, "", "its use was forgotten after 4 s");
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
            QCOMPARE(effectWords(effect, edit("", ""), KeyDesk::now + 1min).text, ofLimitEdit);
        QCOMPARE(effectWords(effect, edit("", "", "scraper"), KeyDesk::now + 1min).text, ofKeyEdit);
        QVERIFY(effectBasis(effect, edit("", "")).isEmpty());
    }

    void aResetIsOvertakenByNothing()
    {
        EditHistory::Effect effect;
        effect.end = EditHistory::End {Cause::Edit, false, 7, 3s};
        const auto reset = edit("", "reset", "scraper");
        QCOMPARE(effectWords(effect, reset, KeyDesk::now).text, QStringLiteral("the override became v7 after 3 s"));
        effect.end->cause = Cause::Time;
        QCOMPARE(effectWords(effect, reset, KeyDesk::now).text, QStringLiteral("the override ended after 3 s"));
    }

    void aFewRejectionsMoreOrLessAreNoTrend()
    {
        // Three in twenty seconds after none in a minute may be chance; thirty are not.
        QVERIFY(effectWords({0, 9, 60, 60, 60s, 20s}, edit("", ""), KeyDesk::now).trend == Trend::Same);
        QVERIFY(effectWords({0, 90, 600, 600, 60s, 20s}, edit("", ""), KeyDesk::now).trend == Trend::More);
        QVERIFY(effectWords({840, 12, 2000, 2000, 45s, 20s}, edit("", ""), KeyDesk::now).trend == Trend::Fewer);
    }

    void aKeyIsNotToldByItsPolicy()
    {
        EditHistory::Effect effect {840, 12, 2000, 2000, 10min, 2min};
        const auto ban = edit("", "1 ban 0", "scraper");
        QCOMPARE(effectWords(effect, ban, KeyDesk::now).text, QStringLiteral("whole policy 840 → 12/min"));
        QVERIFY(effectWords(effect, ban, KeyDesk::now).trend == Trend::Unknown);
        QCOMPARE(effectBasis(effect, ban), QStringLiteral("Whole policy, from Redis' minutes: 10 min before, 2 min after"));
        effect.before = 0s; // the limit was edited in the same minute
        QCOMPARE(effectWords(effect, ban, KeyDesk::now).text, QStringLiteral("whole policy ? → 12/min"));
        effect.basis = EditHistory::Basis::Key;
        effect.before = 59s;
        effect.end = EditHistory::End {Cause::Removal, false, 8, 125s};
        QCOMPARE(effectWords(effect, ban, KeyDesk::now).text, QStringLiteral("▼ rejections 840 → 12 per min"));
        QCOMPARE(effectBasis(effect, ban), QStringLiteral("This key alone, heard by this window: 59 s before, 2 min after; lifted after 2 min"));
        effect.basis = EditHistory::Basis::Policy;
        effect.end.reset();
        QCOMPARE(effectBasis(effect, edit("", "")), QStringLiteral("Whole policy, heard by this window: 59 s before, 2 min after"));
        QVERIFY(effectBasis({}, ban).isEmpty());
        effect.before = 0s;
        QCOMPARE(effectBasis(effect, edit("1 enforce log 5/1000", "")), QStringLiteral("Whole policy, heard by this window: 2 min after, before not known"));
        const auto made = edit("", "1 enforce log 5/1000");
        QCOMPARE(effectWords(effect, made, KeyDesk::now).text, QStringLiteral("rejections 12 per min"));
        QCOMPARE(effectBasis(effect, made), QStringLiteral("Whole policy, heard by this window: 2 min after")); // there was none before
    }

    void compareFieldByField()
    {
        const auto fields = editFields(edit("2 enforce log 100/60000", "3 enforce bucket 60/60000 500/3600000"));
        QCOMPARE(fields[0].after, QStringLiteral("60 per min, 500 per h"));
        QVERIFY(fields[0].isChanged());
        QCOMPARE(fields[1].after, QStringLiteral("bucket"));
        QVERIFY(!fields[2].isChanged()); // the mode
        const auto none = editFields(edit("", "1 ban 0", "scraper"));
        QCOMPARE(none[0].before, QStringLiteral("none"));
        QCOMPARE(none[0].after, QStringLiteral("banned"));
        QCOMPARE(none[1].after, QStringLiteral("until lifted"));
    }

    void strangersBytesStayOneLineOfPlainText()
    {
        AuditEntry wild = edit("", "");
        for (std::string *text : {&wild.policy, &wild.before, &wild.after})
            *text = hostile();
        for (const bool ofKey : {false, true}) {
            wild.key = ofKey ? std::optional(hostile()) : std::nullopt;
            for (const QString &text : {editSubject(wild), editChange(wild), editFields(wild)[0].after}) {
                QVERIFY(text.size() < 1000);
                QVERIFY(!text.contains(QLatin1Char('\n')));
                QVERIFY(text.contains(QStringLiteral("%1%2%3")));
            }
        }
    }
};

QTEST_GUILESS_MAIN(tst_EditWords)
#include "tst_EditWords.moc"
