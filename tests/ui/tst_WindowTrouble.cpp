// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "WindowParts.h"
#include "WindowTraffic.h"

#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

using namespace rateguard;

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
        MainWindow window({});
        window.show();
        BusyTraffic traffic;
        next(window, traffic);
        auto last = made(window, traffic);
        last->link.state = state;
        last->link.detail = "WRONGPASS <i>no</i>\x1B[2J";
        window.apply(last);
        auto *banner = find<QLabel>(window, "bannerLabel");
        QVERIFY(banner->isVisible());
        QVERIFY(banner->text().contains(QStringLiteral("WRONGPASS <i>no</i>\\x1B[2J")));
        QCOMPARE(banner->textFormat(), Qt::PlainText);
        QCOMPARE(find<QTableView>(window, "keyTable")->model()->rowCount(), 315);
        QCOMPARE(find<QPushButton>(window, "bannerConnectButton")->isVisible(), state == LinkState::Refused);
        next(window, traffic);
        QVERIFY(!banner->isVisible());
    }

    void troubleWithLimitsIsAWarningAndNoDisconnection()
    {
        MainWindow window({});
        window.show();
        BusyTraffic traffic;
        auto last = made(window, traffic);
        last->link.detail = "This Redis user may not read <limits>.";
        window.apply(last);
        auto *banner = find<QLabel>(window, "bannerLabel");
        QVERIFY(banner->isVisible());
        QCOMPARE(banner->text(), QStringLiteral("This Redis user may not read <limits>."));
        QVERIFY(!find<QPushButton>(window, "bannerConnectButton")->isVisible());
        QVERIFY(!find<QPushButton>(window, "dismissButton")->isVisible());
        QVERIFY(text(window, "connectionLabel").startsWith(QStringLiteral("Live")));
        next(window, traffic);
        QVERIFY(!banner->isVisible());
    }

    void lostLimitsCanBeRestored()
    {
        MainWindow window({});
        window.show();
        std::vector<std::string> asked;
        connect(&window, &MainWindow::restoreRequested, this, [&asked](const std::vector<std::string> &names) { asked = names; });
        BusyTraffic traffic;
        auto last = made(window, traffic);
        last->lostLimits = {"api", "search", "login"};
        window.apply(last);
        auto *restore = find<QPushButton>(window, "restoreButton");
        QVERIFY(restore->text().contains(QStringLiteral("3 limits")));
        restore->click();
        QCOMPARE(asked, last->lostLimits);
    }

    void lostLimitsCanBeLeftLost()
    {
        MainWindow window({.readOnly = true, .theme = Theme::System, .url = {}}); // it writes nothing
        window.show();
        std::vector<std::vector<std::string>> asked;
        connect(&window, &MainWindow::restoreRequested, this, [&asked](const std::vector<std::string> &names) { asked.push_back(names); });
        BusyTraffic traffic;
        auto last = made(window, traffic);
        last->lostLimits = {"api"};
        window.apply(last);
        auto *dismiss = find<QPushButton>(window, "dismissButton");
        QVERIFY(dismiss->isVisible());
        dismiss->click();
        QCOMPARE(asked.size(), 1U);
        QVERIFY(asked[0].empty());
        next(window, traffic);
        QVERIFY(!dismiss->isVisible());
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
        MainWindow window({});
        window.show();
        BusyTraffic traffic;
        auto last = made(window, traffic);
        EditOutcome outcome;
        outcome.id = (std::uint64_t {1} << 48) + 1;
        outcome.policy = "search";
        outcome.status = status;
        outcome.message = "OOM <b>!</b>";
        last->edits = {outcome};
        last->lostLimits = {"search"};
        window.apply(last);
        auto *banner = find<QLabel>(window, "bannerLabel");
        QVERIFY(banner->text().startsWith(words));
        next(window, traffic);
        QVERIFY(banner->isVisible()); // until somebody has read it
        QCOMPARE(banner->text(), words);
        QVERIFY(!find<QPushButton>(window, "restoreButton")->isVisible());
        find<QPushButton>(window, "dismissButton")->click();
        next(window, traffic);
        QVERIFY(!banner->isVisible());
    }

    void aLimitThatIsRestoredAfterAllIsNoTrouble()
    {
        MainWindow window({});
        window.show();
        BusyTraffic traffic;
        auto last = made(window, traffic);
        EditOutcome outcome;
        outcome.id = (std::uint64_t {1} << 48) + 1;
        outcome.policy = "search";
        outcome.status = EditOutcome::Status::Unknown;
        last->edits = {outcome};
        window.apply(last);
        QVERIFY(find<QLabel>(window, "bannerLabel")->isVisible());
        last = made(window, traffic);
        outcome.status = EditOutcome::Status::Applied;
        last->edits = {outcome};
        window.apply(last);
        QVERIFY(!find<QLabel>(window, "bannerLabel")->isVisible());
    }

    void failuresOfOneRedisAreNotSaidOfAnother()
    {
        MainWindow window({});
        window.show();
        BusyTraffic traffic;
        EditOutcome outcome;
        outcome.id = (std::uint64_t {1} << 48) + 1;
        outcome.policy = "search";
        outcome.status = EditOutcome::Status::Refused;
        auto last = made(window, traffic);
        last->edits = {outcome};
        window.apply(last);
        QVERIFY(find<QLabel>(window, "bannerLabel")->isVisible());
        last = made(window, traffic);
        last->link.endpoint = "redis://elsewhere";
        outcome.status = EditOutcome::Status::Unknown; // the last word of the connection before
        last->edits = {outcome};
        window.apply(last);
        QVERIFY(!find<QLabel>(window, "bannerLabel")->isVisible());
    }

    void editsOfTheEditorAreNotTakenForRestores()
    {
        for (int i = 0; i < 20; ++i) { // ids begin anywhere
            MainWindow window({});
            window.show();
            BusyTraffic traffic;
            next(window, traffic);
            LimitEdit sent;
            connect(&window, &MainWindow::editRequested, this, [&sent](const LimitEdit &edit) { sent = edit; });
            find<QSpinBox>(window, "limitSpin")->setValue(4321);
            find<QPushButton>(window, "applyButton")->click();
            EditOutcome outcome;
            outcome.id = sent.id;
            outcome.policy = sent.policy;
            outcome.status = EditOutcome::Status::Refused;
            auto last = made(window, traffic);
            last->edits = {outcome};
            window.apply(last);
            QVERIFY(text(window, "outcomeLabel").startsWith(QStringLiteral("✗ Refused.")));
            QVERIFY(!find<QLabel>(window, "bannerLabel")->isVisible());
        }
    }
};

QTEST_MAIN(tst_WindowTrouble)
#include "tst_WindowTrouble.moc"
