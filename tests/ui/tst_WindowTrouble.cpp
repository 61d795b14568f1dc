// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "Agree.h"
#include "WindowParts.h"
#include "WindowTraffic.h"

#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

using namespace rateguard;

namespace {

// A window on screen, its traffic, and the line that tells of trouble.
struct Scene
{
    explicit Scene(const MainWindowOptions &options = {}) : window(options) { window.show(); }

    void next() { rateguard::next(window, traffic); }
    std::shared_ptr<Snapshot> made() { return rateguard::made(window, traffic); }
    void settle(const EditOutcome &outcome)
    {
        auto last = made();
        last->edits = {outcome};
        window.apply(last);
    }
    QLabel *banner() const { return find<QLabel>(window, "bannerLabel"); }
    bool button(const char *name) const { return find<QPushButton>(window, name)->isVisible(); }

    MainWindow window;
    BusyTraffic traffic;
};

// Of an attempt to restore the lost limit `search`.
EditOutcome restored(EditOutcome::Status status)
{
    EditOutcome outcome;
    outcome.id = (std::uint64_t {1} << 48) + 1;
    outcome.policy = "search";
    outcome.status = status;
    return outcome;
}

} // namespace

class tst_WindowTrouble : public QObject
{
    Q_OBJECT

private slots:
    void troubleIsSaidAndTheDataStays_data()
    {
        QTest::addColumn<LinkState>("state");
        QTest::newRow("stale") << LinkState::Stale;
        QTest::newRow("lost") << LinkState::Lost;
        QTest::newRow("refused") << LinkState::Refused;
    }

    void troubleIsSaidAndTheDataStays()
    {
        QFETCH(LinkState, state);
        Scene scene;
        scene.next();
        auto last = scene.made();
        last->link.state = state;
        last->link.detail = "WRONGPASS <i>no</i>\x1B[2J";
        scene.window.apply(last);
        QVERIFY(scene.banner()->isVisible());
        QVERIFY(scene.banner()->text().contains(QStringLiteral("WRONGPASS <i>no</i>\\x1B[2J")));
        QCOMPARE(scene.banner()->textFormat(), Qt::PlainText);
        QCOMPARE(find<QTableView>(scene.window, "keyTable")->model()->rowCount(), 315);
        QCOMPARE(scene.button("bannerConnectButton"), state == LinkState::Refused);
        scene.next();
        QVERIFY(!scene.banner()->isVisible());
    }

    void troubleWithLimitsIsAWarningAndNoDisconnection()
    {
        Scene scene;
        auto last = scene.made();
        last->link.detail = "This Redis user may not read <limits>.";
        scene.window.apply(last);
        QVERIFY(scene.banner()->isVisible());
        QCOMPARE(scene.banner()->text(), QStringLiteral("This Redis user may not read <limits>."));
        QVERIFY(!scene.button("bannerConnectButton") && !scene.button("dismissButton"));
        QVERIFY(text(scene.window, "connectionLabel").startsWith(QStringLiteral("Live")));
        scene.next();
        QVERIFY(!scene.banner()->isVisible());
    }

    void lostLimitsCanBeRestored()
    {
        Scene scene;
        std::vector<std::string> asked;
        connect(&scene.window, &MainWindow::restoreRequested, this, [&asked](const std::vector<std::string> &names) { asked = names; });
        auto last = scene.made();
        last->lostLimits = {"api", "search", "login"};
        scene.window.apply(last);
        auto *restore = find<QPushButton>(scene.window, "restoreButton");
        QCOMPARE(restore->text(), QStringLiteral("&Restore 3 limits…"));
        restore->click();
        QVERIFY(asked.empty()); // three edits at once
        const auto rest = scene.made();
        rest->lostLimits = {"api", "search"}; // a service registered its own meanwhile
        scene.window.apply(rest);
        agree(scene.window);
        QCOMPARE(asked, rest->lostLimits);
    }

    void restoringAsksByTheRuleOfAllSteps()
    {
        Scene scene;
        int asked = 0;
        connect(&scene.window, &MainWindow::restoreRequested, this, [&asked] { ++asked; });
        auto last = scene.made();
        last->lostLimits = {"api"};
        scene.window.apply(last);
        auto *restore = find<QPushButton>(scene.window, "restoreButton");
        QCOMPARE(restore->text(), QStringLiteral("&Restore 1 limit"));
        restore->click();
        QCOMPARE(asked, 1);
        scene.window.setEnvironment(Environment::Production);
        QCOMPARE(restore->text(), QStringLiteral("&Restore 1 limit…"));
        restore->click();
        QCOMPARE(rateguard::asked(scene.window), Asking::Question);
        QCOMPARE(asked, 1);
        agree(scene.window);
        QCOMPARE(asked, 2);
    }

    void lostLimitsCanBeLeftLost()
    {
        Scene scene({.readOnly = true, .theme = Theme::System, .url = {}}); // it writes nothing
        std::vector<std::vector<std::string>> asked;
        connect(&scene.window, &MainWindow::restoreRequested, this, [&asked](const std::vector<std::string> &names) { asked.push_back(names); });
        auto last = scene.made();
        last->lostLimits = {"api"};
        scene.window.apply(last);
        QVERIFY(scene.button("dismissButton"));
        find<QPushButton>(scene.window, "dismissButton")->click();
        QCOMPARE(asked.size(), 1U);
        QVERIFY(asked[0].empty());
        scene.next();
        QVERIFY(!scene.button("dismissButton"));
    }

    void limitsThatCouldNotBeRestoredAreNamed_data()
    {
        QTest::addColumn<EditOutcome::Status>("status");
        QTest::addColumn<QString>("words");
        QTest::newRow("refused") << EditOutcome::Status::Refused << QStringLiteral("search could not be restored: OOM <b>!</b>");
        QTest::newRow("conflict") << EditOutcome::Status::Conflict << QStringLiteral("search could not be restored: OOM <b>!</b>");
        QTest::newRow("unknown") << EditOutcome::Status::Unknown << QStringLiteral("search may be restored or not: OOM <b>!</b>");
    }

    void limitsThatCouldNotBeRestoredAreNamed()
    {
        QFETCH(EditOutcome::Status, status);
        QFETCH(QString, words);
        Scene scene;
        auto outcome = restored(status);
        outcome.message = "OOM <b>!</b>";
        auto last = scene.made();
        last->edits = {outcome};
        last->lostLimits = {"search"};
        scene.window.apply(last);
        QVERIFY(scene.banner()->text().startsWith(words));
        scene.next();
        QVERIFY(scene.banner()->isVisible()); // until somebody has read it
        QCOMPARE(scene.banner()->text(), words);
        QVERIFY(!scene.button("restoreButton"));
        find<QPushButton>(scene.window, "dismissButton")->click();
        scene.next();
        QVERIFY(!scene.banner()->isVisible());
    }

    void aLimitThatIsRestoredAfterAllIsNoTrouble()
    {
        Scene scene;
        scene.settle(restored(EditOutcome::Status::Unknown));
        QVERIFY(scene.banner()->isVisible());
        scene.settle(restored(EditOutcome::Status::Applied));
        QVERIFY(!scene.banner()->isVisible());
    }

    void failuresOfOneRedisAreNotSaidOfAnother()
    {
        Scene scene;
        scene.settle(restored(EditOutcome::Status::Refused));
        QVERIFY(scene.banner()->isVisible());
        auto last = scene.made();
        last->link.endpoint = "redis://elsewhere";
        last->edits = {restored(EditOutcome::Status::Unknown)}; // the last word of the connection before
        scene.window.apply(last);
        QVERIFY(!scene.banner()->isVisible());
    }

    void editsOfTheEditorAreNotTakenForRestores()
    {
        for (int i = 0; i < 20; ++i) { // ids begin anywhere
            Scene scene;
            scene.next();
            LimitEdit sent;
            connect(&scene.window, &MainWindow::editRequested, this, [&sent](const LimitEdit &edit) { sent = edit; });
            find<QSpinBox>(scene.window, "limitSpin")->setValue(4321);
            find<QPushButton>(scene.window, "applyButton")->click();
            auto outcome = restored(EditOutcome::Status::Refused);
            outcome.id = sent.id;
            outcome.policy = sent.policy;
            scene.settle(outcome);
            QVERIFY(text(scene.window, "outcomeLabel").startsWith(QStringLiteral("✗ Refused.")));
            QVERIFY(!scene.banner()->isVisible());
        }
    }
};

QTEST_MAIN(tst_WindowTrouble)
#include "tst_WindowTrouble.moc"
