// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "dashboard/Notifier.h"

#include "dashboard/TrayIcon.h"
#include "format/Text.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QSystemTrayIcon>
#include <QVariantMap>

#include <algorithm>

namespace rateguard {
namespace {

QString service()
{
    return QStringLiteral("org.freedesktop.Notifications");
}

QString path()
{
    return QStringLiteral("/org/freedesktop/Notifications");
}

QDBusMessage call(const char *method)
{
    return QDBusMessage::createMethodCall(service(), path(), service(), QLatin1String(method));
}

// One line of visible characters.
QString plain(const QString &text, int most)
{
    return displayText(text.toStdString(), most);
}

} // namespace

Notifier::Notifier(QObject *parent) : QObject(parent)
{
    if (QSystemTrayIcon::isSystemTrayAvailable()) {
        m_tray = new TrayIcon(this);
        connect(m_tray, &TrayIcon::activated, this, &Notifier::activated);
    }
}

Notifier::~Notifier() = default;

void Notifier::tell(const QString &title, const QString &text)
{
    listen();
    // Asked each time: another service may have taken the place of the one before.
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call("GetCapabilities")), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, title = plain(title, mostTitle), text = plain(text, mostText), watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QStringList> reply = *watcher;
        if (reply.isError())
            showInTray(title, text);
        else
            send(title, text, {reply.value().contains(QStringLiteral("body-markup")), reply.value().contains(QStringLiteral("actions"))});
    });
}

// Not before there is something to tell: without a bus, looking for one takes its time.
void Notifier::listen()
{
    if (m_listening)
        return;
    // Signals of the bus are known by name only.
    m_listening = QDBusConnection::sessionBus().connect(service(), path(), service(), QStringLiteral("ActionInvoked"), this,
                                                        SLOT(actionInvoked(uint, QString)));
}

void Notifier::setFiring(int rules)
{
    if (m_tray)
        m_tray->setFiring(rules);
}

void Notifier::send(const QString &title, const QString &text, Abilities abilities)
{
    QStringList actions;
    if (abilities.actions)
        actions << QStringLiteral("default") << tr("Show");
    const QVariantMap hints {{QStringLiteral("urgency"), QVariant::fromValue(uchar {1})},
                             {QStringLiteral("category"), QStringLiteral("network.error")},
                             {QStringLiteral("desktop-entry"), QStringLiteral("rateguard")}};
    QDBusMessage message = call("Notify");
    message << QStringLiteral("RateGuard") << uint {0} << QStringLiteral("rateguard") << title
            << (abilities.markup ? text.toHtmlEscaped() : text) << actions << hints << -1;
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, title, text, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> reply = *watcher;
        if (reply.isError())
            showInTray(title, text);
        else
            remember(reply.value());
    });
}

void Notifier::remember(uint id)
{
    if (m_told.size() == mostTold)
        m_told.erase(m_told.begin());
    m_told.push_back(id);
}

void Notifier::showInTray(const QString &title, const QString &text)
{
    if (m_tray)
        m_tray->tell(title, text);
}

void Notifier::actionInvoked(uint id, const QString &action)
{
    if (std::find(m_told.begin(), m_told.end(), id) != m_told.end() && action == QLatin1String("default"))
        emit activated();
}

} // namespace rateguard
