// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "KeyDesk.h"
#include "models/EditWords.h"

#include <QTest>

using namespace rateguard;

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

    void labelsSayWhatTheyMean()
    {
        AuditEntry one = edit("", "");
        QCOMPARE(editMeaning(one), QStringLiteral("v3: version 3 of the limit of search"));
        one.key = "scraper";
        QCOMPARE(editMeaning(one), QStringLiteral("k3: an edit of this key alone; they are numbered across all keys"));
        one.after = "reset";
        QCOMPARE(editMeaning(one), QStringLiteral("reset: what this key had used was forgotten"));
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
