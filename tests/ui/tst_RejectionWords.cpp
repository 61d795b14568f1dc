// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "KeyDesk.h"
#include "models/RejectionWords.h"

#include <QTest>

#include <functional>

using namespace rateguard;

Q_DECLARE_METATYPE(std::function<void(KeyDesk &)>)

namespace {

using Change = std::function<void(KeyDesk &)>;

QString why(const KeyDesk &desk)
{
    return rejectionText(desk.detail, &desk.policy, &desk.history, KeyDesk::now);
}

} // namespace

class tst_RejectionWords : public QObject
{
    Q_OBJECT

private slots:
    void sayWhyItWasRejected_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const Change &change, const char *text) { QTest::newRow(name) << change << QString::fromUtf8(text); };
        row("over the limit", [](KeyDesk &) {},
            "Rejected 0.2 s ago: the limit of 60 in 60 s was used up. It was told to wait 3.2 s. Limit search 60/min, v3, set 94 s ago by "
            "ada@oncall-2: “scraper eats the index”.");
        row("set without a reason", [](KeyDesk &desk) { desk.history.entries[0].reason.clear(); },
            "Rejected 0.2 s ago: the limit of 60 in 60 s was used up. It was told to wait 3.2 s. Limit search 60/min, v3, set 94 s ago by ada@oncall-2.");
        row("the audit knows nothing of it", [](KeyDesk &desk) { desk.history.entries.clear(); },
            "Rejected 0.2 s ago: the limit of 60 in 60 s was used up. It was told to wait 3.2 s. Limit search 60/min, v3.");
        row("changed since", [](KeyDesk &desk) { desk.policy.rule = {{200, 1min}, Mode::Enforce, 4}; },
            "Rejected 0.2 s ago: the limit of 60 in 60 s was used up. It was told to wait 3.2 s. Limit search 60/min, v3, set 94 s ago by "
            "ada@oncall-2: “scraper eats the index”. It is 200/min by now, v4.");
        row("a request of some cost", [](KeyDesk &desk) {
            desk.history.entries.clear();
            desk.detail.lastRejection->used = 58;
            desk.detail.lastRejection->cost = 5;
        }, "Rejected 0.2 s ago: 58 of 60 used in the last 60 s, and it asked for 5 more. It was told to wait 3.2 s. Limit search 60/min, v3.");
        row("the limit was lowered", [](KeyDesk &desk) {
            desk.history.entries.clear();
            desk.detail.lastRejection->used = 90;
        }, "Rejected 0.2 s ago: the limit of 60 in 60 s was used up. It was told to wait 3.2 s. Limit search 60/min, v3.");
        row("a cost above the limit", [](KeyDesk &desk) {
            desk.history.entries.clear();
            desk.detail.lastRejection->cost = 80;
            desk.detail.lastRejection->retryAfter.reset();
        }, "Rejected 0.2 s ago: it asked for 80 at once, more than the limit of 60 in 60 s. No waiting helps: it must ask for less, or the "
           "limit be raised. Limit search 60/min, v3.");
        row("shadow mode", [](KeyDesk &desk) {
            desk.history.entries.clear();
            desk.detail.lastRejection->shadow = true;
        }, "Would have been rejected 0.2 s ago, but shadow mode let it in: the limit of 60 in 60 s was used up. Limit search 60/min, v3.");
        row("banned with an end", [](KeyDesk &desk) {
            desk.add(10min, "scraper", 4, "", "4 ban 1000600000", "ada", "robot", {});
            std::swap(desk.history.entries[1], desk.history.entries[3]);
            desk.detail.override = Override {Override::Kind::Ban, {}, KeyDesk::now + 10min, 4};
            desk.detail.lastRejection->why = Why::Ban;
            desk.detail.lastRejection->retryAfter = 10min;
        }, "Rejected 0.2 s ago: the key was banned. It was told to wait 10 min. The ban was set 10 min ago by ada: “robot”.");
        row("banned for good, and not any more", [](KeyDesk &desk) {
            desk.detail.lastRejection->why = Why::Ban;
            desk.detail.lastRejection->retryAfter.reset();
        }, "Rejected 0.2 s ago: the key was banned, with no end. It is not banned any more.");
        row("a limit of its own", [](KeyDesk &desk) {
            desk.history.entries[1] = {KeyDesk::now - 3min, "search", "scraper", 2, "", "2 limit 0 30/60000", "grace", "half"};
            desk.detail.lastRejection->limit = {30, 1min};
            desk.detail.lastRejection->used = 30;
            desk.detail.lastRejection->why = Why::Override;
        }, "Rejected 0.2 s ago: the limit of 30 in 60 s was used up. It was told to wait 3.2 s. The limit is its own, 30/min, set 3 min ago by grace: “half”.");
        row("a limit of its own that the audit does not know", [](KeyDesk &desk) {
            desk.history.entries.clear();
            desk.detail.lastRejection->why = Why::Override;
        }, "Rejected 0.2 s ago: the limit of 60 in 60 s was used up. It was told to wait 3.2 s. The limit is its own, instead of the policy's.");
        row("it has stopped", [](KeyDesk &desk) {
            desk.history.entries.clear();
            desk.detail.lastRejection->at -= 2min;
        }, "Rejected 2 min ago: the limit of 60 in 60 s was used up. It was told to wait 3.2 s. It was the last of a run that had lasted 9 min. Limit search 60/min, v3.");
        row("never", [](KeyDesk &desk) { desk.detail.lastRejection.reset(); }, "No request of this key has been rejected since this window began to listen.");
    }

    void sayWhyItWasRejected()
    {
        QFETCH(Change, change);
        QFETCH(QString, text);
        KeyDesk desk;
        change(desk);
        QCOMPARE(why(desk), text);
    }

    void sayHowLongItHasGoneOn()
    {
        Rejection last;
        last.at = KeyDesk::now - 60s;
        last.since = KeyDesk::now - 119s;
        QVERIFY(runText(last, KeyDesk::now).startsWith(QStringLiteral("for 1 min, since ")));
        last.orLonger = true;
        QVERIFY(runText(last, KeyDesk::now).startsWith(QStringLiteral("for 1 min or longer, seen since ")));
        last.since = KeyDesk::now - 59'999ms;
        QVERIFY(runText(last, KeyDesk::now).startsWith(QStringLiteral("for 59 s or longer")));
        last.since = KeyDesk::now + 1s; // a stamp ahead of our clock
        QVERIFY(runText(last, KeyDesk::now).startsWith(QStringLiteral("for 0 s or longer")));
        QVERIFY(runText(last, KeyDesk::now + 1ms).isEmpty());
    }

    void strangersBytesStayOneLineOfPlainText()
    {
        KeyDesk desk;
        desk.history.entries[0].author = hostile();
        desk.history.entries[0].reason = hostile();
        const QString text = why(desk);
        QVERIFY(text.size() < 1000);
        QVERIFY(!text.contains(QLatin1Char('\n')));
        QVERIFY(!text.contains(QChar(0x202E)));
        QVERIFY(text.contains(QStringLiteral("%1%2%3"))); // and is no place for other words
    }
};

QTEST_GUILESS_MAIN(tst_RejectionWords)
#include "tst_RejectionWords.moc"
