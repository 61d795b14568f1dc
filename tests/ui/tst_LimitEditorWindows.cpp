// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "EditorDesk.h"

using namespace rateguard;

namespace {

PolicyRow twoWindows()
{
    PolicyRow row = policy(60, 3);
    row.rule.limit.push({1000, 1h});
    return row;
}

} // namespace

class tst_LimitEditorWindows : public QObject
{
    Q_OBJECT

private slots:
    void aSingleWindowShowsOneRow()
    {
        const Desk desk;
        QVERIFY(desk.limit()->isVisible());
        QVERIFY(!desk.find<QSpinBox>("limitSpin2")->isVisible());
        QVERIFY(!desk.find<QWidget>("removeWindow")->isVisible());
        QVERIFY(!desk.find<QWidget>("forCombo")->isVisible());
        QVERIFY(!desk.shows("limitNote"));
    }

    void showsAllWindows()
    {
        Desk desk;
        desk.editor.apply(live({twoWindows()}));
        QCOMPARE(desk.limit()->value(), 60);
        QCOMPARE(desk.find<QSpinBox>("limitSpin2")->value(), 1000);
        QCOMPARE(desk.find<QComboBox>("windowUnit2")->currentText(), QStringLiteral("h"));
        QVERIFY(!desk.find<QSpinBox>("limitSpin3")->isVisible());
        QCOMPARE(desk.text("diffLabel"), QStringLiteral("search: 60/min 1000/h enforce, v3"));
    }

    void aWindowIsAddedAndTyped()
    {
        Desk desk;
        QTest::keyClick(desk.find<QPushButton>("addWindowButton"), Qt::Key_Space);
        auto *count = desk.find<QSpinBox>("limitSpin2");
        QVERIFY(count->isVisible());
        QTest::keyClicks(count, QStringLiteral("1000")); // over what is selected
        QCOMPARE(desk.text("diffLabel"), QStringLiteral("search: 60/min enforce → 60/min 1000/h enforce, v3 → v4"));
        desk.applyButton()->click();
        QVERIFY(desk.edits.empty()); // 1000/h is less than a third of it: a large step
        desk.find<QPushButton>("confirmGo")->click();
        QCOMPARE(desk.edits.size(), 1U);
        QCOMPARE(formatLimit(desk.edits[0].limit), std::string("60/min 1000/h"));
    }

    void aWindowIsRemoved()
    {
        Desk desk;
        desk.editor.apply(live({twoWindows()}));
        QTest::mouseClick(desk.find<QWidget>("removeWindow"), Qt::LeftButton);
        QCOMPARE(desk.limit()->value(), 1000);
        QCOMPARE(desk.text("diffLabel"), QStringLiteral("search: 60/min 1000/h enforce → 1000/h enforce, v3 → v4"));
        desk.find<QPushButton>("discardButton")->click();
        QCOMPARE(desk.find<QSpinBox>("limitSpin2")->value(), 1000);
    }

    void thereAreFourWindowsAtMost()
    {
        Desk desk;
        auto *add = desk.find<QPushButton>("addWindowButton");
        for (int i = 0; i < 3; ++i)
            add->click();
        QVERIFY(!add->isEnabled());
        QVERIFY(add->toolTip().contains(QStringLiteral("four")));
        QVERIFY(desk.applyButton()->isEnabled());
        desk.applyButton()->click();
        QCOMPARE(formatLimit(desk.edits[0].limit), std::string("60/min 3600/h 86400/d 604800/7d"));
    }

    void noWindowStandsTwice()
    {
        Desk desk;
        desk.find<QPushButton>("addWindowButton")->click();
        desk.find<QComboBox>("windowUnit2")->setCurrentIndex(2);
        QVERIFY(desk.shows("limitNote"));
        QVERIFY(desk.text("limitNote").contains(QStringLiteral("per min")));
        QVERIFY(!desk.applyButton()->isEnabled());
        QCOMPARE(desk.applyButton()->toolTip(), desk.text("limitNote"));
        desk.find<QComboBox>("windowUnit2")->setCurrentIndex(1);
        QVERIFY(!desk.shows("limitNote"));
        QVERIFY(desk.applyButton()->isEnabled());
    }

    void largeCountsAskForTheBucket()
    {
        Desk desk;
        desk.limit()->setValue(5'000'000);
        QVERIFY(desk.text("limitNote").contains(QStringLiteral("1,000,000")));
        QVERIFY(!desk.applyButton()->isEnabled());
        desk.find<QComboBox>("algorithmCombo")->setCurrentIndex(1);
        QVERIFY(desk.text("limitNote").contains(QStringLiteral("Little memory")));
        QVERIFY(desk.find<QComboBox>("algorithmCombo")->toolTip().contains(QStringLiteral("1,000,000,000")));
        QVERIFY(desk.applyButton()->isEnabled());
        desk.send();
        QCOMPARE(formatLimit(desk.edits[0].limit), std::string("bucket 5000000/min"));
        QCOMPARE(desk.limit()->maximum(), 1'000'000'000);
    }

    void rowsHaveNamesForScreenReaders()
    {
        Desk desk;
        desk.find<QPushButton>("addWindowButton")->click();
        QCOMPARE(desk.limit()->accessibleName(), QStringLiteral("Limit"));
        QCOMPARE(desk.find<QSpinBox>("limitSpin2")->accessibleName(), QStringLiteral("Limit 2"));
        QCOMPARE(desk.find<QSpinBox>("windowSpin2")->accessibleName(), QStringLiteral("Window 2"));
        QCOMPARE(desk.find<QWidget>("removeWindow2")->accessibleName(), QStringLiteral("Remove window 2"));
    }

    void aModeIsGivenAnEnd()
    {
        Desk desk;
        desk.find<QComboBox>("modeCombo")->setCurrentIndex(1);
        auto *choice = desk.find<QComboBox>("forCombo");
        QVERIFY(choice->isVisible());
        choice->setCurrentIndex(1);
        QCOMPARE(desk.text("diffLabel"), QStringLiteral("search: 60/min enforce → 60/min shadow for 10 min, v3 → v4"));
        QCOMPARE(desk.text("endLabel"), QStringLiteral("Ends by itself, then enforce."));
        QVERIFY(!desk.find<QSpinBox>("forSpin")->isVisible());
        choice->setCurrentIndex(3);
        auto *span = desk.find<QSpinBox>("forSpin");
        QVERIFY(span->isVisible());
        span->setValue(10); // a time that is also in the list
        desk.editor.apply(live({policy(60, 3)}));
        QVERIFY(span->isVisible());
        span->setValue(45);
        desk.send();
        QVERIFY(desk.edits[0].mode == Mode::Shadow);
        QVERIFY(desk.edits[0].modeFor == Duration(45min));
    }

    void aRunningEndIsCountedByServerTime()
    {
        Desk desk;
        PolicyRow row = policy(60, 4);
        row.rule.mode = Mode::Shadow;
        row.rule.until = Instant(100h + 7min);
        Snapshot snapshot = live({row});
        snapshot.now = Instant(100h);
        desk.editor.apply(snapshot);
        QCOMPARE(desk.text("endLabel"), QStringLiteral("Now shadow, ends in 7 min, then enforce."));
        QCOMPARE(desk.find<QComboBox>("forCombo")->currentText(), QStringLiteral("7 min more"));
        QVERIFY(!desk.applyButton()->isEnabled());
        snapshot.now += 5min;
        desk.editor.apply(snapshot);
        QCOMPARE(desk.find<QComboBox>("forCombo")->currentText(), QStringLiteral("2 min more"));
        snapshot.now += 2min;
        desk.editor.apply(snapshot);
        QCOMPARE(desk.find<QComboBox>("modeCombo")->currentIndex(), 0);
        QVERIFY(!desk.find<QComboBox>("forCombo")->isVisible());
        QVERIFY(!desk.shows("endLabel"));
        QCOMPARE(desk.text("diffLabel"), QStringLiteral("search: 60/min enforce, v4"));
    }

    void aRunningEndCanBeTakenOff()
    {
        Desk desk;
        PolicyRow row = policy(60, 4);
        row.rule.mode = Mode::Shadow;
        row.rule.until = Instant(7min);
        desk.editor.apply(live({row}));
        desk.find<QComboBox>("forCombo")->setCurrentIndex(1);
        QCOMPARE(desk.text("diffLabel"), QStringLiteral("search: 60/min shadow (7 min left) → 60/min shadow, v4 → v5"));
        desk.send();
        QVERIFY(!desk.edits[0].keepMode);
        QVERIFY(!desk.edits[0].modeFor);
    }

    void aPartitionThatIsBehindIsTold()
    {
        Desk desk;
        desk.submit(100);
        Snapshot snapshot = live({policy(100, 4)});
        EditOutcome outcome;
        outcome.id = desk.edits[0].id;
        outcome.status = Status::Applied;
        outcome.after = hundred;
        outcome.copies = 3;
        outcome.partitions = 4;
        snapshot.edits.push_back(outcome);
        desk.editor.apply(snapshot);
        QVERIFY(desk.text("outcomeLabel").contains(QStringLiteral("3 of 4 partitions")));
    }
};

QTEST_MAIN(tst_LimitEditorWindows)
#include "tst_LimitEditorWindows.moc"
