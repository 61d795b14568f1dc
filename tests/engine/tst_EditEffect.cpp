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
        const auto effect = editEffect(effectSpan(entries, 0), minutes(0, 200));
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
        const auto span = effectSpan(entries, 0);
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
        QCOMPARE(effectSpan(entries, 0), (EffectSpan {101min, 105min, 116min}));
        QCOMPARE(effectSpan(entries, 2), (EffectSpan {101min, 103min, 105min}));
        QCOMPARE(effectSpan(entries, 3), (EffectSpan {98min, 100min, 105min}));
        QCOMPARE(effectSpan(entries, 4), (EffectSpan {98min, 100min, 105min}));
        QCOMPARE(effectSpan(entries, 5), (EffectSpan {87min, 97min, 100min}));
    }

    void thereIsNothingBeforeAPolicyWasMade()
    {
        auto first = edit(100min);
        first.before.clear();
        QCOMPARE(editEffect(effectSpan({first}, 0), minutes(0, 200)).before, 0s);
        first.key = "ann"; // a key's first override is something else
        QCOMPARE(editEffect(effectSpan({first}, 0), minutes(0, 200)).before, 600s);
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
