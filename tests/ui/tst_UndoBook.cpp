// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "models/Author.h"
#include "models/UndoBook.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;
using Status = EditOutcome::Status;

namespace {

constexpr Instant now {1'000'000s};

// A Redis with one policy, in which this window and others edit.
struct Desk
{
    Desk()
    {
        snapshot.link.state = LinkState::Live;
        snapshot.now = now;
        hold({{60, 1min}, Mode::Enforce, 3});
        add(std::nullopt, 3, "2 enforce log 100/60000", "3 enforce log 60/60000", "maria@oncall");
        UndoOffer ofEditor;
        ofEditor.policy = "search";
        ofEditor.text = QStringLiteral("of the editor");
        book.offerOfEditor(ofEditor);
        apply();
    }
    void hold(const Rule &rule)
    {
        PolicyRow row;
        row.name = "search";
        row.rule = rule;
        snapshot.policies = {row};
        snapshot.policiesChanged = true;
    }
    void hold(const char *key, std::optional<Override> held)
    {
        auto list = std::make_shared<OverrideList>();
        if (held)
            list->all = {{"search", key, *held}};
        snapshot.overrides = list;
    }
    void add(std::optional<std::string> key, std::uint64_t version, std::string before, std::string after, std::string by = author())
    {
        auto history = std::make_shared<EditHistory>(snapshot.history ? *snapshot.history : EditHistory());
        history->entries.insert(history->entries.begin(), {now, "search", std::move(key), version, std::move(before), std::move(after), std::move(by), ""});
        snapshot.history = history;
    }
    void apply()
    {
        book.apply(snapshot);
        snapshot.edits.clear();
        snapshot.keyEdits.clear();
    }
    // This window edits a key.
    void edit(const char *key, std::uint64_t version, Status status, bool reset = false)
    {
        OverrideEdit sent;
        sent.id = ++id;
        sent.policy = "search";
        sent.key = key;
        sent.reset = reset;
        book.sent(sent);
        answer(version, status);
    }
    void answer(std::uint64_t version, Status status)
    {
        OverrideOutcome outcome;
        outcome.appliedAt = snapshot.now;
        outcome.id = id;
        outcome.status = status;
        outcome.policy = "search";
        outcome.version = version;
        snapshot.keyEdits = {outcome};
        apply();
    }
    void editLimit(std::uint64_t version)
    {
        LimitEdit sent;
        sent.id = ++id;
        sent.policy = "search";
        book.sent(sent);
        EditOutcome outcome;
        outcome.id = id;
        outcome.status = Status::Applied;
        outcome.after.version = version;
        snapshot.edits = {outcome};
        apply();
    }
    void banAlice()
    {
        hold("alice", Override {Override::Kind::Ban, {}, std::nullopt, 7});
        add("alice", 7, "", "7 ban 0");
        edit("alice", 7, Status::Applied);
    }
    const UndoOffer &offer() const { return book.offer(); }

    Snapshot snapshot;
    UndoBook book;
    std::uint64_t id = 100;
};

} // namespace

class tst_UndoBook : public QObject
{
    Q_OBJECT

private slots:
    void asLongAsNothingWasEditedHereTheEditorSays()
    {
        QCOMPARE(Desk().offer().text, QStringLiteral("of the editor"));
    }

    void aBanOfOnesOwnIsNamedAndLedTo()
    {
        Desk desk;
        desk.banAlice();
        QCOMPARE(desk.offer().what, QStringLiteral("ban of alice"));
        QVERIFY(desk.offer().entry && desk.offer().entry->key == "alice" && !desk.offer().edit);
        QVERIFY(desk.offer().text.startsWith(QStringLiteral("alice under search: banned until lifted, k7 → no override.")));
    }

    void anEditOfALimitByOthersDoesNotComeInBetween()
    {
        Desk desk;
        desk.banAlice();
        desk.hold({{30, 1min}, Mode::Enforce, 4});
        desk.add(std::nullopt, 4, "3 enforce log 60/60000", "4 enforce log 30/60000", "maria@oncall");
        desk.apply();
        QCOMPARE(desk.offer().what, QStringLiteral("ban of alice"));
    }

    void whatOthersMadeOfItSinceIsCalledTheirs()
    {
        Desk desk;
        desk.banAlice();
        desk.hold("alice", Override {Override::Kind::Exempt, {}, std::nullopt, 8});
        desk.add("alice", 8, "7 ban 0", "8 exempt 0", "maria@oncall");
        desk.apply();
        QCOMPARE(desk.offer().what, QStringLiteral("maria@oncall's exemption of alice"));
        QVERIFY(desk.offer().text.contains(QStringLiteral("exempt until lifted, k8 → banned until lifted")));
    }

    void aLimitOfOnesOwnIsUndoneInTheEditor()
    {
        Desk desk;
        desk.banAlice();
        desk.hold({{200, 1min}, Mode::Enforce, 4});
        desk.add(std::nullopt, 4, "3 enforce log 60/60000", "4 enforce log 200/60000");
        desk.editLimit(4);
        QCOMPARE(desk.offer().text, QStringLiteral("of the editor")); // which has it open
        UndoOffer other;
        other.policy = "api";
        other.what = QStringLiteral("of another policy");
        desk.book.offerOfEditor(other);
        QCOMPARE(desk.offer().what, QStringLiteral("edit of search, v4"));
        QVERIFY(desk.offer().edit && desk.offer().edit->limit == Limits(60, 1min) && !desk.offer().entry);
        desk.snapshot.policies.clear(); // somebody took it away: there is nothing to edit
        desk.snapshot.policiesChanged = true;
        desk.add(std::nullopt, 5, "4 enforce log 200/60000", "", "maria@oncall");
        desk.apply();
        QCOMPARE(desk.offer().what, QStringLiteral("maria@oncall's taking away of search, v5"));
        QVERIFY(desk.offer().entry && !desk.offer().edit);
    }

    void theLastEditCountsAlsoWhenItWasAnUndo()
    {
        Desk desk;
        desk.banAlice();
        desk.hold("alice", std::nullopt);
        desk.add("alice", 8, "7 ban 0", "");
        desk.edit("alice", 8, Status::Applied);
        QCOMPARE(desk.offer().what, QStringLiteral("lift for alice"));
        QVERIFY(desk.offer().text.contains(QStringLiteral("no override → banned until lifted")));
    }

    void aResetIsNamedAndCannotBeUndone()
    {
        Desk desk;
        desk.banAlice();
        desk.add("alice", 0, "", "reset");
        desk.edit("alice", 0, Status::Applied, true);
        QCOMPARE(desk.offer().what, QStringLiteral("reset of alice"));
        QVERIFY(!desk.offer().isPossible());
        QVERIFY(desk.offer().text.contains(QStringLiteral("a reset cannot be taken back")));
    }

    void whatWasNotMadeChangesNothing()
    {
        for (const Status status : {Status::Refused, Status::Conflict, Status::Pending, Status::Unknown}) {
            Desk desk;
            desk.banAlice();
            desk.edit("bob", 8, status);
            QCOMPARE(desk.offer().what, QStringLiteral("ban of alice"));
        }
    }

    void whatIsFoundToHaveBeenMadeCounts()
    {
        Desk desk;
        desk.edit("alice", 0, Status::Unknown);
        desk.hold("alice", Override {Override::Kind::Ban, {}, std::nullopt, 7});
        desk.add("alice", 7, "", "7 ban 0");
        desk.answer(7, Status::Applied);
        QCOMPARE(desk.offer().what, QStringLiteral("ban of alice"));
    }

    void untilTheHistoryHasItNothingElseIsOffered()
    {
        Desk desk;
        desk.add("alice", 6, "", "6 exempt 0", "maria@oncall");
        desk.hold("alice", Override {Override::Kind::Ban, {}, std::nullopt, 7});
        desk.edit("alice", 7, Status::Applied);
        QVERIFY(!desk.offer().isPossible());
        QVERIFY(desk.offer().text.contains(QStringLiteral("not in the history yet")));
        desk.add("alice", 7, "6 exempt 0", "7 ban 0");
        desk.apply();
        QCOMPARE(desk.offer().what, QStringLiteral("ban of alice"));
    }

    void withoutAConnectionItWaits()
    {
        Desk desk;
        desk.banAlice();
        desk.snapshot.link.state = LinkState::Lost;
        desk.snapshot.now += 1s;
        desk.apply();
        QVERIFY(!desk.offer().isPossible());
        QVERIFY(desk.offer().text.contains(QStringLiteral("Not connected")));
        desk.book.clear(); // of another Redis
        QCOMPARE(desk.offer().text, QStringLiteral("of the editor"));
    }

    void hostileNamesAreSpelledOut()
    {
        Desk desk;
        desk.add("<b>\n\xff", 7, "", "7 ban 0", "<i>%1%2");
        desk.edit("<b>\n\xff", 7, Status::Applied);
        desk.hold("<b>\n\xff", Override {Override::Kind::Ban, {}, std::nullopt, 7});
        desk.apply();
        QCOMPARE(desk.offer().what, QStringLiteral("<i>%1%2's ban of <b>\\n\\xFF"));
        QVERIFY(desk.offer().text.contains(QStringLiteral("<b>\\n\\xFF under search")));
    }

    void anOlderResetIsNotTakenForTheLastOne()
    {
        Desk desk;
        desk.add("alice", 0, "", "reset");
        desk.snapshot.now = now + 1min;
        desk.banAlice();
        QCOMPARE(desk.offer().what, QStringLiteral("ban of alice"));
        desk.edit("alice", 0, Status::Applied, true);
        QVERIFY(!desk.offer().isPossible()); // and the ban is not offered in its place
        QCOMPARE(desk.offer().text, QStringLiteral("The last edit is not in the history yet."));
    }
};

QTEST_GUILESS_MAIN(tst_UndoBook)
#include "tst_UndoBook.moc"
