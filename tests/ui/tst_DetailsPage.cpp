// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "Agree.h"
#include "KeyDesk.h"
#include "widgets/DetailsPage.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QMimeData>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

using namespace rateguard;
using Status = OverrideOutcome::Status;

namespace {

// The page with the key of the desk, and what it asked for.
struct Bench
{
    explicit Bench(bool readOnly = false)
    {
        page.setEnvironment(Environment::Development);
        page.setReadOnly(readOnly);
        QObject::connect(&page, &DetailsPage::overrideRequested, &page, [this](const OverrideEdit &edit) { edits.push_back(edit); });
        page.resize(1000, 640);
        page.show();
        page.select(desk.detail.policy, desk.detail.key);
        show();
        show();
    }
    void show() { page.apply(desk.snapshot()); }
    void show(const Snapshot &snapshot) { page.apply(snapshot); }
    void settle(Status status)
    {
        Snapshot snapshot = desk.snapshot();
        OverrideOutcome outcome;
        outcome.id = edits.back().id;
        outcome.status = status;
        outcome.version = 7;
        outcome.after = Override {Override::Kind::Ban, {}, std::nullopt, 7};
        outcome.message = "<b>Look</b>";
        snapshot.keyEdits.push_back(outcome);
        page.apply(snapshot);
    }
    template <typename Widget>
    Widget *find(const char *name) const { return page.findChild<Widget *>(QString::fromLatin1(name)); }
    QString text(const char *label) const { return find<QLabel>(label)->text(); }
    bool shows(const char *label) const { return find<QLabel>(label)->isVisible(); }
    void click(const char *button) const // and says yes to what is asked
    {
        find<QPushButton>(button)->click();
        agree(page);
    }

    KeyDesk desk;
    DetailsPage page {nullptr};
    std::vector<OverrideEdit> edits;
};

const std::initializer_list<const char *> actions {"banButton", "exemptButton", "ownLimitButton", "liftButton", "resetButton"};

} // namespace

class tst_DetailsPage : public QObject
{
    Q_OBJECT

private slots:
    void saysWhoItIsHowItFaresAndUnderWhat()
    {
        const Bench bench;
        QCOMPARE(bench.text("keyNameLabel"), QStringLiteral("search · scraper"));
        QVERIFY(bench.text("keyStateLabel").startsWith(QStringLiteral("Throttled: rejected again and again for 12 min, since ")));
        QCOMPARE(bench.text("keyLimitLabel"), QStringLiteral("Policy search: 60/min, enforce, v3"));
        QVERIFY(bench.text("keyFiguresLabel").contains(QStringLiteral("440 of 500")));
        QVERIFY(bench.text("rejectionLabel").startsWith(QStringLiteral("Rejected 0.2 s ago: the limit of 60 in 60 s was used up.")));
        QVERIFY(bench.text("nextDecisionLabel").contains(QStringLiteral("told to wait 3.2 s")));
        QVERIFY(bench.page.findChild<QWidget *>(QStringLiteral("windowStrip"))->isVisible());
        QCOMPARE(bench.find<QTableView>("keyEditsTable")->model()->rowCount(), 2);
    }

    void anOverrideIsShownWithItsEnd()
    {
        Bench bench;
        bench.desk.detail.override = Override {Override::Kind::Ban, {}, KeyDesk::now + 23min, 2};
        bench.show();
        QCOMPARE(bench.text("keyOverrideLabel"), QStringLiteral("◆ Instead of that: banned, ends in 23 min, k2"));
        QVERIFY(bench.find<QLabel>("keyOverrideLabel")->toolTip().contains(QStringLiteral("k2: an edit of this key alone")));
        QVERIFY(bench.shows("windowNote"));
    }

    void whoIsBannedIsCalledBanned()
    {
        Bench bench;
        bench.desk.detail.override = Override {Override::Kind::Ban, {}, KeyDesk::now + 23min, 2};
        bench.show();
        QCOMPARE(bench.text("keyStateLabel"), QStringLiteral("Banned: Every request is rejected until the ban ends or is lifted."));
        bench.desk.detail.row.total = {}; // nor is it otherwise when nothing of it was heard
        bench.show();
        QVERIFY(bench.text("keyStateLabel").startsWith(QStringLiteral("Banned: ")));
        bench.desk.detail.override.reset();
        bench.desk.detail.row.rates = {};
        bench.show();
        QVERIFY(bench.text("keyStateLabel").startsWith(QStringLiteral("Not seen: ")));
    }

    void oldFiguresSayOfWhenTheyAre()
    {
        Bench bench;
        QVERIFY(!bench.shows("windowNote"));
        bench.desk.detail.at -= 1min;
        bench.show();
        QVERIFY(bench.text("windowNote").startsWith(QStringLiteral("As of ")));
    }

    void withoutAKeyTheWayToTheKeysIsShown()
    {
        Bench bench;
        bench.page.selectNothing();
        QSignalSpy chosen(&bench.page, &DetailsPage::pageChosen);
        QVERIFY(bench.find<QPushButton>("showKeysButton")->isVisible());
        bench.click("showKeysButton");
        QCOMPARE(chosen.at(0).at(0).value<Page>(), Page::Keys);
    }

    void anotherKeyShowsNothingOfTheOneBefore()
    {
        Bench bench;
        bench.page.select("search", "other");
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(bench.text("keyNameLabel"), QStringLiteral("search · other"));
            QCOMPARE(bench.text("keyStateLabel"), QStringLiteral("Asking Redis…"));
            QCOMPARE(bench.text("rejectionLabel"), QStringLiteral("Asking Redis…"));
            for (const char *action : actions)
                QVERIFY(!bench.find<QPushButton>(action)->isEnabled());
            bench.show(); // still about the scraper
        }
    }

    void whatRedisDoesNotSayIsSaid()
    {
        Bench bench;
        bench.desk.detail.next.reset();
        bench.desk.detail.error = "This Redis user may not call functions.";
        bench.show();
        QVERIFY(bench.text("nextDecisionLabel").contains(QStringLiteral("may not call functions")));
    }

    void anActionAsksForWhatIsOnScreen_data()
    {
        QTest::addColumn<QString>("button");
        QTest::addColumn<int>("kind"); // -1: none
        QTest::addColumn<bool>("timed");
        QTest::addColumn<bool>("reset");
        QTest::newRow("ban") << "banButton" << int(Override::Kind::Ban) << true << false;
        QTest::newRow("exempt") << "exemptButton" << int(Override::Kind::Exempt) << true << false;
        QTest::newRow("own limit") << "ownLimitButton" << int(Override::Kind::Limit) << true << false;
        QTest::newRow("lift") << "liftButton" << -1 << false << false;
        QTest::newRow("reset") << "resetButton" << -1 << false << true;
    }

    void anActionAsksForWhatIsOnScreen()
    {
        QFETCH(QString, button);
        QFETCH(int, kind);
        QFETCH(bool, timed);
        QFETCH(bool, reset);
        Bench bench;
        bench.desk.detail.override = Override {Override::Kind::Exempt, {}, std::nullopt, 5};
        bench.show();
        bench.find<QComboBox>("spanCombo")->setCurrentIndex(0);
        bench.find<QLineEdit>("overrideReasonEdit")->setText(QStringLiteral(" a robot "));
        bench.find<QLineEdit>("ownLimitEdit")->setText(QStringLiteral("30/min"));
        bench.find<QPushButton>(button.toLatin1().constData())->setFocus();
        bench.click(button.toLatin1().constData());
        QCOMPARE(bench.edits.size(), std::size_t {1});
        QWidget *focus = bench.find<QPushButton>(button.toLatin1().constData())->window()->focusWidget();
        QVERIFY(!qobject_cast<QPushButton *>(focus) && !qobject_cast<QLineEdit *>(focus)); // the next key pressed does nothing else
        const OverrideEdit &edit = bench.edits[0];
        QCOMPARE(edit.policy, std::string("search"));
        QCOMPARE(edit.key, std::string("scraper"));
        QCOMPARE(edit.kind ? static_cast<int>(*edit.kind) : -1, kind);
        QCOMPARE(edit.reset, reset);
        QVERIFY(edit.span == (timed ? std::optional(Duration(5min)) : std::nullopt));
        QCOMPARE(edit.reason, std::string("a robot"));
        QVERIFY(edit.author.find('@') != std::string::npos);
        QVERIFY(edit.id >= std::uint64_t {1} << 32);
        if (!reset)
            QCOMPARE(edit.expectedVersion.value(), 5ULL);
        if (kind == int(Override::Kind::Limit))
            QCOMPARE(formatWindow(edit.limit.front().window), std::string("min"));
        QVERIFY(bench.text("keyOutcomeLabel").startsWith(QStringLiteral("…")));
        for (const char *action : actions)
            QVERIFY(!bench.find<QPushButton>(action)->isEnabled()); // until Redis has answered
    }

    void withoutAnOverrideNothingMustBeThereAndNothingCanBeLifted()
    {
        Bench bench;
        QVERIFY(!bench.find<QPushButton>("liftButton")->isEnabled());
        QVERIFY(bench.find<QPushButton>("liftButton")->toolTip().contains(QStringLiteral("nothing to lift")));
        bench.click("banButton");
        QCOMPARE(bench.edits.at(0).expectedVersion.value(), 0ULL);
        QVERIFY(bench.edits.at(0).span == Duration(15min));
    }

    void untilLiftedHasNoEnd()
    {
        Bench bench;
        auto *choice = bench.find<QComboBox>("spanCombo");
        choice->setCurrentText(QStringLiteral("until it is lifted"));
        bench.click("banButton");
        QVERIFY(!bench.edits.at(0).span);
    }

    void aTimeThatIsTypedHasRoom()
    {
        Bench bench;
        bench.find<QComboBox>("spanCombo")->setCurrentText(QStringLiteral("a time…"));
        QCoreApplication::processEvents();
        const auto *unit = bench.find<QComboBox>("spanUnit");
        QVERIFY(unit->isVisible());
        QCOMPARE(unit->visibleRegion().boundingRect(), unit->rect()); // nothing is cut
        QCOMPARE(bench.find<QPushButton>("resetButton")->visibleRegion().boundingRect(), bench.find<QPushButton>("resetButton")->rect());
        bench.click("banButton");
        QVERIFY(bench.edits.at(0).span == Duration(30min));
    }

    void whoChoosesToTypeATimeTypesIt()
    {
        Bench bench;
        bench.page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&bench.page));
        auto *choice = bench.find<QComboBox>("spanCombo");
        choice->setFocus();
        QTest::keyClick(choice, Qt::Key_End);
        QCOMPARE(choice->currentText(), QStringLiteral("a time…"));
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("10min"));
        QCOMPARE(choice->currentText(), QStringLiteral("a time…"));
        bench.click("banButton");
        QVERIFY(bench.edits.at(0).span == Duration(10min));
        bench.settle(Status::Refused); // what was not made keeps its time
        QCOMPARE(choice->currentText(), QStringLiteral("a time…"));
        bench.find<QWidget>("spanSpin")->setFocus();
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("2H"));
        bench.click("banButton");
        QVERIFY(bench.edits.at(1).span && *bench.edits.at(1).span % 1h == 0ms);
    }

    void eachActAndEachKeyBeginWithTheUsualTime()
    {
        Bench bench;
        auto *choice = bench.find<QComboBox>("spanCombo");
        const QString usual = choice->currentText();
        choice->setCurrentText(QStringLiteral("until it is lifted"));
        bench.click("banButton");
        QVERIFY(choice->currentText() != usual);
        bench.settle(Status::Applied);
        QCOMPARE(choice->currentText(), usual);
        choice->setCurrentText(QStringLiteral("a time…"));
        bench.find<QSpinBox>("spanSpin")->setValue(10);
        bench.page.select("search", "user-2");
        QCOMPARE(choice->currentText(), usual);
        choice->setCurrentText(QStringLiteral("a time…"));
        QCOMPARE(bench.find<QSpinBox>("spanSpin")->value(), 30);
    }

    void aLimitThatIsNoneIsNotSent()
    {
        Bench bench;
        bench.page.setEnvironment(Environment::Test);
        QCOMPARE(bench.find<QPushButton>("ownLimitButton")->text(), QStringLiteral("Set own limit")); // asks nothing
        bench.find<QLineEdit>("ownLimitEdit")->setText(QStringLiteral("lots"));
        bench.click("ownLimitButton");
        QCOMPARE(bench.edits.size(), std::size_t {0});
        QVERIFY(bench.shows("ownLimitProblem"));
        QTest::keyClick(bench.find<QLineEdit>("ownLimitEdit"), Qt::Key_A);
        QVERIFY(!bench.shows("ownLimitProblem"));
    }

    void eachOutcomeIsSaid_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("sign");
        QTest::newRow("applied") << int(Status::Applied) << QStringLiteral("✓");
        QTest::newRow("conflict") << int(Status::Conflict) << QStringLiteral("≠");
        QTest::newRow("refused") << int(Status::Refused) << QStringLiteral("✗");
        QTest::newRow("unknown") << int(Status::Unknown) << QStringLiteral("?");
    }

    void eachOutcomeIsSaid()
    {
        QFETCH(int, status);
        QFETCH(QString, sign);
        Bench bench;
        bench.click("banButton");
        bench.settle(static_cast<Status>(status));
        QVERIFY(bench.shows("keyOutcomeLabel"));
        QVERIFY(bench.text("keyOutcomeLabel").startsWith(sign));
        QVERIFY(bench.find<QPushButton>("banButton")->isEnabled());
    }

    void aReasonStaysUntilItsEditWasMade()
    {
        Bench bench;
        auto *reason = bench.find<QLineEdit>("overrideReasonEdit");
        reason->setText(QStringLiteral(" a robot "));
        for (const Status status : {Status::Refused, Status::Conflict, Status::Unknown}) {
            bench.click("banButton");
            bench.settle(status);
            QCOMPARE(reason->text(), QStringLiteral(" a robot ")); // to be sent again
        }
        bench.settle(Status::Applied); // as was found when the unknown one was looked up
        QCOMPARE(reason->text(), QString());
        reason->setText(QStringLiteral("first"));
        bench.click("banButton");
        reason->setText(QStringLiteral("second"));
        bench.settle(Status::Applied);
        QCOMPARE(reason->text(), QStringLiteral("second"));
    }

    void anOutcomeBelongsToItsKey()
    {
        Bench bench;
        bench.click("banButton");
        bench.page.select("search", "other");
        QVERIFY(!bench.shows("keyOutcomeLabel"));
        bench.page.hide();
        bench.settle(Status::Refused); // while nobody looks
        bench.page.show();
        QVERIFY(!bench.shows("keyOutcomeLabel"));
        bench.page.select("search", "scraper");
        QVERIFY(bench.text("keyOutcomeLabel").startsWith(QStringLiteral("✗")));
    }

    void whoMayOnlyWatchSeesWhyAndCanDoNothing_data()
    {
        QTest::addColumn<bool>("readOnly");
        QTest::addColumn<bool>("mayEdit");
        QTest::addColumn<bool>("live");
        QTest::newRow("read-only") << true << true << true;
        QTest::newRow("rights") << false << false << true;
        QTest::newRow("not connected") << false << true << false;
    }

    void whoMayOnlyWatchSeesWhyAndCanDoNothing()
    {
        QFETCH(bool, readOnly);
        QFETCH(bool, mayEdit);
        QFETCH(bool, live);
        Bench bench(readOnly);
        Snapshot snapshot = bench.desk.snapshot();
        snapshot.link.mayEdit = snapshot.link.mayOverride = mayEdit;
        snapshot.link.state = live ? LinkState::Live : LinkState::Lost;
        bench.show(snapshot);
        QVERIFY(bench.shows("keyObstacleLabel"));
        for (const char *action : actions) {
            QVERIFY(!bench.find<QPushButton>(action)->isEnabled());
            QCOMPARE(bench.find<QPushButton>(action)->toolTip(), bench.find<QPushButton>("banButton")->toolTip());
        }
        QVERIFY(!bench.find<QPushButton>("banButton")->toolTip().isEmpty());
        QVERIFY(bench.find<QPushButton>("editPolicyButton")->isEnabled()); // to look at it
    }

    void theKeyIsCopiedWholeByButtonAndByKeyboard()
    {
        Bench bench;
        bench.desk.detail.key = "a\xC3\xA4\n" + std::string(500, 'x');
        bench.page.select("search", bench.desk.detail.key);
        bench.click("copyKeyButton");
        QCOMPARE(QGuiApplication::clipboard()->text().toStdString(), bench.desk.detail.key);
        QGuiApplication::clipboard()->clear();
        auto *focus = bench.find<QComboBox>("spanCombo");
        focus->setEnabled(true);
        focus->setFocus();
        QTest::keyClick(focus, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text().toStdString(), bench.desk.detail.key);
    }

    void whatIsNoTextIsCopiedAsItIsShownAndAsBytes()
    {
        Bench bench;
        bench.page.select("search", "a\xFF");
        bench.click("copyKeyButton");
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("a\\xFF"));
        QCOMPARE(QGuiApplication::clipboard()->mimeData()->data(QStringLiteral("application/octet-stream")), QByteArray("a\xFF"));
    }

    void withoutALimitThereIsNothingToMakeAnExceptionFrom()
    {
        Bench bench;
        bench.desk.detail.override = Override {Override::Kind::Ban, {}, std::nullopt, 5};
        Snapshot snapshot = bench.desk.snapshot();
        snapshot.policies.clear();
        bench.show(snapshot);
        QVERIFY(bench.shows("keyObstacleLabel"));
        QVERIFY(!bench.find<QPushButton>("banButton")->isEnabled());
        QVERIFY(bench.find<QPushButton>("liftButton")->isEnabled());
        QVERIFY(bench.text("keyLimitLabel").contains(QStringLiteral("no limit")));
    }

    void anEndThatComesWhileItIsShownFreesTheKey()
    {
        Bench bench;
        bench.desk.detail.override = Override {Override::Kind::Ban, {}, KeyDesk::now + 500ms, 5};
        bench.show();
        QVERIFY(bench.find<QPushButton>("liftButton")->isEnabled());
        Snapshot snapshot = bench.desk.snapshot();
        snapshot.now += 500ms; // the detail is from before
        bench.show(snapshot);
        QVERIFY(!bench.find<QPushButton>("liftButton")->isEnabled());
        bench.click("banButton");
        QCOMPARE(bench.edits.at(0).expectedVersion.value(), 0ULL);
    }

    void thePolicysLimitIsAClickAway()
    {
        Bench bench;
        QSignalSpy chosen(&bench.page, &DetailsPage::policyChosen);
        bench.click("editPolicyButton");
        QCOMPARE(chosen.at(0).at(0).value<std::string>(), std::string("search"));
    }

    void strangersBytesAreDrawnAsPlainText()
    {
        Bench bench;
        bench.desk.detail.key = hostile();
        bench.desk.detail.error = hostile();
        bench.desk.detail.next.reset();
        for (AuditEntry &entry : bench.desk.history.entries)
            entry.author = entry.reason = hostile();
        bench.page.select("search", hostile());
        bench.show();
        bench.show();
        const auto labels = bench.page.findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            QCOMPARE(label->textFormat(), Qt::PlainText);
            QVERIFY2(label->text().size() < 1500, qPrintable(label->objectName()));
            QVERIFY(!label->text().contains(QChar(0x202E)));
            QVERIFY(!label->toolTip().contains(QStringLiteral("<img")));
            QVERIFY(!label->accessibleDescription().contains(QStringLiteral("<span"))); // nobody reads markup aloud
        }
    }
};

QTEST_MAIN(tst_DetailsPage)
#include "tst_DetailsPage.moc"
