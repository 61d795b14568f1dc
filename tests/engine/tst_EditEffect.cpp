// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "engine/EditEffect.h"
#include "engine/MinuteBook.h"

#include <QTest>

using namespace rateguard;
using namespace std::chrono_literals;

class EditEffectTest : public QObject
{
    Q_OBJECT

private slots:
    void comparesTenWholeMinutesOnEachSide()
    {
        const std::vector entries {edit(100min + 30s)};
        const auto effect = editEffect(effectOf(entries, 0), minutes(0, 200));
        QVERIFY(effect.before == 10min && effect.after == 10min);
        // Minute m has m rejected of 2 m + 1 requests: 90 to 99, and 101 to 110.
        QCOMPARE(effect.rejectedBefore, 94.5);
        QCOMPARE(effect.rejectedAfter, 105.5);
        QCOMPARE(effect.requestsBefore, 190.0);
        QCOMPARE(effect.requestsAfter, 212.0);
    }

    void theMinuteOfTheEditAndTheOneThatGoesOnCountForNeither()
    {
        const std::vector entries {edit(100min)};
        const auto span = effectOf(entries, 0);
        QCOMPARE(editEffect(span, minutes(98, 102)).after, 0s);
        QCOMPARE(editEffect(span, minutes(98, 102)).before, 120s);
        const auto one = editEffect(span, minutes(98, 103));
        QVERIFY(one.after == 1min && one.rejectedAfter == 101);
        const auto nothing = editEffect(span, minutes(120, 130));
        QVERIFY(nothing == EditHistory::Effect());
        QVERIFY(editEffect(span, {}) == EditHistory::Effect());
    }

    void stopsWhereAnotherEditOfTheLimitBegan()
    {
        auto other = edit(104min);
        other.policy = "other";
        auto ofKey = edit(103min);
        ofKey.key = "ann";
        const std::vector entries {edit(105min), other, ofKey, edit(100min + 10s), edit(100min), edit(97min)};
        QCOMPARE(effectOf(entries, 0), (EffectSpan {104min, 105min, 116min}));
        QCOMPARE(effectOf(entries, 2), (EffectSpan {101min, 103min, 105min}));
        // Of two in one minute neither is told by what the other did.
        QCOMPARE(effectOf(entries, 3), (EffectSpan {100min, 100min, 103min}));
        QCOMPARE(effectOf(entries, 4), (EffectSpan {98min, 100min, 100min}));
        QVERIFY(editEffect(effectOf(entries, 3), minutes(0, 200)).before == 0s);
        QVERIFY(editEffect(effectOf(entries, 4), minutes(0, 200)).after == 0s);
        QCOMPARE(effectOf(entries, 5), (EffectSpan {87min, 97min, 100min}));
    }

    // Of minutes nobody can take a key away again.
    void minutesEndWhereAKeyOfThePolicyTurned()
    {
        auto ban = edit(104min);
        ban.key = "ann";
        ban.version = 4;
        ban.after = "4 ban " + std::to_string(112min / 1ms);
        auto other = ban;
        other.at = Instant(106min);
        other.key = "bob";
        other.after = "5 ban 0";
        auto reset = other;
        reset.at = Instant(107min);
        reset.after = "reset";
        reset.version = 0;
        const std::vector entries {edit(115min), reset, other, ban, edit(100min)};
        QCOMPARE(effectOf(entries, 0), (EffectSpan {113min, 115min, 126min}));
        QCOMPARE(effectOf(entries, 4), (EffectSpan {90min, 100min, 104min}));
        QCOMPARE(effectOf(entries, 3), (EffectSpan {101min, 104min, 106min})); // of ann, told by the whole policy
        QCOMPARE(effectOf(entries, 2), (EffectSpan {105min, 106min, 107min}));
        const auto span = policySpan(entries, keyTurns(entries), 4, 10min);
        QVERIFY(span.end == (End {Cause::Edit, false, 4, 240s, "ann"}));
        QVERIFY(policySpan(entries, {}, 4, 10min) == editSpan(entries, 4, 10min));
    }

    void whatWasSetForAKeyTurnsWhenItsTimeIsOverUnlessItWasReplaced()
    {
        const auto until = [](std::chrono::microseconds at) { return "4 ban " + std::to_string(at / 1ms); };
        const auto turn = [](std::chrono::microseconds at, Cause cause, std::uint64_t version) { return KeyTurn {Instant(at), "search", {cause, false, version, {}, "ann"}}; };
        auto ban = edit(100min);
        ban.key = "ann";
        ban.version = 4;
        ban.after = until(110min);
        auto next = ban;
        next.at = Instant(105min);
        next.version = 5;
        next.after.clear();
        QCOMPARE(keyTurns({edit(105min), ban}), (std::vector {turn(100min, Cause::Edit, 4), turn(110min, Cause::Time, 0)}));
        QCOMPARE(keyTurns({next, ban}), (std::vector {turn(105min, Cause::Removal, 5), turn(100min, Cause::Edit, 4)}));
        next.version = 0;
        next.after = "reset";
        QCOMPARE(keyTurns({next, ban}).size(), std::size_t {3}); // the ban goes on, and ends
        ban.after = until(90min);
        QCOMPARE(keyTurns({ban}).size(), std::size_t {1});
    }

    void ofTwoAtTheSameTimeNobodyKnows()
    {
        auto ban = edit(100min);
        ban.key = "ann";
        for (const auto &entries : {std::vector {ban, edit(100min)}, std::vector {edit(100min), ban}}) {
            const auto span = policySpan(entries, keyTurns(entries), entries[0].key ? 1 : 0, 10min);
            QVERIFY(span.from == span.to && span.end->key == "ann");
        }
    }

    void thereIsNothingBeforeAPolicyWasMade()
    {
        auto first = edit(100min);
        first.before.clear();
        QCOMPARE(editEffect(effectOf({first}, 0), minutes(0, 200)).before, 0s);
        first.key = "ann"; // a key's first override is something else
        QCOMPARE(editEffect(effectOf({first}, 0), minutes(0, 200)).before, 600s);
    }

    void tellsHowAnEditCameToItsEnd()
    {
        const auto at = [](std::chrono::seconds after) { return "until:" + std::to_string((100min + after) / 1ms); };
        auto shadow = edit(100min);
        shadow.after = "8 shadow log 5/1000 " + at(30s) + ":enforce";
        auto ban = edit(100min + 3s);
        ban.key = "ann";
        ban.after = "4 ban 0";
        ban.version = 4;
        auto next = edit(100min + 10s + 900ms);
        next.version = 9;
        next.after = "9 enforce log 6/1000";
        auto lifted = ban;
        lifted.at = Instant(100min + 12s);
        lifted.after.clear();
        auto reset = ban;
        reset.at = Instant(100min + 5s);
        reset.after = "reset";
        reset.version = 0;

        QVERIFY(!editSpan({ban}, 0, 10min).end);
        QVERIFY(editSpan({shadow}, 0, 10min) == (EditSpan {Instant(90min), Instant(100min + 30s), End {Cause::Time, true, 0, 30s}}));
        QVERIFY(!editSpan({shadow}, 0, 20s).end); // ends beyond what is looked at
        QVERIFY(editSpan({next, shadow}, 1, 10min).end == (End {Cause::Edit, true, 9, 10s}));
        QVERIFY(editSpan({lifted, ban, shadow}, 1, 10min) == (EditSpan {Instant(100min), Instant(100min + 12s), End {Cause::Removal, false, 4, 9s}}));
        QVERIFY(editSpan({lifted, next, ban}, 2, 10min).end == (End {Cause::Edit, true, 9, 7s})); // the key's limit changed below it
        QVERIFY(editSpan({ban, shadow}, 0, 10min).end == (End {Cause::Time, true, 0, 27s}));
        QVERIFY(editSpan({lifted, reset, ban}, 2, 10min).end == (End {Cause::Edit, false, 0, 2s}));
        QVERIFY(editSpan({reset, ban, shadow}, 0, 10min).end == (End {Cause::Time, true, 0, 25s}));
        QVERIFY(!editSpan({lifted, ban, shadow}, 2, 20s).end); // a key's edits say nothing of the limit

        // What had ended before is nothing that the edit replaced.
        auto late = edit(110min);
        QVERIFY(editSpan({late, shadow}, 0, 10min).from == Instant(100min + 30s));
        late.key = "ann";
        QVERIFY(editSpan({late, reset, shadow}, 0, 10min).from == Instant(100min + 30s));
        QCOMPARE(effectOf({shadow}, 0), (EffectSpan {90min, 100min, 100min})); // minutes do not tell a mode of half of one
    }

    void theBookOfMinutesForgetsAndCorrects()
    {
        MinuteBook book;
        QVERIFY(book.since(0min).empty());
        book.put(minutes(0, 100));
        QCOMPARE(book.since(90min).size(), std::size_t {9}); // 90 to 98: the 99th went on
        book.put(minutes(98, 102));
        QCOMPARE(book.since(90min).size(), std::size_t {11});
        QCOMPARE(book.since(0min).back().minute, std::chrono::minutes(100));
        auto late = minutes(98, 100);
        late[0].rejected = 7;
        book.put(late);
        QCOMPARE(book.since(98min).front().rejected, std::uint64_t {7});
        book.put(minutes(460, 462));
        QCOMPARE(book.since(0min).size(), std::size_t {1}); // 461 - 360 = 101
    }

private:
    using End = EditHistory::End;
    using Cause = End::Cause;

    static EffectSpan effectOf(const std::vector<AuditEntry> &entries, std::size_t index) { return effectSpan(entries, keyTurns(entries), index); }

    static AuditEntry edit(std::chrono::microseconds at)
    {
        AuditEntry entry;
        entry.at = Instant(at);
        entry.policy = "search";
        entry.before = "1 enforce log 5/1000";
        return entry;
    }

    static std::vector<MinuteCounts> minutes(int from, int to)
    {
        std::vector<MinuteCounts> all;
        for (int i = from; i < to; ++i) {
            const auto n = static_cast<std::uint64_t>(i);
            all.push_back({std::chrono::minutes(i), n, n, 1, 0});
        }
        return all;
    }
};

QTEST_GUILESS_MAIN(EditEffectTest)
#include "tst_EditEffect.moc"
