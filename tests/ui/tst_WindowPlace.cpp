// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "BusyTraffic.h"
#include "WindowParts.h"
#include "widgets/Confirmation.h"
#include "widgets/ConfirmationDialog.h"
#include "widgets/Dashboard.h"
#include "widgets/KeyPanel.h"
#include "widgets/StartPage.h"

#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace rateguard;

class tst_WindowPlace : public QObject
{
    Q_OBJECT

    static SnapshotPtr in(LinkState state, const std::string &detail = {}, bool asksPassword = false)
    {
        auto snapshot = std::make_shared<Snapshot>();
        snapshot->link.state = state;
        snapshot->link.endpoint = "redis://h:1";
        snapshot->link.detail = detail;
        snapshot->link.asksPassword = asksPassword;
        snapshot->link.neverReached = true;
        return snapshot;
    }
    static bool onStartPage(const MainWindow &window) { return find<QLineEdit>(window, "urlEdit")->isVisible(); }

private slots:
    void theTitleNamesThePlaceAndWhatItIsFor()
    {
        MainWindow window({});
        window.setPlace({QStringLiteral("1"), QStringLiteral("Payments"), QStringLiteral("redis://h:1"), {}, Environment::Production});
        QCOMPARE(window.windowTitle(), QStringLiteral("RateGuard – Payments – Production"));
        window.setPlace({.url = QStringLiteral("redis://h:1"), .environment = Environment::Test});
        window.apply(in(LinkState::Live));
        QCOMPARE(window.windowTitle(), QStringLiteral("RateGuard – redis://h:1 – Test"));
        window.setEnvironment(Environment::Unmarked);
        QCOMPARE(window.windowTitle(), QStringLiteral("RateGuard – redis://h:1"));
        window.setPlace({QStringLiteral("1"), QStringLiteral("a\nb\u202Ec")});
        QVERIFY2(window.windowTitle().contains(QStringLiteral("a\\nb\\u{202E}c")), qPrintable(window.windowTitle()));
    }

    void whoConnectsStaysUntilItIsKnownWhatBecomesOfIt()
    {
        MainWindow window({});
        window.show();
        find<QPushButton>(window, "connectButton")->click();
        window.apply(in(LinkState::Connecting));
        QVERIFY(onStartPage(window));
        QVERIFY(text(window, "connectingLabel").contains(QStringLiteral("redis://h:1")));
        window.apply(in(LinkState::Lost, "Nothing answers at redis://h:1. Is Redis running there?"));
        QVERIFY(!onStartPage(window));
        QVERIFY(text(window, "bannerLabel").contains(QStringLiteral("Is Redis running there?")));
        window.apply(in(LinkState::Connecting)); // it tries again
        QVERIFY(!onStartPage(window));
    }

    void aRefusedLoginLeadsToThePassword()
    {
        MainWindow window({});
        window.show();
        window.setPlace({.url = QStringLiteral("redis://h:1"), .user = QStringLiteral("ann")});
        window.apply(in(LinkState::Refused, "Redis refused this user and password.", true));
        QVERIFY(text(window, "bannerLabel").contains(QStringLiteral("refused this user")));
        find<QPushButton>(window, "bannerConnectButton")->click();
        QVERIFY(onStartPage(window));
        QCOMPARE(text(window, "connectError"), QStringLiteral("Redis refused this user and password."));
        QCOMPARE(qobject_cast<QLineEdit *>(window.focusWidget())->echoMode(), QLineEdit::Password);
        QCOMPARE(find<QLineEdit>(window, "userEdit")->text(), QStringLiteral("ann"));
    }

    void whatWasAskedOfOneRedisNeverReachesAnother()
    {
        MainWindow window({});
        window.show();
        window.setPlace({.url = QStringLiteral("redis://a:1"), .environment = Environment::Production});
        window.apply(in(LinkState::Live));
        bool went = false;
        confirm(&window.dashboard(), Environment::Production, {QStringLiteral("Ban ann?")}, [&went] { went = true; });
        const QPointer question = window.findChild<ConfirmationDialog *>();
        QVERIFY(question && question->isVisible());
        window.setPlace({.url = QStringLiteral("redis://a:1"), .environment = Environment::Test}); // the same, marked otherwise
        QVERIFY(question && question->isVisible());
        window.setPlace({.url = QStringLiteral("redis://b:1")});
        QVERIFY(!question || !question->isVisible());
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(!question && !went);
    }

    void noKeyOfTheRedisBeforeStaysChosen()
    {
        MainWindow window({});
        window.show();
        BusyTraffic traffic;
        window.setPlace({.url = QStringLiteral("redis://a:1")});
        window.apply(traffic.next());
        KeyPanel &keys = *window.dashboard().keys();
        keys.select("search", "scraper 198.51.100.23");
        window.apply(traffic.next());
        window.setPlace({.url = QStringLiteral("redis://a:1"), .environment = Environment::Test}); // the same
        QVERIFY(keys.hasSelection());
        window.setPlace({.url = QStringLiteral("redis://b:1")});
        QVERIFY(!keys.hasSelection());
        for (int i = 0; i < 40; ++i)
            window.apply(traffic.next());
        QVERIFY(keys.hasSelection()); // who is rejected most there
    }

    void whoChoosesStaysUntilItIsKnownWhereToGo()
    {
        MainWindow window({});
        window.show();
        window.setPlace({.url = QStringLiteral("redis://a:1")});
        window.apply(in(LinkState::Live));
        QVERIFY(!onStartPage(window));
        window.askPassword({}, {});
        emit window.startPage().connectRequested({.url = QStringLiteral("redis://b:1")}, std::nullopt);
        window.apply(in(LinkState::Live)); // the one before; the keyring has not answered
        QVERIFY(onStartPage(window));
        window.setPlace({.url = QStringLiteral("redis://b:1")});
        window.leaveStartPage();
        window.apply(in(LinkState::Live));
        QVERIFY(!onStartPage(window));
    }

    void anotherRefusalDoesNotAskForOne()
    {
        MainWindow window({});
        window.show();
        window.apply(in(LinkState::Refused, "Redis does not let this user listen."));
        find<QPushButton>(window, "bannerConnectButton")->click();
        QVERIFY(onStartPage(window));
        QVERIFY(!find<QLineEdit>(window, "passwordEdit")->isVisible());
    }

    void theLockSaysWhatThisUserMayNotDo()
    {
        MainWindow window({});
        window.show();
        BusyTraffic traffic;
        auto snapshot = traffic.next();
        snapshot->link.mayEdit = false;
        snapshot->link.rights = "NOPERM <b>FCALL</b>";
        window.apply(snapshot);
        const auto *lock = find<QLabel>(window, "readOnlyLabel");
        QVERIFY(lock->isVisible());
        const QString tip = lock->parentWidget()->toolTip();
        QVERIFY2(tip.contains(QStringLiteral("NOPERM")) && !tip.contains(QStringLiteral("<b>")), qPrintable(tip));
    }
};

QTEST_MAIN(tst_WindowPlace)
#include "tst_WindowPlace.moc"
