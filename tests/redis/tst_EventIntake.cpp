// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "redis/EventIntake.h"

#include <QTest>

using namespace rateguard;

class EventIntakeTest : public QObject
{
    Q_OBJECT

    static std::string message(int epoch, int sequence, const std::string &keys)
    {
        auto text = "RG 2 " + std::to_string(epoch) + ' ' + std::to_string(sequence) + ' ' + std::to_string(keys.size()) + " 1700000000000 ";
        for (const char key : keys) {
            text += std::string("1 7 0 20 10 1000 12 limit 22 {rateguard:0}:log:p:") + key + key;
        }
        return text;
    }

    static QByteArray keys(const std::optional<EventIntake::Events> &events)
    {
        QByteArray text;
        for (const auto &event : events.value_or(EventIntake::Events())) {
            text += event.key.substr(0, 1).front();
        }
        return text;
    }

private slots:
    void givesEachDecisionOnce()
    {
        EventIntake intake;
        QCOMPARE(keys(intake.pending(message(5, 1, "a"))), QByteArray("a"));
        QCOMPARE(keys(intake.pending(message(5, 1, "abc"))), QByteArray("bc"));
        QCOMPARE(keys(intake.published(message(5, 1, "abcd"))), QByteArray("d"));
        QCOMPARE(keys(intake.published(message(5, 2, "e"))), QByteArray("e"));
        QCOMPARE(intake.lost(), std::uint64_t {0});
    }

    // The two come on different connections, in any order.
    void waitsForAMessageThatIsOnItsWay()
    {
        EventIntake intake;
        intake.published(message(5, 1, "a"));
        QCOMPARE(keys(intake.pending(message(5, 3, "c"))), QByteArray());
        QCOMPARE(keys(intake.published(message(5, 2, "b"))), QByteArray("b"));
        QCOMPARE(keys(intake.pending(message(5, 3, "c"))), QByteArray("c"));
        QCOMPARE(keys(intake.published(message(5, 3, "cd"))), QByteArray("d"));
        QCOMPARE(keys(intake.pending(message(5, 3, "cd"))), QByteArray()); // came late
        QCOMPARE(intake.lost(), std::uint64_t {0});
    }

    void countsWhatWasLost()
    {
        EventIntake intake;
        intake.published(message(5, 1, "a"));
        intake.pending(message(5, 2, "b"));
        QCOMPARE(keys(intake.published(message(5, 4, "d"))), QByteArray("d"));
        QCOMPARE(intake.lost(), std::uint64_t {2});
    }

    void startsAnewWithAnotherLibraryOrConnection()
    {
        EventIntake intake;
        intake.published(message(5, 7, "a"));
        QCOMPARE(keys(intake.published(message(6, 1, "b"))), QByteArray("b"));
        intake.restart();
        QCOMPARE(keys(intake.published(message(6, 20, "c"))), QByteArray("c"));
        QCOMPARE(intake.lost(), std::uint64_t {0});
    }

    // What waits in Redis stays there while the connection is away.
    void tellsNoDecisionAgainAfterTheConnectionWasLost()
    {
        EventIntake intake;
        QCOMPARE(keys(intake.published(message(5, 7, "a"))), QByteArray("a"));
        QCOMPARE(keys(intake.pending(message(5, 8, "bc"))), QByteArray("bc"));
        intake.restart();
        QCOMPARE(keys(intake.pending(message(5, 8, "bcd"))), QByteArray("d"));
        intake.restart();
        QCOMPARE(keys(intake.published(message(5, 8, "bcde"))), QByteArray("e"));
        intake.restart();
        QCOMPARE(keys(intake.pending(message(5, 8, "bcde"))), QByteArray()); // an answer that was on its way
        QCOMPARE(keys(intake.pending(message(5, 12, "f"))), QByteArray("f")); // what we missed is a gap, not a loss
        QCOMPARE(keys(intake.published(message(5, 12, "fg"))), QByteArray("g"));
        QCOMPARE(intake.lost(), std::uint64_t {0});
        QCOMPARE(keys(intake.published(message(5, 14, "i"))), QByteArray("i"));
        QCOMPARE(intake.lost(), std::uint64_t {1});
    }

    // Behind an address may be one of two.
    void hearsAServerThatIsBackAgain()
    {
        EventIntake intake;
        intake.published(message(5, 7, "a"));
        intake.published(message(6, 1, "b"));
        intake.restart();
        QCOMPARE(keys(intake.published(message(5, 9, "c"))), QByteArray("c"));
        QCOMPARE(keys(intake.published(message(5, 10, "d"))), QByteArray("d"));
        QCOMPARE(intake.lost(), std::uint64_t {0});
    }

    void saysWhatIsDamaged()
    {
        EventIntake intake;
        std::string error;
        QVERIFY(!intake.published("RG 9 1 1 0 1 ", &error));
        QVERIFY(!error.empty());
    }
};

QTEST_APPLESS_MAIN(EventIntakeTest)
#include "tst_EventIntake.moc"
