// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "dashboard/Notifier.h"
#include "dashboard/TrayIcon.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>
#include <QVariantMap>

#include <algorithm>

using namespace rateguard;

// What desktops have, as far as we use it; it writes down what comes.
class NotificationService : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    struct Told
    {
        QString name;
        QString icon;
        QString title;
        QString text;
        QStringList actions;
        QVariantMap hints;
    };

    QStringList abilities;
    QList<Told> told;

public slots:
    QStringList GetCapabilities() { return abilities; }
    uint Notify(const QString &name, uint, const QString &icon, const QString &title, const QString &text, const QStringList &actions, const QVariantMap &hints, int)
    {
        told.append({name, icon, title, text, actions, hints});
        return static_cast<uint>(told.size());
    }

signals:
    void ActionInvoked(uint id, const QString &action);
};

// Against a real session bus of its own, see main().
class tst_Notifier : public QObject
{
    Q_OBJECT

    // On a connection of its own, so that all goes through the bus.
    class Desktop
    {
    public:
        explicit Desktop(const QStringList &abilities)
            : m_bus(QDBusConnection::connectToBus(qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("desktop")))
        {
            service.abilities = abilities;
            m_bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), &service, QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
            m_there = m_bus.registerService(QStringLiteral("org.freedesktop.Notifications"));
        }
        ~Desktop()
        {
            m_bus.unregisterService(QStringLiteral("org.freedesktop.Notifications"));
            QDBusConnection::disconnectFromBus(QStringLiteral("desktop"));
        }
        bool isThere() const { return m_there; }

        NotificationService service;

    private:
        QDBusConnection m_bus;
        bool m_there = false;
    };

private slots:
    void withoutAServiceNothingHappens()
    {
        Notifier notifier;
        notifier.tell(QStringLiteral("title"), QStringLiteral("text"));
        notifier.setFiring(3);
        // The bus answers in order: after this answer ours has come as well.
        QDBusMessage asked = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/"), QStringLiteral("org.freedesktop.DBus"), QStringLiteral("GetId"));
        QCOMPARE(QDBusConnection::sessionBus().call(asked).type(), QDBusMessage::ReplyMessage);
        QCoreApplication::processEvents();
        notifier.setFiring(0);
    }

    void tellsTheDesktop()
    {
        Desktop desktop({QStringLiteral("body")});
        QVERIFY(desktop.isThere());
        Notifier notifier;
        notifier.tell(QStringLiteral("▲ Rejected share above 20 %"), QStringLiteral("37 % & more: <b>bold</b>"));
        QTRY_COMPARE(desktop.service.told.size(), 1);
        const auto &told = desktop.service.told[0];
        QCOMPARE(told.name, QStringLiteral("RateGuard"));
        QCOMPARE(told.icon, QStringLiteral("rateguard"));
        QCOMPARE(told.title, QStringLiteral("▲ Rejected share above 20 %"));
        QCOMPARE(told.text, QStringLiteral("37 % & more: <b>bold</b>")); // a service without markup shows it as it is
        QVERIFY(told.actions.isEmpty());
        QCOMPARE(told.hints.value(QStringLiteral("desktop-entry")).toString(), QStringLiteral("rateguard"));
    }

    void escapesForAServiceThatReadsMarkup()
    {
        Desktop desktop({QStringLiteral("body"), QStringLiteral("body-markup"), QStringLiteral("actions")});
        Notifier notifier;
        notifier.tell(QStringLiteral("<t>"), QStringLiteral("<img src=\"file:///etc/passwd\"/> & co"));
        QTRY_COMPARE(desktop.service.told.size(), 1);
        QCOMPARE(desktop.service.told[0].title, QStringLiteral("<t>")); // titles never hold markup
        QVERIFY(!desktop.service.told[0].text.contains(QLatin1Char('<')));
        QVERIFY(desktop.service.told[0].text.contains(QStringLiteral("&lt;img src=")));
        QVERIFY(desktop.service.told[0].text.endsWith(QStringLiteral("&amp; co")));
    }

    void cutsAndKeepsToOneLine()
    {
        Desktop desktop({QStringLiteral("body")});
        Notifier notifier;
        notifier.tell(QString(5000, QLatin1Char('t')), QString(100'000, QLatin1Char('x')) + QStringLiteral("\n\u202Eend"));
        QTRY_COMPARE(desktop.service.told.size(), 1);
        QVERIFY(desktop.service.told[0].title.size() <= Notifier::mostTitle + 10);
        QVERIFY(desktop.service.told[0].text.size() <= Notifier::mostText + 10);
        QVERIFY(!desktop.service.told[0].text.contains(QLatin1Char('\n')));
        QVERIFY(!desktop.service.told[0].text.contains(QChar(0x202E)));
    }

    void aClickLeadsBack()
    {
        Desktop desktop({QStringLiteral("body"), QStringLiteral("actions")});
        Notifier notifier;
        QSignalSpy clicks(&notifier, &Notifier::activated);
        notifier.tell(QStringLiteral("title"), QStringLiteral("text"));
        QTRY_COMPARE(desktop.service.told.size(), 1);
        QCOMPARE(desktop.service.told[0].actions.value(0), QStringLiteral("default"));
        // Of somebody else's first; ours again and again until the notifier knows its number.
        emit desktop.service.ActionInvoked(99, QStringLiteral("default"));
        QTRY_VERIFY((emit desktop.service.ActionInvoked(1, QStringLiteral("default")), clicks.size() > 0));
    }

    void theTrayHasAnIconWhileSomethingFiresOrIsTold()
    {
        TrayIcon tray(nullptr, std::chrono::milliseconds(1));
        QVERIFY(!tray.isShown());
        tray.tell(QStringLiteral("3 alerts ended"), {}); // nothing fires any more
        QVERIFY(tray.isShown());
        QTRY_VERIFY(!tray.isShown());
        tray.setFiring(1);
        tray.tell(QStringLiteral("title"), {});
        TrayIcon later(nullptr, std::chrono::milliseconds(1));
        later.tell(QStringLiteral("title"), {});
        QTRY_VERIFY(!later.isShown()); // so the first message is over, too
        QVERIFY(tray.isShown());
        tray.setFiring(0);
        QVERIFY(!tray.isShown());
    }

    void aServiceThatComesLaterIsUsed()
    {
        Notifier notifier;
        notifier.tell(QStringLiteral("lost"), {});
        Desktop desktop({QStringLiteral("body")});
        const auto found = [&] {
            const auto &told = desktop.service.told;
            return std::any_of(told.begin(), told.end(), [](const auto &it) { return it.title == QStringLiteral("found"); });
        };
        notifier.tell(QStringLiteral("found"), {});
        QTRY_VERIFY(found());
    }
};

int main(int argc, char **argv)
{
    QProcess daemon;
    daemon.start(QStringLiteral("dbus-daemon"), {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
    if (!daemon.waitForReadyRead()) {
        qCritical("dbus-daemon does not start (package dbus-daemon): %s", qPrintable(daemon.errorString()));
        return 1;
    }
    qputenv("DBUS_SESSION_BUS_ADDRESS", daemon.readLine().trimmed());
    int failures = 0;
    {
        QApplication app(argc, argv);
        tst_Notifier test;
        failures = QTest::qExec(&test, argc, argv);
    }
    daemon.kill(); // it was started here
    daemon.waitForFinished();
    return failures;
}

#include "tst_Notifier.moc"
