// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "dashboard/Places.h"
#include "widgets/MainWindow.h"
#include "widgets/StartPage.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace rateguard;

// Where marks and passwords go. There is no keyring here: tests/window has a real one.
class tst_Places : public QObject
{
    Q_OBJECT

    const QString url = QStringLiteral("redis://pay:6379");

    std::unique_ptr<QTemporaryDir> m_folder;

    static Place guarded(const QString &url)
    {
        return {{}, QStringLiteral("Payments"), url, {}, Environment::Production, true, false};
    }

private slots:
    void initTestCase()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
        for (const char *variable : {"RATEGUARD_URL", "REDIS_URL"})
            qunsetenv(variable);
        QCoreApplication::setOrganizationName(QStringLiteral("rateguard-test"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder->path());
    }

    void anAddressThatIsOnlyWatchedStaysSoWhateverTheCommandLineMarks()
    {
        QSettings settings;
        ConnectionBook(settings).save(guarded(url));
        MainWindow window({});
        Places places(window);
        QSignalSpy opened(&places, &Places::opened);
        places.open({.url = url, .environment = Environment::Development});
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened[0][1].toBool(), true);
        // One that was saved without the mark is what it says.
        const Place open = ConnectionBook(settings).save({{}, QStringLiteral("Payments, to edit"), url, {}, Environment::Production});
        places.open(open);
        QCOMPARE(opened[1][1].toBool(), false);
    }

    void aMarkCountsAtOnceForWhatIsWatchedByItsAddress()
    {
        MainWindow window({});
        Places places(window);
        QSignalSpy opened(&places, &Places::opened);
        places.open({.url = url});
        QCOMPARE(opened[0][1].toBool(), false);
        emit window.startPage().saveRequested(guarded(url), std::nullopt);
        QCOMPARE(opened.count(), 2);
        QCOMPARE(opened[1][1].toBool(), true);
        QVERIFY(window.windowTitle().contains(environmentName(Environment::Production)));
        emit window.startPage().saveRequested(guarded(QStringLiteral("redis://other:6379")), std::nullopt);
        QCOMPARE(opened.count(), 2);
    }

    void aDeletedConnectionIsNotOpenedWithoutItsMarks()
    {
        MainWindow window({});
        Places places(window);
        QSettings settings;
        emit window.startPage().saveRequested(guarded(url), std::nullopt);
        const Place saved = ConnectionBook(settings).places().front();
        places.open(saved);
        settings.setValue(QStringLiteral("lastUrl"), url);
        emit window.startPage().removeRequested(saved);
        QVERIFY(ConnectionBook(settings).lastId().isEmpty());
        settings.sync();
        QVERIFY(!settings.contains(QStringLiteral("lastUrl")));
    }

    void whoWasRefusedIsAskedForThePasswordOfTheSameUser()
    {
        MainWindow window({});
        Places places(window);
        places.open({.url = QStringLiteral("redis://alice:wrong@pay:6379")});
        LinkStatus refused;
        refused.state = LinkState::Refused;
        refused.endpoint = url.toStdString();
        refused.asksPassword = refused.neverReached = true;
        places.observe(refused); // may still be of the connection before
        places.observe(refused);
        QStringList users;
        const auto fields = window.findChildren<QLineEdit *>(QStringLiteral("userEdit"));
        for (const QLineEdit *field : fields)
            users << field->text();
        QVERIFY2(users.contains(QStringLiteral("alice")), qPrintable(users.join(u',')));
    }

    void enterOpensTheConnectionThatWasJustSaved()
    {
        MainWindow window({});
        Places places(window);
        window.show();
        window.findChild<QPushButton *>(QStringLiteral("newPlaceButton"))->click();
        window.findChild<QLineEdit *>(QStringLiteral("placeName"))->setText(QStringLiteral("Payments"));
        window.findChild<QLineEdit *>(QStringLiteral("placeUrl"))->setText(url);
        window.findChild<QPushButton *>(QStringLiteral("savePlaceButton"))->click();
        QSignalSpy opened(&places, &Places::opened);
        QTest::keyClick(window.focusWidget(), Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
        QVERIFY2(window.windowTitle().contains(QStringLiteral("Payments")), qPrintable(window.windowTitle()));
    }

    void twoWindowsDoNotForgetEachOthersConnections()
    {
        MainWindow first({});
        MainWindow second({});
        Places ours(first);
        Places theirs(second);
        emit first.startPage().saveRequested({{}, QStringLiteral("prod"), url}, std::nullopt);
        emit second.startPage().saveRequested({{}, QStringLiteral("test"), QStringLiteral("redis://test:6379")}, std::nullopt);
        QSettings settings;
        QCOMPARE(ConnectionBook(settings).places().size(), std::size_t {2});
    }
};

QTEST_MAIN(tst_Places)
#include "tst_Places.moc"
