// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/Undo.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

class UndoTest : public QObject
{
    Q_OBJECT

private slots:
    void goesBackToWhatStoodBeforeTheLastEdit()
    {
        const auto undo = edit({entry(2, "1 shadow log 10/1000 5/60000", "2 enforce log 9/1000"), entry(1, "", "1 shadow log 10/1000 5/60000")}, rule(2, 9));
        QVERIFY(undo);
        QCOMPARE(formatLimit(undo->limit), std::string("10/s 5/min"));
        QVERIFY(undo->mode == Mode::Shadow && !undo->modeFor && !undo->keepMode && !undo->unset && undo->expectedVersion == 2 && undo->policy == "search");
    }

    void theFirstSetIsUnsetAndAnUnsetIsSetAgain()
    {
        const auto first = edit({entry(1, "", "1 enforce log 9/1000")}, rule(1, 9));
        QVERIFY(first && first->unset && first->expectedVersion == 1);
        const auto unset = edit({entry(2, "1 enforce bucket 9/1000", ""), entry(1, "", "1 enforce bucket 9/1000")}, {});
        QVERIFY(unset && !unset->unset && unset->expectedVersion == 0 && formatLimit(unset->limit) == "bucket 9/s");
    }

    void aVersionNamesTheEdit()
    {
        const std::vector<AuditEntry> edits {entry(3, "2 off log 8/1000", "3 enforce log 7/1000"), entry(2, "1 enforce log 9/1000", "2 off log 8/1000"),
            entry(1, "", "1 enforce log 9/1000")};
        QCOMPARE(formatLimit(edit(edits, rule(3, 7), 2)->limit), std::string("9/s"));
        QVERIFY(edit(edits, rule(3, 7), 3)->mode == Mode::Off);
        QVERIFY(edit(edits, rule(3, 7), 1)->unset);
        QVERIFY(!edit(edits, rule(3, 7), 4));
        QVERIFY(refused(Why::NotMade, 4, 3));
    }

    void saysWhenTheAuditDoesNotReachBack()
    {
        const std::vector<AuditEntry> edits {entry(9, "8 enforce log 9/1000", "9 enforce log 7/1000")};
        QVERIFY(!edit(edits, rule(9, 7), 5) && refused(Why::Forgotten, 5, 9));
        QVERIFY(!edit(edits, rule(11, 7)) && refused(Why::NotItsEdit, 9, 11)); // by no edit that was audited
        QVERIFY(!edit({}, rule(1, 7)) && refused(Why::NoEdit, 0, 0));
        QVERIFY(!edit({entry(2, "garbage", "2 enforce log 7/1000")}, rule(2, 7)) && refused(Why::Unreadable, 2, 0));
    }

    void refusesWhatWouldChangeNothing()
    {
        const std::vector<AuditEntry> edits {entry(3, "2 enforce log 7/1000", "3 enforce log 8/1000"), entry(2, "1 enforce log 8/1000", "2 enforce log 7/1000"),
            entry(1, "", "1 enforce log 8/1000")};
        QVERIFY(!edit(edits, rule(3, 8), 2) && refused(Why::AlreadySo, 2, 0));
        QVERIFY(!edit({entry(2, "1 enforce log 8/1000", ""), entry(1, "", "1 enforce log 8/1000")}, {}, 1) && refused(Why::NothingBefore, 1, 0));
    }

    void passesOverEditsOfKeys()
    {
        auto ban = entry(5, "", "5 ban 0");
        ban.key = "alice";
        QVERIFY(edit({ban, entry(1, "", "1 enforce log 8/1000")}, rule(1, 8))->unset);
    }

    void aTimedModeGetsWhatIsLeftOfItsTime()
    {
        const std::vector<AuditEntry> edits {entry(2, "1 shadow log 8/1000 until:1060000:enforce", "2 off log 8/1000")};
        const auto during = edit(edits, rule(2, 8));
        QVERIFY(during->mode == Mode::Shadow && during->modeFor == Duration(60s));
        m_time = Instant(1060s);
        auto off = rule(2, 8);
        off.mode = Mode::Off;
        const auto after = edit(edits, off);
        QVERIFY(after->mode == Mode::Enforce && !after->modeFor);
    }

private:
    using Why = UndoRefusal::Why;

    bool refused(Why why, std::uint64_t version, std::uint64_t known) const
    {
        return m_refusal.why == why && m_refusal.version == version && m_refusal.known == known;
    }
    static AuditEntry entry(std::uint64_t version, const std::string &before, const std::string &after)
    {
        return {Instant(1s), "search", {}, version, before, after, "ann", ""};
    }
    static Rule rule(std::uint64_t version, std::uint32_t count) { return {Limits(count, 1s), Mode::Enforce, version}; }

    std::optional<LimitEdit> edit(const std::vector<AuditEntry> &edits, const Rule &now, std::optional<std::uint64_t> version = {})
    {
        return undoEdit(edits, now, version, m_time, &m_refusal);
    }

    UndoRefusal m_refusal;
    Instant m_time {1000s};
};

QTEST_GUILESS_MAIN(UndoTest)
#include "tst_Undo.moc"
