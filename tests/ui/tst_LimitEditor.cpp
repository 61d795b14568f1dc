// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "EditorDesk.h"

#include <QSignalSpy>

using namespace rateguard;

class tst_LimitEditor : public QObject
{
    Q_OBJECT

private slots:
    void showsTheLimitAndHasNothingToApply()
    {
        const Desk desk;
        QCOMPARE(desk.limit()->value(), 60);
        QCOMPARE(desk.find<QSpinBox>("windowSpin")->value(), 1);
        QCOMPARE(desk.find<QComboBox>("windowUnit")->currentText(), QStringLiteral("min"));
        QVERIFY(!desk.applyButton()->isEnabled());
        QVERIFY(!desk.applyButton()->toolTip().isEmpty());
    }

    void anEditCarriesWhatTheOperatorSawAndWants()
    {
        Desk desk;
        desk.limit()->setValue(100);
        desk.find<QSpinBox>("windowSpin")->setValue(30);
        desk.find<QComboBox>("windowUnit")->setCurrentIndex(1);
        desk.find<QComboBox>("modeCombo")->setCurrentIndex(1);
        QTest::keyClicks(desk.find<QLineEdit>("reasonEdit"), QStringLiteral("launch day"));
        QCOMPARE(desk.text("diffLabel"), QStringLiteral("search: 60/min enforce → 100/30s shadow, v3 → v4"));
        QVERIFY(desk.applyButton()->isEnabled());
        QCOMPARE(desk.applyButton()->text(), QStringLiteral("&Apply…"));
        desk.applyButton()->click();
        desk.find<QPushButton>("confirmGo")->click(); // shadow rejects nothing
        QCOMPARE(desk.edits.size(), 1U);
        const LimitEdit &edit = desk.edits[0];
        QCOMPARE(edit.policy, std::string("search"));
        QVERIFY(edit.limit == (Limit {100, 30s}));
        QVERIFY(edit.mode == Mode::Shadow);
        QVERIFY(edit.expectedVersion == std::uint64_t {3});
        QCOMPARE(edit.reason, std::string("launch day"));
        QVERIFY(edit.author.find('@') != std::string::npos);
        QVERIFY(edit.id != 0);
    }

    void nothingIsSentTwice()
    {
        Desk desk;
        desk.submit(100);
        QVERIFY(!desk.applyButton()->isEnabled());
        QVERIFY(desk.text("outcomeLabel").startsWith(QStringLiteral("…")));
        desk.applyButton()->click();
        QCOMPARE(desk.edits.size(), 1U);
    }

    // Who is told has done with the editor, and leads the focus out of it.
    void tellsThatAnEditWasMadeOnlyWhenNothingWasTypedSince()
    {
        for (const char *next : {"", "of the next one"}) {
            Desk desk;
            QSignalSpy applied(&desk.editor, &LimitEditor::applied);
            auto *reason = desk.find<QLineEdit>("reasonEdit");
            QTest::keyClicks(reason, QStringLiteral("launch day"));
            desk.submit(100);
            if (*next) {
                reason->clear();
                QTest::keyClicks(reason, QString::fromLatin1(next));
            }
            desk.settle(Status::Applied, hundred, {policy(100, 4)});
            QCOMPARE(applied.size(), *next ? 0 : 1);
            QCOMPARE(reason->text(), QString::fromLatin1(next));
        }
    }

    void anUntouchedEditorFollowsRedis()
    {
        Desk desk;
        desk.editor.apply(live({policy(80, 5)}));
        QCOMPARE(desk.limit()->value(), 80);
        QVERIFY(!desk.shows("overtakenLabel"));
    }

    void aDraftSurvivesDisconnectionAndOtherPolicies()
    {
        Desk desk;
        desk.limit()->setValue(100);
        Snapshot lost = live({policy(60, 3)});
        lost.link.state = LinkState::Lost;
        desk.editor.apply(lost);
        QCOMPARE(desk.limit()->value(), 100);
        QVERIFY(!desk.applyButton()->isEnabled());
        QVERIFY(desk.applyButton()->toolTip().contains(QStringLiteral("Not connected")));
        const PolicyRow other = policy(5, 1, "api");
        desk.editor.apply(live({other, policy(60, 3)}));
        desk.editor.select(other);
        QCOMPARE(desk.limit()->value(), 5);
        desk.editor.select(policy(60, 3));
        QCOMPARE(desk.limit()->value(), 100);
        QVERIFY(desk.applyButton()->isEnabled());
    }

    void discardGoesBackToTheLimit()
    {
        Desk desk;
        desk.limit()->setValue(100);
        desk.find<QPushButton>("discardButton")->click();
        QCOMPARE(desk.limit()->value(), 60);
        QVERIFY(!desk.find<QPushButton>("discardButton")->isEnabled());
    }

    void readOnlyEditsNothing()
    {
        const Desk desk(true);
        desk.limit()->setValue(100);
        QVERIFY(!desk.applyButton()->isEnabled());
        QVERIFY(desk.applyButton()->toolTip().contains(QStringLiteral("Read-only")));
        QVERIFY(!desk.limit()->isEnabled());
    }

    void aUserWithoutRightsEditsNothing()
    {
        Desk desk;
        Snapshot snapshot = live({policy(60, 3)});
        snapshot.link.mayEdit = false;
        desk.editor.apply(snapshot);
        QVERIFY(!desk.limit()->isEnabled());
        QVERIFY(desk.applyButton()->toolTip().contains(QStringLiteral("only watch")));
    }

    void aWindowKeepsTheUnitThatWasChosen()
    {
        Desk desk;
        desk.find<QComboBox>("windowUnit")->setCurrentIndex(1);
        desk.find<QSpinBox>("windowSpin")->setValue(120);
        desk.editor.apply(live({policy(60, 3)}));
        QCOMPARE(desk.find<QSpinBox>("windowSpin")->value(), 120);
        QCOMPARE(desk.find<QComboBox>("windowUnit")->currentText(), QStringLiteral("s"));
    }

    void aPolicyThatIsGoneLeavesTheEditor()
    {
        Desk desk;
        desk.editor.apply(live({}));
        QVERIFY(!desk.limit()->isVisible());
        QVERIFY(!desk.applyButton()->isVisible());
    }
};

QTEST_MAIN(tst_LimitEditor)
#include "tst_LimitEditor.moc"
