// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "LimitsDesk.h"

using namespace rateguard;

// What single keys have, on the page of limits: made, changed, lifted.
class tst_LimitsPageOverrides : public QObject
{
    Q_OBJECT

private slots:
    void anOverrideIsMadeForATypedKey()
    {
        LimitsDesk place;
        place.click("newOverrideButton");
        QVERIFY(!place.find<QPushButton>("overrideSet")->isEnabled());
        QTest::keyClick(place.find<QComboBox>("overridePolicy"), Qt::Key_Down);
        place.find<QLineEdit>("overrideKey")->setText(QStringLiteral("müller\n")); // as from a terminal
        QVERIFY(place.text("overrideProblem").contains(QStringLiteral("line break")));
        place.find<QLineEdit>("overrideKey")->setText(QStringLiteral("müller"));
        place.find<QComboBox>("overrideKind")->setCurrentIndex(2);
        QVERIFY(!place.find<QPushButton>("overrideSet")->isEnabled()); // no limit yet
        QTest::keyClicks(place.find<QLineEdit>("overrideLimit"), QStringLiteral("30/"));
        QVERIFY(place.find<QLabel>("overrideProblem")->isVisible());
        QTest::keyClicks(place.find<QLineEdit>("overrideLimit"), QStringLiteral("min"));
        QVERIFY(!place.find<QLabel>("overrideProblem")->isVisible());
        place.send("overrideSet");
        QCOMPARE(place.keyEdits.size(), 1U);
        const OverrideEdit &edit = place.keyEdits[0];
        QCOMPARE(edit.key, std::string("m\xc3\xbcller"));
        QCOMPARE(edit.policy, std::string("search"));
        QVERIFY(edit.kind == Override::Kind::Limit && edit.limit.size() == 1 && edit.limit.front() == (Limit {30, 1min}));
        QVERIFY(edit.span == Duration(15min));
        QVERIFY(edit.expectedVersion == std::uint64_t {0});
        QCOMPARE(place.text("overrideOutcome"), QStringLiteral("… Sent. Waiting for Redis. (müller under search)"));
    }

    // The box showed the first of the list, whichever it was sent to.
    void theBoxShowsThePolicyThatTheOverrideIsSentTo()
    {
        LimitsDesk place;
        place.select("overrideTable", {1});
        place.click("changeOverrideButton");
        QCOMPARE(place.find<QComboBox>("overridePolicy")->currentText(), QStringLiteral("search"));
        place.click("overrideCancel");
        QTRY_VERIFY(!place.find<QComboBox>("overridePolicy"));
        place.page.edit("upload");
        place.click("newOverrideButton");
        QCOMPARE(place.find<QComboBox>("overridePolicy")->currentText(), QStringLiteral("upload"));
        place.find<QLineEdit>("overrideKey")->setText(QStringLiteral("user-7"));
        place.send("overrideSet");
        QCOMPARE(place.keyEdits.back().policy, std::string("upload"));
    }

    void aFormKeepsItsPolicyWhileThatHasNoLimit()
    {
        LimitsDesk place;
        place.select("overrideTable", {0});
        place.click("changeOverrideButton");
        place.find<QComboBox>("overrideKind")->setCurrentIndex(1);
        const std::string policy = place.now.overrides->all[0].policy;
        const auto policies = place.now.policies;
        std::erase_if(place.now.policies, [&](const PolicyRow &row) { return row.name == policy; });
        place.page.apply(place.now);
        QVERIFY(!place.find<QPushButton>("overrideSet")->isEnabled());
        QVERIFY(place.text("overrideProblem").contains(QStringLiteral("no limit any more")));
        place.now.policies = policies;
        place.page.apply(place.now);
        place.click("overrideSet");
        QCOMPARE(place.keyEdits.size(), 1U);
        QCOMPARE(place.keyEdits[0].policy, policy);
    }

    void anOverrideIsChangedAsItWasShownWithItsBytes()
    {
        LimitsDesk place;
        place.select("overrideTable", {0});
        place.click("changeOverrideButton");
        place.find<QComboBox>("overrideKind")->setCurrentIndex(1);
        place.click("overrideSet");
        QCOMPARE(place.keyEdits.size(), 1U);
        QCOMPARE(place.keyEdits[0].key, place.odd);
        QVERIFY(place.keyEdits[0].kind == Override::Kind::Exempt);
        QVERIFY(!place.keyEdits[0].span); // as before
        QVERIFY(place.keyEdits[0].expectedVersion == std::uint64_t {2});

        OverrideOutcome outcome;
        outcome.id = place.keyEdits[0].id;
        outcome.status = Status::Conflict;
        outcome.policy = "api";
        outcome.key = place.odd;
        outcome.version = 5;
        outcome.after = Override {Override::Kind::Ban, {}, std::nullopt, 5};
        Snapshot snapshot = place.now;
        snapshot.keyEdits.push_back(outcome);
        place.page.apply(snapshot);
        QVERIFY(place.text("overrideOutcome").startsWith(QStringLiteral("≠")));
        place.page.apply(place.now);
        QVERIFY(place.find<QLabel>("overrideOutcome")->isVisible()); // stays
    }

    void whatWasTypedOfAnOverrideStaysUntilItWasMade()
    {
        LimitsDesk place;
        place.click("newOverrideButton");
        place.find<QLineEdit>("overrideKey")->setText(QStringLiteral("user-7"));
        place.find<QLineEdit>("overrideReason")->setText(QStringLiteral("a robot"));
        for (const Status status : {Status::Refused, Status::Conflict, Status::Unknown, Status::Applied}) {
            place.send("overrideSet");
            QVERIFY(!place.find<QPushButton>("overrideSet")->isEnabled()); // not twice
            QVERIFY(place.text("overrideProblem").contains(QStringLiteral("Waiting for Redis")));
            QCOMPARE(place.keyEdits.back().reason, std::string("a robot"));
            OverrideOutcome outcome;
            outcome.id = place.keyEdits.back().id;
            outcome.status = status;
            Snapshot snapshot = place.now;
            snapshot.keyEdits.push_back(outcome);
            place.page.apply(snapshot);
            if (status == Status::Applied)
                break;
            QVERIFY(place.find<QPushButton>("overrideSet")->isEnabled());
            QCOMPARE(place.find<QLineEdit>("overrideReason")->text(), QStringLiteral("a robot"));
        }
        QCOMPARE(place.keyEdits.size(), 4U);
        QTRY_VERIFY(!place.find<QPushButton>("overrideSet")); // made: the editor is back
    }

    void theListHasTheFocusOnceAnOverrideIsMadeOrLetGo()
    {
        LimitsDesk place;
        place.click("newOverrideButton");
        place.find<QLineEdit>("overrideKey")->setText(QStringLiteral("user-7"));
        place.find<QPushButton>("overrideSet")->setFocus();
        place.send("overrideSet");
        QCOMPARE(place.page.focusWidget(), place.find<QPushButton>("overrideSet")->parentWidget()); // and not the table beside it
        OverrideOutcome outcome;
        outcome.id = place.keyEdits.back().id;
        outcome.status = Status::Applied;
        Snapshot snapshot = place.now;
        snapshot.keyEdits.push_back(outcome);
        place.page.apply(snapshot);
        QTRY_VERIFY(!place.find<QPushButton>("overrideSet"));
        QCOMPARE(place.page.focusWidget(), place.find<QTableView>("overrideTable"));
        place.click("newOverrideButton");
        QTest::keyClick(place.find<QLineEdit>("overrideKey"), Qt::Key_Escape);
        QTRY_VERIFY(!place.find<QPushButton>("overrideSet"));
        QCOMPARE(place.page.focusWidget(), place.find<QTableView>("overrideTable"));
    }

    void whatIsSaidOfAnOverrideGoesWithIt()
    {
        LimitsDesk place;
        place.click("newOverrideButton");
        place.find<QLineEdit>("overrideKey")->setText(QStringLiteral("user-7"));
        place.send("overrideSet");
        OverrideOutcome outcome;
        outcome.id = place.keyEdits.back().id;
        outcome.status = Status::Applied;
        outcome.policy = place.keyEdits.back().policy;
        outcome.key = "user-7";
        outcome.version = 12;
        Snapshot snapshot = place.now;
        snapshot.keyEdits.push_back(outcome);
        place.page.apply(snapshot);
        const auto *line = place.find<QLabel>("overrideOutcome");
        QVERIFY(line);
        const QString said = line->text();
        QVERIFY2(said.startsWith(QStringLiteral("✓")), qPrintable(said));
        place.page.apply(place.now); // the list was not read again yet
        QCOMPARE(line->text(), said);
        auto list = std::make_shared<OverrideList>(*place.now.overrides);
        list->all.push_back({outcome.policy, "user-7", {Override::Kind::Ban, {}, std::nullopt, 12}});
        Snapshot with = place.now;
        with.overrides = list;
        place.page.apply(with);
        QCOMPARE(line->text(), said);
        place.page.apply(place.now); // lifted
        QVERIFY(line->text().isEmpty());
    }

    void aBanIsConfirmedInTheSameWordsAsInTheDetails()
    {
        LimitsDesk place;
        place.page.setEnvironment(Environment::Test);
        place.select("overrideTable", {1});
        place.click("changeOverrideButton");
        place.find<QComboBox>("overrideKind")->setCurrentIndex(0);
        place.click("overrideSet");
        QCOMPARE(place.find<QLabel>("confirmWhat")->accessibleName(), QStringLiteral("Ban user-1 under search for 8 min"));
        QVERIFY(place.keyEdits.empty());
        place.click("confirmGo");
        QCOMPARE(place.keyEdits.size(), 1U);
    }

    void manyOverridesAreLifted()
    {
        LimitsDesk place;
        place.select("overrideTable", {0, 1});
        QCOMPARE(place.find<QPushButton>("liftOverrideButton")->text(), QStringLiteral("Lift 2…"));
        place.click("liftOverrideButton");
        QVERIFY(place.keyEdits.empty());
        place.find<QLineEdit>("bulkReason")->setText(QStringLiteral("over"));
        place.click("bulkGo");
        QCOMPARE(place.keyEdits.size(), 2U);
        QVERIFY(!place.keyEdits[1].kind);
        QVERIFY(place.keyEdits[1].expectedVersion == std::uint64_t {4});
        QCOMPARE(place.keyEdits[1].reason, std::string("over"));
    }

    // As in its details: who gets through 100 per second because it is exempt is shut out by a limit of one.
    void aLiftGoesByWhatTheKeyGetsThroughNow()
    {
        LimitsDesk place;
        auto list = std::make_shared<OverrideList>(*place.now.overrides);
        list->all[1].value = {Override::Kind::Exempt, {}, std::nullopt, 4};
        place.now.overrides = list;
        KeyEntry entry;
        entry.policy = "search";
        entry.key = "user-1";
        entry.row.rates.allowed = 100;
        place.now.table.held.push_back(entry);
        place.page.setEnvironment(Environment::Production);
        place.page.apply(place.now);
        place.select("overrideTable", {1});
        place.click("liftOverrideButton");
        QCOMPARE(place.find<QPushButton>("bulkGo")->text(), QStringLiteral("Lift 1…"));
        place.click("bulkGo");
        QVERIFY(place.keyEdits.empty()); // a name is to be typed first
    }

    void theEmptyListSaysWhatItIsFor()
    {
        LimitsDesk place;
        place.now.overrides.reset();
        place.page.apply(place.now);
        QVERIFY(place.text("overrideEmpty").contains(QStringLiteral("not been read"))); // not known is not none
        place.now.overrides = std::make_shared<OverrideList>();
        place.page.apply(place.now);
        QVERIFY(place.find<QLabel>("overrideEmpty")->isVisible());
        QVERIFY(place.text("overrideEmpty").contains(QStringLiteral("New override")));
    }
};

QTEST_MAIN(tst_LimitsPageOverrides)
#include "tst_LimitsPageOverrides.moc"
